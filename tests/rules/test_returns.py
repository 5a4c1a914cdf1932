"""Returns: never more back than out, every piece judged, and no fen lost between the parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.money import Money
from kac.desk.returns import postings, rules
from kac.desk.returns.policy import ReturnPolicy
from kac.desk.returns.rules import BackLine, ReturnFacts, SoldLine, worth
from kac.desk.returns.states import LOST, REFUSED, SAMPLE, SCRAP, STOCK
from kac.ledger.chart import (
    COST_OF_SALES,
    CUSTOMER,
    INVENTORY,
    RECEIVABLE,
    RETURNED,
    RETURNED_GOODS,
    REVENUE,
    SCRAPPED,
    SHIPPED,
    TRANSIT,
)

POLICY = ReturnPolicy(
    days=7,
    copies=("distribution_center", "customer"),
    departments=(
        {"id": "merchant_dept", "roles": ("merchant_staff",)},
        {"id": "distribution_center", "roles": ("distribution_center",)},
    ),
)
SIGNED = date(2026, 11, 20)


def sold(**changes: object) -> SoldLine:
    line = SoldLine(1, 7, "电饭煲", "台", 1, delivered=50, away=0, amount_fen=1340000, of=50)
    return replace(line, **changes)


def back(**changes: object) -> BackLine:
    line = BackLine(1, 1, 7, "电饭煲", "台", 1, "back", 10, amount_fen=1340000, of=50)
    return replace(line, **changes)


@st.composite
def portions(draw) -> tuple[int, int, list[int]]:
    """(what a line cost, its quantity, the portions in which it comes back)."""
    quantity = draw(st.integers(1, 10**6))
    left, parts = quantity, []
    while left and draw(st.booleans()):
        part = draw(st.integers(1, left))
        parts.append(part)
        left -= part
    return draw(st.integers(0, 10**9)), quantity, parts


@given(portions())
def test_in_whatever_portions_goods_come_back_the_money_is_theirs_to_the_fen(case) -> None:
    """FLW-AFT-01: all parts together never pass what the line cost, and are it when all is back."""
    amount, quantity, parts = case
    before, given_back = 0, 0
    for part in parts:
        share = worth(amount, quantity, before, part)
        assert share >= 0
        before, given_back = before + part, given_back + share
    assert given_back == worth(amount, quantity, 0, before)
    assert given_back <= amount
    assert before < quantity or given_back == amount
    kept = worth(amount, quantity, before, quantity - before)
    assert given_back + kept == amount, "revenue net of returns is what the kept goods cost"


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(1, 10**6))
def test_no_more_comes_back_than_the_customer_still_has(delivered, away, wanted) -> None:
    """FLW-AFT-01: what is on its way back, or came back, is not there a second time."""
    line = sold(delivered=delivered, away=min(away, delivered))
    gate = rules.within_delivery("DD20261120-0001", [line], {1: wanted})
    assert gate.open == (wanted <= line.left)


def test_what_is_not_on_the_slip_does_not_come_back() -> None:
    gate = rules.within_delivery("DD20261120-0001", [sold()], {2: 1})
    assert not gate.open
    assert "line 2" in gate.says


def test_goods_that_nobody_signed_for_cannot_come_back() -> None:
    """FLW-AFT-04: after-sales comes after the delivery."""
    for state, has in (("issued", False), ("loaded", False), ("signed", True), ("archived", True)):
        gate = rules.delivered("SH20261120-0001", "DD20261120-0001", state, ("driver",))
        assert gate.open is has
        assert ("FLW-AFT-04" in gate.rules) and bool(gate.command) is not has


def test_the_seventh_day_is_in_time_and_the_eighth_is_late() -> None:
    """FLW-AFT-01: late is no refusal, it asks for one more signature."""
    assert not rules.is_late(SIGNED, SIGNED + timedelta(days=7), POLICY)
    assert rules.is_late(SIGNED, SIGNED + timedelta(days=8), POLICY)


@pytest.mark.parametrize(
    ("found", "others", "open_"),
    [
        ({1: 10}, None, True),
        ({1: 9}, None, True),
        ({1: 11}, None, False),
        ({}, None, False),
        ({1: 10, 2: 1}, None, False),
        ({1: 10}, {1: 10}, True),
        ({1: 10}, {1: 9}, False),
    ],
)
def test_departments_count_alike_and_never_above_what_was_announced(found, others, open_) -> None:
    """RTL-ORD-14, FLW-AFT-01."""
    assert rules.count_fits([back()], found, others).open is open_


def test_nothing_at_all_is_no_return_unless_it_was_refused_at_delivery() -> None:
    assert not rules.something_came("TH1", [back()], {1: 0}).open
    assert rules.something_came("TH1", [back(sold=False)], {1: 0}).open


@pytest.mark.parametrize(
    ("fates", "open_"),
    [
        ({1: {STOCK: 10}}, True),
        ({1: {STOCK: 7, SCRAP: 3}}, True),
        ({1: {STOCK: 7, SCRAP: 2}}, False),
        ({1: {STOCK: 11}}, False),
        ({}, False),
        ({1: {STOCK: 10}, 2: {STOCK: 1}}, False),
    ],
)
def test_every_piece_that_was_counted_has_one_fate(fates, open_) -> None:
    """FLW-AFT-01."""
    assert rules.every_piece_judged([back(counted=10)], fates).open is open_


def test_what_is_not_taken_back_is_not_credited() -> None:
    """FLW-AFT-01: 10 came back, 2 stay the customer's."""
    line = back(counted=10, fates={STOCK: 8, REFUSED: 2})
    assert (line.stands, line.worth_fen) == (8, 8 * 26800)


