"""Forms: an order is printed when it is settled and signed for, and voided when it is unpaid."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import Refused
from kac.core.gates import require
from kac.desk.forms.rules import collected, to_print, to_void
from kac.desk.orders.rules import route

from .facts import (
    HONGDA,
    MAY,
    ORDER_COPIES,
    POLICIES,
    copies,
    goods,
    ok,
    order,
    rejected,
    shut,
    supply,
)

DISCOUNTED = order(goods(188_00, 171_00, list_price_fen=200_00))


def refused_rules(facts) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        require(to_print(facts, POLICIES), "cannot be printed")
    return refused.value.rules


def test_a_settled_order_that_needs_no_signature_is_printed():
    """RTL-REC-14, RTL-ORD-05."""
    assert shut(to_print(order(), POLICIES)) == []


@pytest.mark.parametrize(
    ("facts", "gate", "rule"),
    [
        (order(state="draft"), "submitted", "RTL-REC-14"),
        (order(supplies=(supply(wanted=79),)), "supply_confirmed", "RTL-ORD-02"),
        (order(customer=replace(HONGDA, fields={})), "customer_filed", "RTL-REC-04"),
        (order(goods(100_00, 100_01)), "margin_not_negative", "RTL-DSC-03"),
    ],
)
def test_no_form_is_filled_before_price_quantity_and_supply_are_settled(facts, gate, rule):
    """RTL-REC-14, RTL-ORD-02, RTL-ORD-05: no form when goods do not come in time."""
    assert gate in shut(to_print(facts, POLICIES))
    assert rule in refused_rules(facts)


def test_printing_is_refused_while_purchasing_has_not_signed_for_a_margin_of_9_04_percent():
    """SC-06, RTL-DSC-06, RTL-CTL-04."""
    signed = tuple(ok(step) for step in DISCOUNTED.steps if step.role != "purchasing_manager")
    waiting = replace(DISCOUNTED, signed=signed)
    assert refused_rules(waiting) == ("RTL-DSC-06",)
    assert shut(to_print(replace(waiting, signed=(*signed, ok(waiting.steps[3]))), POLICIES)) == []


def test_printing_is_refused_after_one_of_the_three_managers_said_no():
    """SC-06, RTL-DSC-06."""
    signed = (*map(ok, DISCOUNTED.steps), rejected(DISCOUNTED.steps[3]))
    assert "RTL-DSC-06" in refused_rules(replace(DISCOUNTED, signed=signed))


def test_a_gift_that_the_merchant_manager_alone_signed_for_is_not_printed():
    """SC-07, RTL-DSC-04."""
    facts = order(goods(500_00, 440_00, 40), goods(120_00, 80_00, 20, gift=True))
    granted = replace(facts, signed=(ok(facts.steps[0]),))
    assert facts.steps[0].role == "merchant_manager"
    assert refused_rules(granted) == ("RTL-DSC-04",)


def test_one_line_of_twenty_without_the_check_of_its_discount_keeps_the_form_back():
    """SC-27, RTL-ORD-04: 5 % off every line, one of them not checked."""
    facts = order(*(goods(95_00, 60_00, 2, list_price_fen=100_00) for _ in range(20)))
    check, grant = facts.steps
    signed = (ok(grant), *(ok(check, line=line) for line in check.lines if line != 13))
    assert refused_rules(replace(facts, signed=signed)) == ("RTL-ORD-04",)


@given(st.sets(st.integers(0, 4)))
def test_work_goes_on_only_when_everybody_has_signed(places):
    """RTL-REC-17, RTL-CTL-04."""
    steps = route(DISCOUNTED.lines, POLICIES)
    signed = tuple(ok(steps[place]) for place in sorted(places))
    facts = replace(DISCOUNTED, signed=signed)
    assert (shut(to_print(facts, POLICIES)) == []) == (len(places) == len(steps))


@pytest.mark.parametrize(("received", "can_be_voided"), [(0, True), (1, False), (4_020_00, False)])
def test_a_form_that_money_was_taken_for_is_not_simply_voided(received, can_be_voided):
    """RTL-SHT-13, RTL-SHT-15: its money is given back or moved first."""
    assert (shut(to_void(order(received_fen=received))) == []) == can_be_voided


def test_a_form_under_way_to_be_void_waits_for_its_copies():
    """RTL-SHT-09, C-27."""
    facts = order(state="collecting", copies=copies(*ORDER_COPIES))
    assert not collected(facts, MAY["order.collect"]).open
    back = replace(facts, copies=copies(*ORDER_COPIES, event="voided"))
    assert collected(back, MAY["order.collect"]).open
