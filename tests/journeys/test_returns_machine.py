"""Returns in any order: never more goods or money back than went out, and the books balance."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)

from kac.core.errors import Exit
from kac.db.reader import reading
from tests.conftest import Desk, contents, copied
from tests.journeys.money_counter import REFUSALS, WAITING, every_finding
from tests.journeys.playing import played

# What two orders are for: a price that no quantity divides evenly, goods by weight, and a gift.
LINES = "-l T1:7@33.33 -l P0002:2.5 -l P0001:3 --gift P0005:1"
SIZES = {1: ("1", "2", "7"), 2: ("0.1", "1.25", "2.5"), 3: ("1", "3"), 4: ("1",)}
FATES = ("stock", "sample", "scrap", "refused")


class Returns(RuleBasedStateMachine):
    """A desk where the goods of three slips come back, piece by piece, whatever is typed."""

    desks: list[Desk] = []  # noqa: RUF012
    slips: list[str] = []  # noqa: RUF012
    asked = Bundle("asked")

    @initialize()
    def open(self) -> None:
        self.home = tempfile.TemporaryDirectory()
        self.desk = copied(self.desks[0].ledger, Path(self.home.name))
        self.desk.now = self.desks[0].now
        self.mark = 0

    def teardown(self) -> None:
        self.home.cleanup()

    def typed(self, role: str, command: str) -> str:
        """Type a command; its number, or nothing when it was refused, and then nothing changed."""
        before = contents(self.desk.ledger)
        result = self.desk.run(f"{command} --json", as_=role)
        if result.exit == Exit.DONE:
            return str(json.loads(result.out)["number"])
        assert result.exit in REFUSALS, f"{command}: {result.exit}\n{result.err}"
        assert contents(self.desk.ledger) == before, f"{command}: refused, yet something changed"
        return ""

    @rule(
        target=asked,
        slip=st.integers(0, 2),
        wanted=st.dictionaries(st.sampled_from(sorted(SIZES)), st.integers(0, 2), min_size=1),
        instead=st.booleans(),
    )
    def ask(self, slip: int, wanted: dict[int, int], instead: bool):
        words = " ".join(
            f"{line}:{SIZES[line][place % len(SIZES[line])]}" for line, place in wanted.items()
        )
        verb = "exchange" if instead else "new"
        more = "--for P0003:1 --need-by +5d" if instead else ""
        number = self.typed(
            "gp_specialist",
            f"return {verb} {self.slips[slip]} {words} --reason 试 {more}".strip(),
        )
        if not number:
            return multiple()
        self.typed("merchant_manager", f"approval ok {number}")
        return number

    @rule(number=asked, less=st.booleans(), fate=st.sampled_from(FATES))
    def take_back_and_judge(self, number: str, less: bool, fate: str) -> None:
        shown = self.desk.ok(f"return show {number} --json").json
        counted = " ".join(
            f"{line['line']}:{'0' if less and line['line'] == 1 else line['quantity']}"
            for line in shown["lines"]
        )
        for role in ("distribution_center", "merchant_staff"):
            self.typed(role, f"return receive {number} {counted}")
        fates = " ".join(
            f"{line['line']}:{fate}" for line in shown["lines"] if not (less and line["line"] == 1)
        )
        if fates:
            self.typed("logistics_manager", f"return inspect {number} {fates}")

    @rule(number=asked, refund=st.booleans())
    def settle(self, number: str, refund: bool) -> None:
        exchange = self.desk.ok(f"return show {number} --json").json["exchange"]
        if exchange:
            self.typed("merchant_supervisor", f"order review {exchange}")
        self.typed("finance", f"return settle {number} {'--refund' if refund else ''}".strip())

    @rule(number=asked)
    def drop(self, number: str) -> None:
        self.typed("gp_specialist", f"return drop {number} --reason 留用")

    @rule()
    def pay_refunds(self) -> None:
        for (refund,) in self.desk.sql("SELECT number FROM refund WHERE state = 'requested'"):
            self.mark += 1
            self.typed("logistics_manager", f"approval ok {refund}")
            self.typed("finance_cashier", f"refund pay {refund} --ref T{self.mark}")

    @invariant()
    def never_more_back_than_out(self) -> None:
        if not hasattr(self, "desk"):
            return
        with reading(self.desk.ledger) as reader:
            hard = [
                each
                for each in every_finding(reader, date(2026, 11, 20))
                if not each.soft and each.check not in WAITING
            ]
            money = reader.one(
                "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM refund) AS back,"
                " (SELECT sum(amount_fen) FROM payment WHERE state = 'verified') AS received"
            )
        assert hard == []
        assert money["back"] <= money["received"]
        for slip in self.slips:
            self._kept(slip)

    def _kept(self, slip: str) -> None:
        """Revenue net of returns is what the kept goods cost, line by line, to the fen."""
        rows = self.desk.sql(
            "SELECT s.line, s.delivered, s.amount_fen, coalesce((SELECT sum(r.credited)"
            "  FROM v_return_line r WHERE r.dispatch_id = s.dispatch_id"
            "  AND r.order_line = s.line), 0), coalesce((SELECT sum(r.amount_fen)"
            "  FROM v_return_line r WHERE r.dispatch_id = s.dispatch_id"
            "  AND r.order_line = s.line), 0) FROM v_sold_line s WHERE s.dispatch = ?",
            slip,
        )
        kept_fen = 0
        for line, quantity, amount, back, credited in rows:
            assert 0 <= back <= quantity, f"{slip} line {line}"
            share = (2 * amount * back + quantity) // (2 * quantity)
            assert credited == share, f"{slip} line {line}"
            kept_fen += amount - credited
        ((net,),) = self.desk.sql(
            "SELECT sum(amount_fen) FROM v_sale WHERE dispatch = ?1 OR dispatch IN"
            " (SELECT number FROM v_return WHERE dispatch = ?1)",
            slip,
        )
        assert net == kept_fen


@pytest.fixture
def delivered(desk, shelf) -> tuple[Desk, list[str]]:
    """An order delivered to the last piece, and two slips of one that is delivered in parts."""
    shelf({"T1": ("20.00", "33.33")})
    whole, parts = _paid(desk), _paid(desk, deposit=True)
    slips = [_sent(desk, whole, {1: "7", 2: "2.5", 3: "3", 4: "1"})]
    first = "--line T1:3 --line P0002:1.25"
    slips.append(_sent(desk, parts, {1: "3", 2: "1.25"}, first, "--damaged T1:1"))
    slips.append(_sent(desk, parts, {1: "2", 3: "3"}, "--line T1:2 --line P0001:3"))
    return desk, slips


def _paid(desk: Desk, *, deposit: bool = False) -> str:
    """An order that is paid for, at once or with a deposit first; its number."""
    new = f"order new -c KH0001 {LINES} --need-by +7d --submit --json"
    made = desk.ok(new, as_="gp_specialist").json
    order, total = str(made["number"]), made["total"]
    for role in ("purchasing", "merchant_manager", "deputy_general_manager", "general_manager"):
        desk.run(f"approval ok {order}", as_=role)
    desk.ok(f"order review {order}", as_="merchant_supervisor")
    desk.ok(f"order print {order}", as_="gp_specialist")
    shares = [f"{float(total) - 300:.2f}", "300"] if deposit else [total]
    for place, share in enumerate(shares):
        kind = "deposit" if deposit and place == 0 else "payment"
        paid = f"{kind} record {order} --amount {share} --ref R{order}{place} --json"
        money = desk.ok(paid, as_="finance_cashier").json["number"]
        desk.ok(f"payment print {money}", as_="finance_cashier")
        desk.ok(f"payment verify {money}", as_="finance")
    if deposit:
        desk.ok(f"order photocopy {order}", as_="merchant_staff")
    return order


def _sent(
    desk: Desk, order: str, counted: dict[int, str], lines: str = "", signed: str = ""
) -> str:
    """A slip of an order, of all or of some lines, signed for; its number."""
    new = f"dispatch new {order} {lines} --json"
    slip = str(desk.ok(new, as_="distribution_center").json["number"])
    desk.ok(f"dispatch print {slip}", as_="distribution_center")
    words = " ".join(f"{line}:{quantity}" for line, quantity in counted.items())
    for role in ("distribution_center", "merchant_staff"):
        desk.ok(f"dispatch count {slip} {words}", as_=role)
    desk.ok(f"dispatch load {slip} --truck 粤S1 --driver 张", as_="distribution_center")
    desk.ok(f"dispatch sign {slip} --by 李 {signed}", as_="driver")
    return slip


def _played(delivered: tuple[Desk, list[str]], examples: int, steps: int) -> None:
    Returns.desks, Returns.slips = [delivered[0]], delivered[1]
    played(Returns, examples, steps)


def test_goods_come_back_any_way_and_nothing_is_given_twice(delivered) -> None:
    """FLW-AFT-01, RTL-SHT-15, CRH-DAT-02."""
    _played(delivered, examples=4, steps=14)


@pytest.mark.slow
def test_goods_come_back_any_way_for_long(delivered) -> None:
    """FLW-AFT-01, RTL-SHT-15, CRH-DAT-02: the same, for as long as a busy week."""
    _played(delivered, examples=40, steps=40)
