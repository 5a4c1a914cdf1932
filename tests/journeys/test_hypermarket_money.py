"""The hypermarket's money in any order of events: debts, hands and books always say the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kac.core.money import Money
from kac.db.reader import reading
from kac.desk.card_sales.queries import cards_equal_books
from kac.desk.cards.queries import numbers_in_one_place
from kac.desk.takings.queries import carried_equals_books
from kac.ledger.checks import balance, trial_balance
from tests.conftest import contents

CHECKS = (cards_equal_books, numbers_in_one_place, carried_equals_books)
BANK = Path(__file__).parents[2] / "sample_data" / "bank_one_order.csv"
SOLD_FEN = 200_000
LINE = (
    "44001641006405300128,榆江市佳和百货有限公司,20261120 09:12:40,0.00,{amount},653278.55,人民币,"
    "宏达电器配件厂,44051200300001111,工商银行,20261120,转账收入,卡款,{reference}\n"
)


def opened(desk: Any) -> None:
    """A day that is open, and cards for 2,000.00 that KH0001 has against an IOU."""
    desk.ok(
        "day roster 2026-11-20 --until 2026-11-25 --officer settlement_duty_officer",
        as_="bulk_department_head",
    )
    desk.ok("day open", as_="settlement_duty_officer")
    desk.ok("card receive HZ880001+20 --face 200", as_="finance_window")
    desk.ok("card sell -c KH0001 --amount 2000", as_="business_manager")
    desk.ok("iou write KS20261120-0001", as_="business_manager")
    desk.ok("approval ok QT20261120-0001", as_="bulk_department_head")
    desk.ok("iou print QT20261120-0001", as_="finance_window")
    desk.ok("card make KS20261120-0001 --cards HZ880001+10", as_="finance_window")
    desk.ok("card deliver KS20261120-0001 --to 周建平", as_="business_manager")


@pytest.fixture(scope="module")
def sold(training_ledger: Path, copied_desk: Any, tmp_path_factory: Any) -> Path:
    """A ledger in which the cards are sold and the day is open, made once."""
    desk = copied_desk(training_ledger, tmp_path_factory.mktemp("sold"))
    opened(desk)
    return Path(desk.ledger)


class Model:
    """What must be true, reckoned beside the ledger: every item's amount, funds and state."""

    def __init__(self) -> None:
        self.worth = SOLD_FEN
        self.items: list[dict[str, Any]] = []

    def sum(self, *states: str, funds: tuple[str, ...] = ("cash", "cheque", "wire")) -> int:
        """The fen of all items in these states."""
        mine = [each for each in self.items if each["state"] in states and each["funds"] in funds]
        return sum(each["fen"] for each in mine)

    @property
    def open(self) -> int:
        """What may still be reported."""
        return self.worth - self.sum("settled", "with_manager", "in_custody")


steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("report"),
            st.integers(1, SOLD_FEN),
            st.sampled_from(["cash", "cheque", "wire"]),
        ),
        st.tuples(st.sampled_from(["settle", "custody", "return"]), st.integers(0, 3), st.just("")),
        st.tuples(st.just("cards"), st.just(0), st.just("")),
    ),
    min_size=4,
    max_size=9,
)


def typed(model: Model, step: tuple[str, int, str]) -> tuple[str, str, bool]:
    """(command, by whom, whether it must succeed) of a step; the model goes along."""
    verb, figure, funds = step
    if verb == "report":
        number = len(model.items) + 1
        fits = figure <= model.open
        if fits:
            model.items.append({"fen": figure, "funds": funds, "state": "with_manager"})
        ref = "" if funds == "cash" else f" --ref R{number}-{figure}"
        if funds == "cheque":
            ref += " --bank 工行 --issued 2026-11-19"
        amount = Money(figure).plain()
        command = f"day item KS20261120-0001 --amount {amount} --funds {funds} --notes x{ref}"
        return command, "business_manager", fits
    if verb == "cards":
        fits = model.worth == SOLD_FEN and model.open >= 20_000
        if fits:
            model.worth -= 20_000
        return "card return KS20261120-0001 HZ880010 --reason x", "finance_window", fits
    return _moved(model, verb, figure)