def test_goods_refused_at_delivery_were_never_sold() -> None:
    """RTL-PAY-10: no money, nothing to give back to the customer, and what is missing is lost."""
    line = back(sold=False, counted=6, fates={STOCK: 6})
    assert (line.stands, line.worth_fen) == (0, 0)
    assert rules.with_lost([line], {1: {STOCK: 6}}) == {1: {STOCK: 6, LOST: 4}}
    assert rules.with_lost([back(counted=6)], {1: {STOCK: 6}}) == {1: {STOCK: 6}}
    assert not rules.none_refused_unsold([line], {1: {REFUSED: 1}}).open
    assert rules.nothing_sold(ReturnFacts("TH1", "inspected", (line,), {}))


def test_a_vehicle_brings_back_no_more_than_it_left_with() -> None:
    """RTL-PAY-10."""
    assert rules.still_under_way("SH1", [("电饭煲", 3, 3)]).open
    assert not rules.still_under_way("SH1", [("电饭煲", 4, 3)]).open


def test_other_goods_are_reviewed_before_money_is_for_them() -> None:
    """RTL-DEP-01, FLW-AFT-01: an exchange goes through the gates of any order."""
    for state, open_ in (("submitted", False), ("reviewed", True), ("voided", True)):
        facts = ReturnFacts("TH1", "inspected", (back(),), {}, ("DD20261120-0002", state))
        assert rules.exchange_reviewed(facts, ("merchant_supervisor",)).open is open_


def test_the_books_of_goods_that_come_back_follow_them() -> None:
    """CRH-DAT-02: out of the cost of sales, into the corner, then to where they belong."""
    moved = postings.comes_back("TH1", 1, 7, CUSTOMER, (10, Money(2200)))
    assert (moved.from_place, moved.to_place) == (CUSTOMER, RETURNED)
    entry = postings.received("TH1", [moved])
    assert entry is not None
    assert [(p.debit, p.credit, p.amount.fen) for p in entry.postings] == [
        (RETURNED_GOODS, COST_OF_SALES, 2200)
    ]
    under_way = postings.comes_back("TH2", 1, 7, TRANSIT, (1, Money(220)))
    entry = postings.received("TH2", [under_way])
    assert entry is not None
    assert entry.postings[0].credit == SHIPPED
    sample = postings.judged("TH1", 1, 7, SAMPLE, "DC", (1, Money(220)))
    scrap = postings.judged("TH1", 1, 7, SCRAP, "DC", (1, Money(220)))
    assert (sample.to_place, scrap.to_place) == ("DC", SCRAPPED)
    entry = postings.inspected("TH1", [(SAMPLE, sample)])
    assert entry is not None
    assert entry.postings[0].debit == INVENTORY
    lost = postings.judged("TH2", 1, 7, LOST, "DC", (1, Money(220)))
    assert lost.from_place == TRANSIT


def test_what_was_earned_goes_back_against_what_is_owed() -> None:
    """CRH-DAT-02: by a new entry; nothing that was booked is changed."""
    entry = postings.settled("TH1", Money(268000))
    assert entry is not None
    assert [(p.debit, p.credit, p.amount.fen) for p in entry.postings] == [
        (REVENUE, RECEIVABLE, 268000)
    ]
    assert postings.settled("TH1", Money(0)) is None
