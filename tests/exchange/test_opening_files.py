"""Opening balances: two persons, empty books, every account proved afterwards."""

from __future__ import annotations

import pytest

from kac.core.actor import Actor
from kac.core.errors import NotPermitted, Refused
from kac.db.reader import reading
from kac.db.work import Request, perform
from kac.desk.openings import actions
from kac.desk.reconciliation.queries import CHECKS
from kac.exchange.imports import FileRefused
from tests.exchange.conftest import IMPORTER, NOW
from tests.exchange.test_undone_imports import undo

HEADER = "类别,客户编码,金额,日期,到期日,合同号,方式,流水号,备注"
ROWS = [
    "应收,KH0001,12000.50,2026-08-01,2026-09-01,,,,旧单 881",
    "应收,KH0002,300.00,2026-11-01,,,,,",
    "预收,KH0002,5000.00,2026-10-01,,,转账,OLD-1,",
    "购物卡,,8000.00,2026-01-01,,,,,",
]
TEXT = "\n".join([HEADER, *ROWS, ""])
FINANCE = Actor(11, "finance", "财务", frozenset({"finance"}))
BOSS = Actor(12, "boss", "总经理", frozenset({"general_manager"}))
OTHER = Actor(13, "finance2", "财务二", frozenset({"finance"}))


def does(shop, actor: Actor, act):
    request = Request(f"o{next(shop.ids)}", "opening", "", NOW, shop.day)
    return perform(shop.ledger, request, lambda _reader: actor, act)


def findings(shop) -> list[str]:
    with reading(shop.ledger) as reader:
        found = [each for check in CHECKS for each in check(reader, shop.day)]
    return [f"{each.check} {each.subject}" for each in found if not each.soft]


@pytest.fixture
def opened(shop):
    shop.bring("opening", TEXT, actor=FINANCE)
    does(shop, BOSS, lambda work: actions.confirm(work, "1"))
    return shop


def test_nothing_is_booked_before_a_second_person_has_agreed(shop) -> None:
    """A-56: neither by the file, nor by the one who brought it."""
    before = shop.rows("SELECT count(*) FROM posting"), shop.rows("SELECT count(*) FROM payment")
    told = shop.bring("opening", TEXT, actor=FINANCE).document
    assert told["counts"] == {"balances": 4}
    with pytest.raises(NotPermitted):
        does(shop, FINANCE, lambda work: actions.confirm(work, told["first"]))
    assert before == (
        shop.rows("SELECT count(*) FROM posting"), shop.rows("SELECT count(*) FROM payment")
    )  # fmt: skip
    assert findings(shop) == []


def test_confirmed_balances_stand_against_the_opening_account_and_every_proof_holds(opened) -> None:
    """CRH-DAT-02: the books, the ageing, the statements and the cards agree to the fen."""
    booked = opened.rows(
        "SELECT p.debit, p.credit, p.amount_fen FROM posting p JOIN journal_entry e"
        " ON e.id = p.entry_id WHERE e.key LIKE 'opening:%' ORDER BY p.id"
    )
    assert booked == [
        ("1122", "4199", 1_200_050),
        ("1122", "4199", 30_000),
        ("4199", "2203", 500_000),
        ("4199", "2205", 800_000),
    ]
    held = opened.rows(
        "SELECT amount_fen, state, received_by, verified_by, free_fen FROM v_payment"
    )
    assert held == [(500_000, "verified", "finance", "boss", 500_000)]
    assert findings(opened) == []
    assert opened.sound()


def test_books_that_have_begun_take_no_opening_balance(opened) -> None:
    """CRH-DAT-02: only into a ledger that is empty of the kind."""
    with pytest.raises(FileRefused) as refused:
        opened.bring("opening", TEXT.replace("300.00", "301.00"), actor=FINANCE)
    assert {error.line for error in refused.value.errors} == {2, 3, 4, 5}


def test_a_second_file_of_a_kind_waits_for_the_first_and_books_that_began_meanwhile_refuse(
    shop,
) -> None:
    from kac.core.money import Money
    from kac.db.work import Outcome
    from kac.desk.customers import queries as customers
    from kac.desk.payments.actions import Receipt, take

    shop.bring("opening", TEXT, actor=FINANCE)
    with pytest.raises(FileRefused) as refused:
        shop.bring("opening", TEXT.replace("300.00", "301.00"), actor=FINANCE)
    assert "wait for a second person" in refused.value.cause[0]

    def pay(work) -> Outcome:
        row = customers.find(work.reader, "KH0001")
        number = take(work, row, Receipt(Money(100), "cash", reason="x"), "x")
        return Outcome({"number": number}, ())

    does(shop, FINANCE, pay)
    with pytest.raises(Refused) as closed:
        does(shop, BOSS, lambda work: actions.confirm(work, "1"))
    assert closed.value.code == "E-GAT-OPENING-EMPTY"