def _moved(model: Model, verb: str, figure: int) -> tuple[str, str, bool]:
    number = f"JS20261120-{figure + 1:04d}"
    item = model.items[figure] if figure < len(model.items) else None
    before = item["state"] if item else ""
    fits = {
        "settle": before in ("with_manager", "in_custody")
        and bool(item)
        and item["funds"] != "cheque",
        "custody": before == "with_manager" and bool(item) and item["funds"] != "wire",
        "return": before in ("with_manager", "in_custody", "settled"),
    }[verb]
    if item and fits:
        item["state"] = {"settle": "settled", "custody": "in_custody", "return": "returned"}[verb]
    note = " --unit KH0001 --manager business_manager --custodian bulk_department_head"
    more = {"settle": "", "custody": note, "return": " --reason x"}[verb]
    who = "settlement_duty_officer" if verb == "custody" else "finance_window"
    who = "finance_supervisor" if (verb, before) == ("return", "settled") else who
    return f"day {verb} {number}{more}", who, fits


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_debts_hands_and_books_agree_after_every_step_and_a_refused_one_changes_nothing(
    sold: Path, copied_desk: Any, tmp_path_factory: Any, found: list[tuple[str, int, str]]
) -> None:
    """HYP-FIN-01, HYP-FIN-05, HYP-FIN-06, HYP-CRD-06."""
    desk, model = copied_desk(sold, tmp_path_factory.mktemp("again")), Model()
    desk.now += timedelta(hours=1)
    for step in found:
        command, who, fits = typed(model, step)
        if command.startswith("day settle"):  # of a cheque the bank's word is there first
            number = command.split()[2]
            desk.run(f"day voucher {number} --ref V{number}", as_="ebank_auditor")
        before = contents(desk.ledger)
        result = desk.run(command, as_=who)
        assert (result.exit == 0) == fits, (command, result.err)
        assert fits or contents(desk.ledger) == before, command
        agree(desk, model)


def agree(desk: Any, model: Model) -> None:
    """The ledger says what the model says, and every proof of the night holds."""
    row = desk.sql("SELECT worth_fen, settled_fen, carried_fen, state FROM v_card_sale")[0]
    settled = model.sum("settled")
    assert row[:3] == (model.worth, settled, model.sum("with_manager", "in_custody"))
    assert row[3] == ("settled" if settled == model.worth else "delivered")
    in_hand = ("cash", "cheque")
    with reading(desk.ledger) as reader:
        assert trial_balance(reader) == []
        assert [finding for check in CHECKS for finding in check(reader, None)] == []
        assert balance(reader, "122101") == model.sum("with_manager", funds=in_hand)
        assert balance(reader, "122102") == model.sum("in_custody", funds=in_hand)
        assert balance(reader, "1001") == model.sum("settled", funds=("cash",))
        assert balance(reader, "1002") == model.sum("settled", funds=("cheque", "wire"))


def test_ebank_money_is_held_against_the_banks_statement(desk) -> None:
    """HYP-FIN-12: what was settled is on the statement, and what is on it was settled."""
    opened(desk)
    said = "day item KS20261120-0001 --amount {} --funds ebank --ref {} --notes x"
    for amount, reference in ((1200, "2026112000010001"), (300, "2026112000010009")):
        number = desk.ok(said.format(amount, reference), as_="business_manager").out[:15]
        desk.ok(f"day voucher {number} --ref V{reference}", as_="ebank_auditor")
        desk.ok(f"day settle {number}", as_="finance_window")
    head = BANK.read_text("utf-8").splitlines(keepends=True)[:3]
    path = desk.home / "bank.csv"
    path.write_text(
        "".join([*head, LINE.format(amount="1200.00", reference="2026112000010001")]), "utf-8"
    )
    desk.ok(f"reconcile import {path}", as_="finance")
    found = desk.run("reconcile run --json", as_="finance").json
    named = {(each["check"], each["subject"]) for each in found}
    assert ("ebank_is_on_the_statement", "JS20261120-0002") in named
    assert not [each for each in named if each[0] == "bank_receipts_are_recorded"]
    assert ("ebank_is_on_the_statement", "JS20261120-0001") not in named
