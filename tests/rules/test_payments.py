"""Payments: no goods before the whole price is here, and here is what finance has seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.money import Money, parse_money
from kac.desk.payments import postings
from kac.desk.payments.rules import (
    METHODS,
    RECEIPT_COPIES,
    MoneyFacts,
    deposit_first,
    money_verified,
    not_too_much,
    paid_in_full,
    receipts_issued,
)
from kac.ledger.chart import CHEQUES, CUSTOMER_DEPOSITS, UNVERIFIED
from kac.ledger.entry import Posting

from .facts import MAY

TOTAL, DEPOSIT, BALANCE = 13_400_00, 4_020_00, 9_380_00
CASHIER, FINANCE = MAY["payment.record"], MAY["payment.verify"]
sums = st.integers(0, 10**9)


def money(received: int = 0, *, verified: int = 0, total: int = TOTAL, **more) -> MoneyFacts:
    return MoneyFacts("DD1", total_fen=total, received_fen=received, verified_fen=verified, **more)


def test_a_deposit_alone_sends_no_goods():
    """SC-01: 4,020.00 of 13,400.00 has come (RTL-PRI-02, RTL-CTL-03)."""
    gate = paid_in_full(money(DEPOSIT), CASHIER)
    assert (gate.open, gate.rules) == (False, ("RTL-PRI-02", "RTL-CTL-03"))
    assert gate.says == "9,380.00 of 13,400.00 still to be paid, 4,020.00 received"
    assert gate.opened_by == ("finance_cashier",)
    assert gate.command == "kac payment record DD1 --amount 9380.00 --ref …"
    assert paid_in_full(money(DEPOSIT + BALANCE), CASHIER).open


@given(sums, sums)
def test_an_order_is_paid_when_its_whole_price_has_come_and_not_a_fen_sooner(total, received):
    """RTL-PRI-02, RTL-CTL-03."""
    gate = paid_in_full(money(received, total=total), CASHIER)
    assert gate.open == (received >= total)
    if not gate.open:
        asked = parse_money(gate.command.split()[5])
        assert paid_in_full(money(received + asked.fen, total=total), CASHIER).open
        assert not paid_in_full(money(received + asked.fen - 1, total=total), CASHIER).open


def test_money_that_is_only_said_to_have_come_does_not_count():
    """SC-25: declared, not verified (RTL-PAY-03, RTL-PAY-04, RTL-DUT-07)."""
    said = money(TOTAL, verified=DEPOSIT, unverified=("SK2",))
    gate = money_verified(said, FINANCE)
    assert (gate.open, gate.rules) == (False, ("RTL-PAY-04", "RTL-PAY-03", "RTL-DUT-07"))
    assert gate.says == "not verified by finance yet: SK2"
    assert (gate.opened_by, gate.command) == (("finance",), "kac payment verify SK2")
    assert money_verified(replace(said, unverified=(), verified_fen=TOTAL), FINANCE).open


@given(st.lists(st.tuples(st.integers(1, 10**6), st.booleans()), max_size=6))
def test_the_gate_of_finance_opens_with_the_last_amount_that_it_has_seen(received):
    """RTL-DUT-07, RTL-PAY-04: one that is not seen is enough to hold the slip."""
    unseen = tuple(f"SK{n}" for n, (_fen, seen) in enumerate(received) if not seen)
    facts = money(
        sum(fen for fen, _seen in received),
        verified=sum(fen for fen, seen in received if seen),
        unverified=unseen,
    )
    gate = money_verified(facts, FINANCE)
    assert gate.open == (not unseen)
    assert all(number in gate.says for number in unseen)


def test_a_receipt_has_two_copies_one_for_the_customer_and_one_for_finance():
    """SC-01, RTL-DEP-03..05."""
    assert RECEIPT_COPIES == {"customer": "customer", "finance": "finance"}


def test_money_without_its_receipt_is_not_left_alone():
    """RTL-DEP-03..05."""
    gate = receipts_issued(money(DEPOSIT, unreceipted=("SK1", "SK2")), MAY["payment.print"])
    assert (gate.open, gate.rules) == (False, ("RTL-DEP-03", "RTL-DEP-04", "RTL-DEP-05"))
    assert gate.says == "no receipt printed yet for SK1, SK2"
    assert gate.command == "kac payment print SK1"
    for done in (money(), money(DEPOSIT)):
        assert receipts_issued(done, MAY["payment.print"]).open


@given(sums, st.lists(st.integers(1, 10**8), max_size=8))
def test_however_money_is_offered_no_more_is_taken_than_the_order_costs(total, offers):
    """RTL-DUT-07: what is taken and what is owed are the price, after every payment."""
    facts = money(total=total)
    for offer in offers:
        taken = not_too_much(facts, Money(offer)).open
        assert taken == (offer <= facts.owed_fen)
        if taken:
            facts = replace(facts, received_fen=facts.received_fen + offer)
        assert facts.received_fen <= total
        assert facts.received_fen + facts.owed_fen == total


def test_the_balance_is_taken_and_a_fen_more_is_not():
    """SC-01, RTL-DUT-07."""
    owed = money(DEPOSIT)
    assert not_too_much(owed, Money(BALANCE)).open
    gate = not_too_much(owed, Money(BALANCE + 1))
    assert (gate.open, gate.says) == (False, "9,380.01 offered, 9,380.00 still owed")


@given(sums.filter(bool), sums, st.booleans())
def test_what_comes_first_and_is_not_everything_is_a_deposit_and_goes_by_its_rules(
    offer, total, after_deposit
):
    """RTL-DEP-06, RTL-DEP-08, RTL-ORD-09: no part payment goes round them."""
    facts = money(total=total, deposit_fen=DEPOSIT if after_deposit else 0)
    gate = deposit_first(facts, Money(offer))
    assert gate.open == (after_deposit or offer >= total)
    assert gate.command.startswith("kac deposit record DD1 --amount ")
    assert {"RTL-DEP-06", "RTL-DEP-08"} <= set(gate.rules)


@pytest.mark.parametrize(("method", "account"), sorted(postings.ARRIVES.items()))
def test_money_is_owed_to_the_customer_first_and_lies_where_it_came_once_it_was_seen(
    method, account
):
    """RTL-PAY-12, RTL-PAY-03, RTL-DUT-07."""
    waits = CHEQUES if method == "cheque" else UNVERIFIED
    said = postings.received("SK1", method, Money(DEPOSIT))
    seen = postings.verified("SK1", method, Money(DEPOSIT))
    assert said.postings == (Posting(waits, CUSTOMER_DEPOSITS, Money(DEPOSIT)),)
    assert seen.postings == (Posting(account, waits, Money(DEPOSIT)),)
    assert said.key != seen.key
    assert method in METHODS
