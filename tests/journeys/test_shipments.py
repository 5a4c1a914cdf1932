"""Goods of key accounts at an office (DST-GDS): silence, charges, and goods that stay held."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kac.core.errors import Exit
from tests.conftest import Desk, contents, copied
from tests.journeys.playing import played

FIRST = date(2026, 11, 20)
CONTRACT = (
    "--from 2026-11-01 --to 2027-10-31 --terms 月结 --service 供货 --prices 九折 --mode 框架"
    " --rights 见第五条"
)
DAYS = 3


def contracted(desk: Desk, customer: str = "KH0001") -> str:
    """A contract of sale that is being executed."""
    add = f"contract add {customer} --amount 150000 {CONTRACT} -q"
    number = desk.ok(add, as_="sales_office").out.strip()
    desk.ok(f"contract submit {number}", as_="sales_office")
    desk.ok(f"contract sign {number}", as_="ka_department")
    desk.ok(f"contract approve {number}", as_="deputy_sales_director")
    desk.ok(f"contract execute {number}", as_="sales_office")
    return number


@pytest.fixture
def shipped(desk) -> str:
    """Twenty cookers on their way to the office."""
    send = f"shipment new {contracted(desk)} P0001:20@240 --to S01 -q"
    return desk.ok(send, as_="distribution_center").out.strip()


@pytest.fixture
def received(desk, shipped) -> str:
    """The same, received on the 20th."""
    desk.ok(f"shipment receive {shipped} --mark KH0001", as_="sales_office")
    return shipped


def owed(desk: Desk) -> int:
    """What the goods accounts of offices say, in fen."""
    return desk.sql(
        "SELECT coalesce(sum(debit_fen - credit_fen), 0) FROM v_account_side WHERE account = ?",
        "122103",
    )[0][0]


def at_shanghai(text: str) -> datetime:
    return (datetime.fromisoformat(text) - timedelta(hours=8)).replace(tzinfo=UTC)


def test_an_objection_counts_until_the_last_minute_of_the_third_day(desk, received) -> None:
    """SC-51: 23:59 of D+3 blocks the charge (DST-GDS-08, A-06)."""
    desk.now = at_shanghai("2026-11-23 23:58")
    desk.ok(f"shipment object {received} --reason 少两台", as_="sales_office", on="2026-11-23")
    desk.ok("reconcile run", as_="cron", on="2026-11-24")
    assert owed(desk) == 0


def test_the_first_minute_of_the_fourth_day_is_late(desk, received) -> None:
    """SC-51: 00:00 of D+4 is late, under whatever day it is written down (DST-GDS-08, A-06)."""
    for day in ("2026-11-24", "2026-11-23"):
        desk.now = at_shanghai("2026-11-23 23:59")
        late = f"shipment object {received} --reason 少两台"
        desk.refused(late, "DST-GDS-08", as_="sales_office", on=day)


def test_the_night_of_the_fourth_day_charges_the_office_once(desk, received) -> None:
    """SC-51: not yet on the night of D+3, once on that of D+4, and never again (DST-GDS-09)."""
    desk.ok("reconcile run", as_="cron", on="2026-11-23")
    assert owed(desk) == 0
    for day in ("2026-11-24", "2026-11-24", "2026-11-25"):
        desk.ok("reconcile run --check", as_="cron", on=day)
        assert owed(desk) == 480000
    assert desk.sql("SELECT count(*) FROM journal_entry WHERE document = ?", received)[0][0] == 1


def test_a_night_that_was_missed_is_caught_up_by_the_next(desk, received) -> None:
    """Nobody was up for a fortnight: the next night charges, once (DST-GDS-09, A-06)."""
    desk.refused(
        f"shipment object {received} --reason 晚了", "A-06", as_="sales_office", on="2026-12-07"
    )
    desk.ok("reconcile run --check", as_="cron", on="2026-12-07")
    assert owed(desk) == 480000


def test_a_night_of_an_earlier_day_charges_what_was_due_on_that_day(desk, received) -> None:
    """`--date` is the day of the night: that of D+3 takes nothing for accepted (A-06)."""
    desk.ok("reconcile run --date 2026-11-23", as_="cron", on="2026-11-24")
    assert owed(desk) == 0
    desk.ok("reconcile run --date 2026-11-24", as_="cron", on="2026-11-25")
    assert owed(desk) == 480000


def test_who_may_only_look_charges_nothing_and_is_told_what_waits(desk, received) -> None:
    """An auditor runs the night: the charge that is due is a difference (DST-GDS-08)."""
    told = desk.run("reconcile run --check --json", as_="auditor", on="2026-11-24")
    assert told.exit == Exit.DIFFERENCES
    assert "charged_in_time" in {each["check"] for each in told.json}
    assert owed(desk) == 0


def test_a_receipt_is_not_dated_back_beyond_all_objection(desk, shipped) -> None:
    """Whoever receives cannot take the office's days away (DST-GDS-08, A-06)."""
    late = f"shipment receive {shipped} --mark KH0001 --on 2026-11-20"
    desk.refused(late, "DST-GDS-08", "A-06", as_="sales_office", on="2026-11-24")
    desk.ok(f"shipment receive {shipped} --mark KH0001", as_="sales_office", on="2026-11-24")


