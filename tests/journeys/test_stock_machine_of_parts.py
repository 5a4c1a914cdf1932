"""The same goods in more ways: slips for parts, void slips, other goods, waiting, held goods.

Every way of `test_stock_machine` is played as well, and its invariants hold after every command.
"""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.conftest import Desk
from tests.journeys.playing import played
from tests.journeys.test_shipments import contracted
from tests.journeys.test_stock_machine import HERE, THERE, Stock, pieces


class Parts(Stock):
    """Orders that go out on several slips, change or wait; goods held for a key account."""

    contract = ""

    def paid_ones(self) -> list[str]:
        return [number for number, order in self.orders.items() if order.paid]

    @precondition(lambda self: self.paid_ones())
    @rule(which=st.integers(0, 50), count=st.integers(1, 6), goes=st.booleans())
    def send_a_part(self, which: int, count: int, goes: bool) -> None:
        number = self.some(self.paid_ones(), which)
        order, here = self.orders[number], self.places[HERE]
        self.typed("merchant_supervisor", f"order review {number}")
        self.typed("gp_specialist", f"order print {number}")
        part = f"dispatch new {number} --line T1:{count}"
        made = self.typed("distribution_center", part)
        assert not made or count <= order.wants, "no slip is for more than is open"
        if not made:
            return
        slip = made["number"]
        assert self.typed("distribution_center", f"dispatch print {slip}")
        if not goes:
            self.take_the_slip_back(number, slip)
            return
        for role in ("distribution_center", "merchant_staff"):
            assert self.typed(role, f"dispatch count {slip} 1:{count}")
        assert self.typed("distribution_center", f"dispatch load {slip} --truck 粤S1 --driver 张")
        assert here.on_hand - here.display >= count, "samples stay"
        assert self.typed("driver", f"dispatch sign {slip} --by 李")
        here.on_hand -= count
        self.sold += count
        order.wants -= count
        if number in here.reserved:
            here.reserved[number] -= count
        if not order.wants:
            here.reserved.pop(number, None)
            del self.orders[number]

    def take_the_slip_back(self, number: str, slip: str) -> None:
        """Void before loading: nothing has moved, and its copies come back one by one."""
        void = self.typed("distribution_center", f"dispatch void {slip} --reason 改期")
        for copy in void["copies_out"]:
            assert not self.typed("distribution_center", f"dispatch new {number}"), copy
            if copy == "customer":
                lost = f"paper lost {slip} --copy {copy} --signed-by 张 --reason 遗失"
                assert self.typed("merchant_manager", lost)
            else:
                assert self.typed("distribution_center", f"paper collect {slip} --copy {copy}")

    @precondition(lambda self: self.paid_ones())
    @rule(which=st.integers(0, 50), waits=st.booleans())
    def break_goods_and_change_or_wait(self, which: int, waits: bool) -> None:
        number = self.some(self.paid_ones(), which)
        order, here = self.orders[number], self.places[HERE]
        self.count(here.display + order.wants - 1, here.display, HERE)
        if waits:
            wait = f"order postpone {number} --until {self.today.replace(year=2027)} --reason 缺货"
            order.waits |= bool(self.typed("merchant_staff", wait))
            return
        other = f"order substitute {number} --remove 1 --line T2:{order.wants} --reason 换"
        if not self.typed("merchant_supervisor", other):
            return
        outside = self.desk.sql(
            "SELECT copy_name FROM v_custody WHERE document = ? AND event = 'printed'"
            " AND kind = 'order_form'",
            number,
        )
        for (copy,) in outside:
            assert self.typed("merchant_staff", f"order collect {number} --copy {copy}")
        self.free(number)
        del self.orders[number]

    @rule(count=pieces)
    def ship_to_the_office(self, count: int) -> None:
        enough = self.places[HERE].free() >= count
        send = f"shipment new {self.contract} T1:{count}@90 --to {THERE}"
        made = self.typed("distribution_center", send)
        assert bool(made) == enough, "only what is free is shipped"
        if made:
            self.places[HERE].on_hand -= count
            self.going[made["number"]] = count

    @precondition(lambda self: self.going)
    @rule(which=st.integers(0, 50))
    def receive_at_the_office(self, which: int) -> None:
        number = self.some(list(self.going), which)
        count = self.going.pop(number)
        assert self.typed("sales_office", f"shipment receive {number} --mark KH0001")
        self.places[THERE].on_hand += count
        ((hold,),) = self.desk.sql("SELECT hold FROM v_shipment_line WHERE number = ?", number)
        self.places[THERE].kept[hold] = count
        self.bound[hold] = (number, count)

    @precondition(lambda self: self.bound)
    @rule(which=st.integers(0, 50), count=st.integers(1, 5), reviewed=st.booleans())
    def draw_on_what_is_held(self, which: int, count: int, reviewed: bool) -> None:
        hold = self.some(list(self.bound), which)
        kept = self.places[THERE].kept
        release = f"stock release {hold} --reason 要用"
        assert not self.typed("merchant_supervisor", release), "held for its account alone"
        ask = f"shipment ask {self.bound[hold][0]} T1:{count} --reason 急用"
        made = self.typed("sales_office", ask)
        assert bool(made) == (count <= kept[hold])
        if made and reviewed:
            assert self.typed("sales_company", f"shipment review {made['number']}")
            assert self.typed("sales_company", f"shipment file {made['number']} --ref BA-1")
        if made:
            done = self.typed("sales_office", f"shipment take {made['number']}")
            assert bool(done) == reviewed
            kept[hold] -= count if done else 0


@pytest.fixture
def begun(desk, shelf) -> Desk:
    shelf({"T1": ("50.00", "100.00"), "T2": ("50.00", "100.00")})
    desk.ok("stock count T1:20 --reason 开始", as_="distribution_center")
    Parts.contract = contracted(desk)
    return desk


def _played(begun: Desk, examples: int, steps: int) -> None:
    Parts.desks = [begun]
    played(Parts, examples, steps)


def test_parts_void_slips_other_goods_and_held_goods_lose_no_piece(begun) -> None:
    """C-15, C-27, RTL-SHT-01..18, RTL-CTL-07, DST-GDS-17, CRH-DAT-02."""
    _played(begun, examples=5, steps=25)


@pytest.mark.slow
def test_the_same_for_long(begun) -> None:
    """C-15, C-27, RTL-SHT-01, RTL-SHT-18, RTL-CTL-07, DST-GDS-17."""
    _played(begun, examples=60, steps=60)
