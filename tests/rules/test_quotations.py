"""Quotations: never below cost, reviewed by both, good until a day, changed only with a review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import BadInput
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import Signed, matrix_route
from kac.desk.orders import rules as orders
from kac.desk.quotations import rules
from kac.desk.quotations.policy import QuotationPolicy
from kac.desk.quotations.rules import QuotationFacts, Review

from .facts import MAY, POLICIES, RETAIL, TODAY, goods, ok, order, rejected, shut

POLICY = RETAIL.section("quotation", QuotationPolicy)
STEPS = matrix_route(RETAIL.section("approvals", ApprovalPolicy).rows(), "quotation", 13_400_00)
OPERATIONS, PURCHASING = STEPS
BOTH = (ok(OPERATIONS), ok(PURCHASING))
ASKED = Review("BJ20261120-0001", 1, 1, "SP20261120-0001", STEPS, (), MAY["quote.edit"])


def quotation(**changes: object) -> QuotationFacts:
    """Fifty rice cookers, sent for review, good for two weeks."""
    plain = QuotationFacts(
        number="BJ20261120-0001",
        state="sent",
        lines=(goods(),),
        valid_until=TODAY + timedelta(days=15),
        review=ASKED,
        order="",
        order_received_fen=0,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def reviewed(*signed: Signed) -> QuotationFacts:
    return quotation(review=replace(ASKED, signed=signed))


def test_operations_and_purchasing_both_review():
    """FLW-QUO-03, A-07, C-20."""
    assert [step.role for step in STEPS] == ["operations_manager", "purchasing_manager"]
    assert {step.rule for step in STEPS} == {"FLW-QUO-03"}


@pytest.mark.parametrize(
    ("signed", "closed"),
    [
        ((), ["quotation_reviewed"]),
        ((ok(OPERATIONS),), ["quotation_reviewed"]),
        ((ok(PURCHASING),), ["quotation_reviewed"]),
        ((ok(OPERATIONS), rejected(PURCHASING)), ["not_rejected"]),
        (BOTH, []),
    ],
)
def test_no_order_is_made_before_both_have_reviewed(signed, closed):
    """FLW-QUO-03, FLW-APV-01, FLW-APV-02, SC-33."""
    found = rules.to_take_up(reviewed(*signed), MAY, TODAY)
    assert shut(found) == closed
    for gate in found:
        if not gate.open:
            assert {"FLW-QUO-03", "FLW-APV-02"} <= set(gate.rules)


@pytest.mark.parametrize(("signed", "closed"), [((ok(OPERATIONS),), True), (BOTH, False)])
def test_an_order_of_a_quotation_takes_no_money_before_the_reviews(signed, closed):
    """FLW-QUO-03, FLW-APV-02, SC-33."""
    facts = order(quotation=replace(ASKED, signed=signed))
    names = shut(orders.signatures(facts, POLICIES))
    assert names == (["quotation_reviewed"] if closed else [])


def test_an_order_of_a_reviewed_quotation_still_needs_its_own_signatures():
    """C-20: the FLW row is for the quotation, the RTL rows are for the order."""
    cheap = goods(188_00, 171_00, list_price_fen=200_00)
    facts = order(cheap, quotation=replace(ASKED, signed=BOTH))
    assert shut(orders.signatures(facts, POLICIES)) == [
        "discount_checked",
        "concession_granted",
        "margin_tier_signed",
    ]


def test_an_order_of_a_version_that_was_changed_rests_on_nothing():
    """FLW-QUO-03, CRF-SAL-02: whoever signed the old version has not signed the new one."""
    old = replace(ASKED, signed=BOTH, newest=2)
    [gate] = rules.reviewed(old)
    assert not gate.open
    assert gate.opened_by == ()
    assert shut(orders.signatures(order(quotation=old), POLICIES)) == ["quotation_reviewed"]


@given(st.lists(st.sampled_from(BOTH), max_size=6), st.integers(1, 3), st.integers(1, 3))
def test_only_both_signatures_of_the_version_in_force_open_the_gate(signed, revision, newest):
    """FLW-QUO-03, A-07."""
    review = replace(ASKED, revision=revision, newest=newest, signed=tuple(signed))
    is_open = all(gate.open for gate in rules.reviewed(review))
    assert is_open == (revision == newest and set(signed) == set(BOTH))


@pytest.mark.parametrize(("price", "closed"), [(219_99, True), (220_00, False)])
def test_a_quotation_below_cost_is_never_sent(price, closed):
    """RTL-DSC-03: a margin of 0 is not negative, a fen below is."""
    facts = quotation(state="draft", lines=(goods(price, 220_00),))
    assert ("margin_not_negative" in shut(rules.to_send(facts, MAY, TODAY))) == closed


@pytest.mark.parametrize(("days", "closed"), [(15, []), (16, ["quotation_valid"])])
def test_prices_are_good_through_the_last_day(days, closed):
    """FLW-QUO-01."""
    today = TODAY + timedelta(days=days)
    assert shut(rules.to_take_up(reviewed(*BOTH), MAY, today)) == closed
    assert rules.lapsed(quotation(), today).open == bool(closed)


@pytest.mark.parametrize(
    ("wished", "day"),
    [
        (None, TODAY + timedelta(days=POLICY.valid_days)),
        (TODAY, TODAY),
        (TODAY + timedelta(days=30), TODAY + timedelta(days=30)),
        (TODAY + timedelta(days=31), None),
        (TODAY - timedelta(days=1), None),
    ],
)
def test_how_long_a_quotation_is_good_is_policy(wished, day):
    """FLW-QUO-01."""
    if day is None:
        with pytest.raises(BadInput):
            rules.last_day(TODAY, wished, POLICY)
    else:
        assert rules.last_day(TODAY, wished, POLICY) == day


def test_one_quotation_makes_one_living_order():
    """FLW-APV-01."""
    facts = replace(reviewed(*BOTH), state="ordered", order="DD20261120-0001")
    assert shut(rules.to_take_up(facts, MAY, TODAY)) == ["not_ordered"]


@pytest.mark.parametrize(("received", "may_change"), [(0, True), (1, False)])
def test_prices_are_bargained_over_until_money_was_taken(received, may_change):
    """CRF-SAL-02, RTL-SHT-13."""
    facts = quotation(order="DD20261120-0001", order_received_fen=received)
    assert rules.order_unpaid(facts).open == may_change


# What an order must say


@pytest.mark.parametrize(
    ("delivery", "payment_terms"),
    [("", "prepaid"), ("deliver", ""), ("", "")],
)
def test_an_order_says_how_it_is_delivered_and_paid(delivery, payment_terms):
    """CRF-SAL-03, GPM-PHY-04, SC-34, SC-68."""
    facts = order(delivery=delivery, payment_terms=payment_terms)
    [gate] = [one for one in orders.to_submit(facts, POLICIES) if not one.open]
    assert gate.name == "terms_agreed"
    assert gate.rules == ("CRF-SAL-03", "GPM-PHY-04")
    assert ("--delivery" in gate.command) == (not delivery)
    assert ("--payment" in gate.command) == (not payment_terms)


def test_terms_that_are_not_named_in_a_change_stay():
    facts = order(delivery="pickup")
    changed = orders.with_terms(facts, date(2026, 12, 1), None, None)
    assert (changed.delivery, changed.payment_terms) == ("pickup", "prepaid")
    assert changed.need_by == date(2026, 12, 1)


def test_nothing_is_prepared_for_an_order_that_was_not_handed_in():
    """CRF-SAL-04, SC-68."""
    gate = orders.submitted(order(state="draft"), MAY["order.submit"])
    assert not gate.open
    assert "CRF-SAL-04" in gate.rules