def test_each_account_has_its_own_charges_and_the_books_agree(desk, received) -> None:
    """DST-GDS-07: a batch is charged under its own shipment and account."""
    other = contracted(desk, "KH0002")
    send = f"shipment new {other} P0003:10@80 --to S01 -q"
    number = desk.ok(send, as_="distribution_center").out.strip()
    desk.ok(f"shipment receive {number} --mark KH0002", as_="sales_office")
    desk.ok("reconcile run --check", as_="cron", on="2026-11-24")
    rows = desk.ok("shipment account --json").json
    charged = [(each["number"], each["customer_name"][:2], each["charged"]) for each in rows]
    assert charged == [(received, "宏达", "4800.00"), (number, "红星", "800.00")]
    assert owed(desk) == 560000


def test_what_an_office_hands_on_comes_off_its_account(desk, received) -> None:
    """DST-GDS-13, DST-GDS-14: never more than it was charged, and the same transfer once."""
    remit = f"shipment remit {received} --amount {{}} --ref {{}}"
    on = {"as_": "finance", "on": "2026-11-24"}
    desk.refused(remit.format(1000, "B1"), "DST-GDS-14", **on)
    desk.ok("reconcile run", as_="cron", on="2026-11-24")
    desk.ok(remit.format(1000, "B1"), **on)
    desk.refused(remit.format(1000, "B1"), "DST-GDS-14", **on)
    desk.refused(remit.format(3800.01, "B2"), "DST-GDS-14", **on)
    desk.ok(remit.format(3800, "B2"), **on)
    assert owed(desk) == 0
    (row,) = desk.ok("shipment account S01 --json").json
    assert (row["charged"], row["remitted"], row["balance"]) == ("4800.00", "4800.00", "0.00")
    desk.ok("reconcile run --check", as_="cron", on="2026-11-24")


def test_a_shipping_list_that_does_not_come_is_flagged(desk) -> None:
    """A supplier's shipment without its list is a reminder (DST-GDS-10, DST-GDS-11)."""
    send = f"shipment new {contracted(desk)} P0004:5@500 --to S01 --supplier 代工厂 -q"
    number = desk.ok(send, as_="sales_company").out.strip()
    quiet = desk.ok("reconcile run --json", as_="cron", on="2026-11-21").json
    assert "shipments_followed_up" not in {each["check"] for each in quiet}
    told = desk.ok("reconcile run --json", as_="cron", on="2026-11-22").json
    assert [each["subject"] for each in told if each["check"] == "shipments_followed_up"] == [
        number
    ]
    desk.ok(f"shipment faxed {number} --ref OEM-1", as_="oem_supplier", on="2026-11-22")
    desk.refused(
        f"shipment faxed {number} --ref OEM-2", "DST-GDS-10", as_="oem_supplier", on="2026-11-22"
    )
    quiet = desk.ok("reconcile run --json", as_="cron", on="2026-11-22").json
    assert "shipments_followed_up" not in {each["check"] for each in quiet}


def test_goods_that_stay_without_a_word_are_reported(desk, received) -> None:
    """Promptly to the account, or a reason in writing (DST-GDS-12, DST-GDS-19)."""
    check = "reconcile run --json"
    desk.ok(check, as_="cron", on="2026-11-27")
    told = desk.ok(check, as_="cron", on="2026-11-28").json
    assert [each["subject"] for each in told if each["check"] == "shipments_followed_up"] == [
        received
    ]
    why = f"shipment reason {received} --reason 客户仓库装修"
    desk.ok(why, as_="sales_office", on="2026-11-28")
    told = desk.ok(check, as_="cron", on="2026-11-28").json
    assert "shipments_followed_up" not in {each["check"] for each in told}