def test_money_of_the_customer_settles_what_was_owed_and_no_fen_more(opened) -> None:
    """RTL-DUT-07: verified, of the same customer, free."""
    money = opened.rows("SELECT number FROM payment")[0][0]
    sheet = opened.rows("SELECT number FROM opening_sheet")[0][0]
    with pytest.raises(Refused) as other:
        does(opened, OTHER, lambda work: actions.settle(work, f"{sheet}.1", money, None))
    assert other.value.code == "E-OPN-002"
    told = does(opened, OTHER, lambda work: actions.settle(work, f"{sheet}.2", money, None))
    assert (told.document["amount"], told.document["open"]) == ("300.00", "0.00")
    assert opened.rows("SELECT free_fen FROM v_payment") == [(470_000,)]
    with pytest.raises(Refused):
        does(opened, OTHER, lambda work: actions.settle(work, f"{sheet}.2", money, None))
    assert findings(opened) == []
    assert opened.sound()


def test_what_was_held_can_be_taken_out_again_against_the_opening_account(opened) -> None:
    from kac.desk.allocations import actions as allocations

    money = opened.rows("SELECT number FROM payment")[0][0]
    does(opened, OTHER, lambda work: allocations.reverse(work, money, "没有这笔"))
    assert opened.rows("SELECT balance_fen FROM v_account WHERE account = '2203'") == [(0,)]
    assert opened.rows("SELECT count(*) FROM v_account WHERE account IN ('1002', '1012')") == [(0,)]
    assert findings(opened) == []


def test_balances_are_taken_back_until_they_are_confirmed(shop) -> None:
    batch = shop.bring("opening", TEXT, actor=FINANCE).document["number"]
    undo(shop, batch, actor=FINANCE)
    again = shop.bring("opening", TEXT, actor=FINANCE).document
    does(shop, BOSS, lambda work: actions.confirm(work, again["first"]))
    with pytest.raises(Refused) as refused:
        undo(shop, again["number"], actor=FINANCE)
    assert refused.value.code == "E-IMP-010"
    assert findings(shop) == []


WRONG = {
    "a kind that there is not": "利润,KH0001,1,2026-08-01,,,,,",
    "no kind": ",KH0001,1,2026-08-01,,,,,",
    "a customer that nobody knows": "应收,KH0404,1,2026-08-01,,,,,",
    "nobody": "应收,,1,2026-08-01,,,,,",
    "cards of somebody": "购物卡,KH0001,1,2026-08-01,,,,,",
    "nothing": "应收,KH0001,0,2026-08-01,,,,,",
    "below nothing": "应收,KH0001,-1,2026-08-01,,,,,",
    "an amount with a letter": "应收,KH0001,1O,2026-08-01,,,,,",
    "an amount as a power of ten": "应收,KH0001,1E+3,2026-08-01,,,,,",
    "three decimals": "应收,KH0001,1.001,2026-08-01,,,,,",
    "no day": "应收,KH0001,1,,,,,,",
    "a day without a year": "应收,KH0001,1,8-1,,,,,",
    "a day that no calendar has": "应收,KH0001,1,2026-02-30,,,,,",
    "a day to come": "应收,KH0001,1,2026-12-01,,,,,",
    "due before it began": "应收,KH0001,1,2026-08-01,2026-07-01,,,,",
    "a debt that came by a way": "应收,KH0001,1,2026-08-01,,,转账,,",
    "a debt under a contract": "应收,KH0001,1,2026-08-01,,HT20260101-0001,,,",
    "a cheque": "预收,KH0001,1,2026-08-01,,,支票,C1,",
    "a transfer without its number": "预收,KH0001,1,2026-08-01,,,转账,,",
    "a number that stands twice": "预收,KH0001,1,2026-08-01,,,转账,old-1,",
    "security without a contract": "保证金,KH0001,1,2026-08-01,,,转账,B1,",
    "security under a contract that there is not": "保证金,KH0001,1,2026-08-01,,HT1,转账,B1,",
    "a formula": "应收,KH0001,=A1,2026-08-01,,,,,",
    "too few cells": "应收",
}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("wrong", WRONG)
def test_a_bad_row_is_told_with_its_line_and_nothing_is_written(shop, wrong, encoding) -> None:
    """SC-60."""
    before = shop.state() | {"sheets": shop.rows("SELECT * FROM opening_sheet")}
    text = "\n".join([HEADER, *ROWS, WRONG[wrong], ""])
    with pytest.raises(FileRefused) as refused:
        shop.bring("opening", text.encode(encoding), actor=FINANCE)
    assert {error.line for error in refused.value.errors} == {6}
    assert before == shop.state() | {"sheets": shop.rows("SELECT * FROM opening_sheet")}


def test_only_finance_brings_balances(shop) -> None:
    with pytest.raises(NotPermitted):
        shop.bring("opening", TEXT, actor=IMPORTER)