def test_goods_that_did_not_come_are_not_owed_to_their_supplier(desk) -> None:
    """An agreed shortage of a supplier's shipment is the supplier's (DST-GDS-08)."""
    send = f"shipment new {contracted(desk)} P0004:5@500 --to S01 --supplier 代工厂 -q"
    number = desk.ok(send, as_="sales_company").out.strip()
    desk.ok(f"shipment receive {number} --mark KH0001", as_="sales_office")
    bought = desk.sql("SELECT sum(credit_fen) FROM v_account_side WHERE account = '2202'")[0][0]
    desk.ok(f"shipment object {number} --reason 一台没到", as_="sales_office")
    desk.ok(f"shipment settle {number} --got P0004:4 --reason 属实", as_="sales_company")
    back = desk.sql("SELECT sum(debit_fen) FROM v_account_side WHERE account = '2202'")[0][0]
    assert back * 5 == bought
    assert owed(desk) == 200000
    desk.ok("reconcile run --check", as_="cron", on="2026-11-24")


@pytest.mark.parametrize("price", ["0", "-1"])
def test_goods_are_sent_at_a_price(desk, price) -> None:
    """What the office is charged is never nothing (DST-GDS-09)."""
    send = f"shipment new {contracted(desk)} P0001:3@{price} --to S01"
    desk.refused(send, exit=6, as_="distribution_center")


def test_goods_are_not_sent_to_where_they_are(desk) -> None:
    """The office never ships to itself (DST-GDS-06); without --from goods leave the centre."""
    send = f"shipment new {contracted(desk)} P0001:2@240 "
    for places in ("--to DC", "--to S01 --from S01"):
        desk.refused(send + places, exit=2, as_="distribution_center")


def test_what_came_is_agreed_once_for_each_product(desk, received) -> None:
    """DST-GDS-08: two figures for the same goods settle nothing."""
    desk.ok(f"shipment object {received} --reason 少", as_="sales_office")
    settle = f"shipment settle {received} --got P0001:18 --got P0001:12 --reason 属实"
    desk.refused(settle, exit=2, as_="sales_company")


def test_only_the_accounts_own_orders_take_what_is_held_for_it(desk, received) -> None:
    """DST-GDS-17: nothing but the account's own order comes by held goods."""
    take = "order new -c {} -l P0001:30 --at S01 --need-by +7d --submit"
    desk.refused(take.format("KH0002"), "RTL-ORD-02", as_="gp_specialist")
    desk.ok(take.format("KH0001"), as_="gp_specialist")
    assert desk.ok("shipment held --json").json == []


class Offices(RuleBasedStateMachine):
    """Shipments, objections, draws and nights in any order: each batch is charged once."""

    desks: list[Desk] = []  # noqa: RUF012
    contracts: list[str] = []  # noqa: RUF012

    @initialize()
    def open(self) -> None:
        self.home = tempfile.TemporaryDirectory()
        self.desk = copied(self.desks[0].ledger, Path(self.home.name))
        self.desk.now = self.desks[0].now
        self.today = FIRST
        self.road: dict[str, tuple[int, int]] = {}
        self.silent: dict[str, date] = {}
        self.objected: dict[str, date] = {}
        self.worth: dict[str, int] = {}
        self.charged: dict[str, int] = {}
        self.held: dict[str, int] = {}
        self.asked: dict[str, tuple[str, int, str]] = {}
        self.free, self.there = self._free(), 80

    def _free(self) -> int:
        rows = self.desk.sql(
            "SELECT available FROM v_stock WHERE code = 'P0001' AND location = 'S01'"
        )
        return rows[0][0]

    def teardown(self) -> None:
        self.home.cleanup()

    def typed(self, role: str, command: str) -> dict:
        before = contents(self.desk.ledger)
        result = self.desk.run(f"{command} --json", as_=role, on=self.today.isoformat())
        if result.exit == Exit.DONE:
            return json.loads(result.out)
        assert result.exit in (Exit.REFUSED, Exit.NOT_FOUND), f"{command}\n{result.err}"
        assert contents(self.desk.ledger) == before, f"{command}: refused, yet something changed"
        return {}

    def some(self, numbers: object, which: int) -> str:
        known = sorted(numbers)  # type: ignore[call-overload]
        return str(known[which % len(known)])

    @rule(count=st.integers(1, 8), price=st.integers(1, 9))
    def ship(self, count: int, price: int) -> None:
        send = f"shipment new {self.contracts[0]} P0001:{count}@{price} --to S01"
        if made := self.typed("distribution_center", send):
            self.road[made["number"]] = (count, price)

    @precondition(lambda self: self.road)
    @rule(which=st.integers(0, 20))
    def receive(self, which: int) -> None:
        number = self.some(self.road, which)
        assert self.typed("sales_office", f"shipment receive {number} --mark KH0001")
        count, price = self.road.pop(number)
        self.silent[number], self.held[number] = self.today, count
        self.worth[number] = count * price * 100

    @precondition(lambda self: self.worth)
    @rule(which=st.integers(0, 20))
    def say_no(self, which: int) -> None:
        number = self.some(self.worth, which)
        since = self.silent.get(number)
        in_time = since is not None and self.today <= since + timedelta(days=DAYS)
        done = self.typed("sales_office", f"shipment object {number} --reason 少")
        assert bool(done) == in_time
        if done:
            self.objected[number] = self.silent.pop(number)

    @precondition(lambda self: self.objected)
    @rule(which=st.integers(0, 20), less=st.integers(0, 3))
    def settle(self, which: int, less: int) -> None:
        number = self.some(self.objected, which)
        (sent,) = self.desk.sql(
            "SELECT l.quantity, l.price_fen FROM v_shipment_line l WHERE l.number = ?", number
        )
        count, price = sent
        got = f"--got P0001:{max(0, count - less)} --reason 商定"
        done = self.typed("sales_company", f"shipment settle {number} {got}")
        missing = min(less, count)
        assert bool(done) == (missing <= self.held[number])
        if done:
            del self.objected[number]
            self.held[number] -= missing
            self.charged[number] = (count - missing) * price

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0, 20), count=st.integers(1, 4))
    def ask(self, which: int, count: int) -> None:
        number = self.some(self.held, which)
        made = self.typed("sales_office", f"shipment ask {number} P0001:{count} --reason 急用")
        assert bool(made) == (count <= self.held[number])
        if made:
            self.asked[made["number"]] = (number, count, "asked")

    @precondition(lambda self: self.asked)
    @rule(which=st.integers(0, 20), step=st.sampled_from(["review", "file", "take", "refuse"]))
    def go_on(self, which: int, step: str) -> None:
        name = self.some(self.asked, which)
        number, count, state = self.asked[name]
        words = {"review": "", "take": "", "file": " --ref BA-1", "refuse": " --reason 否"}
        role = "sales_office" if step == "take" else "sales_company"
        done = self.typed(role, f"shipment {step} {name}{words[step]}")
        enough = count <= self.held[number]
        may = {
            "review": state == "asked",
            "file": state == "reviewed",
            "take": state == "filed" and enough,
            "refuse": state in ("asked", "reviewed"),
        }
        assert bool(done) == may[step], (state, step)
        if done:
            after = {"review": "reviewed", "file": "filed", "take": "drawn", "refuse": "refused"}
            self.asked[name] = (number, count, after[step])
        if done and step == "take":
            self.held[number] -= count
            self.free += count

    @rule(days=st.integers(0, 4))
    def night(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.typed("cron", "reconcile run")
        for number, since in list(self.silent.items()):
            if self.today > since + timedelta(days=DAYS):
                del self.silent[number]
                self.charged[number] = self.worth[number]

    @rule(count=st.integers(1, 12))
    def another_wants_them(self, count: int) -> None:
        sent = f"stock transfer T:{count}".replace("T:", "P0001:")
        done = self.typed("distribution_center", f"{sent} --from S01 --to S02 --reason 补货")
        assert bool(done) == (count <= self.free), "held goods go nowhere"
        self.free -= count if done else 0

    @invariant()
    def nothing_is_charged_twice_or_lost(self) -> None:
        if not hasattr(self, "desk"):
            return
        assert owed(self.desk) == sum(self.charged.values())
        assert self._free() == self.free
        kept = self.desk.sql("SELECT coalesce(sum(kept), 0) FROM v_held")[0][0]
        assert kept == sum(self.held.values())


def test_any_order_of_shipments_objections_draws_and_nights(
    training_ledger, copied_desk, tmp_path_factory, request
) -> None:
    """DST-GDS-08, DST-GDS-09, DST-GDS-17, DST-GDS-18 whatever comes when."""
    desk = copied_desk(training_ledger, tmp_path_factory.mktemp("offices"))
    Offices.contracts = [contracted(desk)]
    Offices.desks = [desk]
    played(Offices, 4, 14)
