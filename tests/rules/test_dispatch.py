"""Dispatch: counted by two departments as on the form, out on a slip, signed for, filed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.dispatch.rules import (
    SlipFacts,
    SlipLine,
    address_known,
    copy_archived,
    counted,
    due_day,
    loaded,
    overdue,
    quantities_equal,
    signed,
    slip_issued,
    slip_printed,
)
from kac.desk.dispatch.states import DISPATCH as MACHINE

from .facts import DISPATCH, MAY, TODAY, copies

DEPARTMENTS = DISPATCH.counting()
MERCHANT, CENTRE = (department.id for department in DEPARTMENTS)
COOKERS = SlipLine(1, "电饭煲", "台", 1, 50)
PORK = SlipLine(2, "猪后腿肉", "公斤", 1000, 200_000)
SLIP = SlipFacts("DD1", "SH1", "issued", "榆江市工业路8号")
SIGNED = replace(SLIP, state="signed", signed_on=TODAY)
forms = st.lists(
    st.tuples(st.integers(1, 10**6), st.sampled_from([1, 1000])), min_size=1, max_size=8
)


def lines_of(quantities) -> list[SlipLine]:
    return [
        SlipLine(n, f"goods{n}", "台", scale, quantity)
        for n, (quantity, scale) in enumerate(quantities, start=1)
    ]


# Counting


@pytest.mark.parametrize("found", [49, 51])
def test_fifty_are_on_the_form_and_neither_49_nor_51_go_out(found):
    """SC-19, RTL-CTL-07."""
    gate = quantities_equal([COOKERS], {1: found})
    assert (gate.open, gate.rules) == (False, ("RTL-CTL-07",))
    assert gate.says == f"line 1 电饭煲: {found} 台 counted, 50 on the form"
    assert quantities_equal([COOKERS], {1: 50}).open


def test_half_a_kilogram_too_little_is_told_in_kilograms():
    """RTL-CTL-07."""
    says = quantities_equal([COOKERS, PORK], {1: 50, 2: 199_500}).says
    assert says == "line 2 猪后腿肉: 199.5 公斤 counted, 200 on the form"


@given(forms, st.data())
def test_any_difference_in_any_line_is_refused_and_its_line_named(quantities, data):
    """RTL-CTL-07, RTL-ORD-14: over and under, forgotten and never ordered, all at once."""
    lines = lines_of(quantities)
    found = {line.line: line.quantity for line in lines}
    assert quantities_equal(lines, found).open
    wrong = data.draw(st.sets(st.sampled_from([line.line for line in lines])))
    forgotten = data.draw(st.sets(st.sampled_from([line.line for line in lines])))
    strange = data.draw(st.sets(st.integers(100, 104)))
    for line in wrong:
        found[line] = max(0, found[line] + data.draw(st.sampled_from([-1, 1, 1000])))
    found = {line: quantity for line, quantity in found.items() if line not in forgotten}
    found |= dict.fromkeys(strange, 1)
    gate = quantities_equal(lines, found)
    named = {int(part.split()[1].rstrip(":")) for part in gate.says.split("; ") if not gate.open}
    assert named == wrong | forgotten | strange
    assert gate.open == (not named)


@given(forms, st.randoms())
def test_lines_may_be_counted_in_any_order(quantities, dice):
    """RTL-ORD-14."""
    lines = lines_of(quantities)
    shuffled = list(lines)
    dice.shuffle(shuffled)
    assert quantities_equal(lines, {line.line: line.quantity for line in shuffled}).open


def test_both_departments_count_before_goods_go_out():
    """SC-19, RTL-ORD-14."""
    gate = counted(SLIP, DEPARTMENTS)
    assert (gate.open, gate.rules) == (False, ("RTL-ORD-14",))
    assert gate.opened_by == ("merchant_staff", "gp_specialist", "distribution_center")
    half = counted(replace(SLIP, counted={CENTRE: "laozhou"}), DEPARTMENTS)
    assert half.opened_by == ("merchant_staff", "gp_specialist")
    assert half.says == "not counted yet by merchant department"
    both = counted(replace(SLIP, counted={CENTRE: "laozhou", MERCHANT: "xiaolin"}), DEPARTMENTS)
    assert both.open


def test_two_persons_of_one_department_are_one_department():
    """SC-19: two of the distribution centre counted; RTL-ORD-14 needs the other one too."""
    assert not counted(replace(SLIP, counted={CENTRE: "laozhou"}), DEPARTMENTS).open


@given(
    st.dictionaries(
        st.sampled_from([MERCHANT, CENTRE, "finance"]), st.sampled_from(["wang", "li", ""])
    )
)
def test_goods_are_counted_when_two_persons_did_it_for_two_departments(done):
    """RTL-ORD-14: nobody counts against himself."""
    persons = [done.get(department.id, "") for department in DEPARTMENTS]
    by_two = all(persons) and len(set(persons)) == len(DEPARTMENTS)
    assert counted(replace(SLIP, counted=done), DEPARTMENTS).open == by_two


# The slip


@pytest.mark.parametrize(("address", "is_open"), [("榆江市工业路8号", True), ("", False)])
def test_goods_go_to_a_place_that_is_written_down(address, is_open):
    """RTL-PAY-09."""
    gate = address_known("DD1", address, MAY["order.edit"])
    assert (gate.open, gate.rules) == (is_open, ("RTL-PAY-09",))


def test_the_slip_is_issued_by_the_distribution_centre():
    """RTL-PAY-05."""
    gate = slip_issued(SlipFacts("DD1"), MAY["dispatch.new"])
    assert (gate.open, gate.opened_by) == (False, ("distribution_center",))
    assert gate.command == "kac dispatch new DD1"
    assert slip_issued(SLIP, MAY["dispatch.new"]).open


@given(st.sets(st.sampled_from(["driver", "customer", "finance"])))
def test_the_slip_has_a_copy_for_the_driver_and_one_for_the_customer(printed):
    """SC-01, RTL-PAY-05..08."""
    gate = slip_printed(replace(SLIP, copies=copies(*printed)), DISPATCH, MAY["dispatch.print"])
    assert gate.open == ({"driver", "customer"} <= printed)
    assert {"RTL-PAY-05", "RTL-PAY-06", "RTL-PAY-07", "RTL-PAY-08"} <= set(gate.rules)


# A void slip is none of its order's any more: no gate ever sees one.
@pytest.mark.parametrize("state", ["", *sorted(set(MACHINE.states) - {"void"})])
def test_loaded_signed_and_filed_follow_one_another(state):
    """RTL-PAY-08, RTL-PAY-10, RTL-PAY-11: a later gate is never open before an earlier one."""
    facts = replace(SLIP, state=state)
    gates = [
        loaded(facts, MAY["dispatch.load"]),
        signed(facts, MAY["dispatch.sign"]),
        copy_archived(facts, DISPATCH, MAY["dispatch.archive"], TODAY),
    ]
    steps = ["", "issued", "loaded", "signed", "archived"]
    assert [gate.open for gate in gates] == [steps.index(state) >= at for at in (2, 3, 4)]
    assert [gate.opened_by for gate in gates if not gate.open] == [
        MAY[verb]
        for at, verb in ((2, "dispatch.load"), (3, "dispatch.sign"), (4, "dispatch.archive"))
        if steps.index(state) < at
    ]


def test_a_copy_without_a_signature_is_not_filed():
    """SC-26, RTL-PAY-10, RTL-PAY-11."""
    gate = signed(replace(SLIP, state="loaded"), MAY["dispatch.sign"])
    assert not gate.open
    assert "RTL-PAY-11" in gate.rules


# The signed copy


def test_the_signed_copy_is_due_the_day_after_delivery_and_late_from_then_on():
    """SC-26, A-24: reported, not refused."""
    assert due_day(SIGNED, DISPATCH) == date(2026, 11, 21)
    assert not overdue(SIGNED, DISPATCH, date(2026, 11, 21))
    assert overdue(SIGNED, DISPATCH, date(2026, 11, 22))
    gate = copy_archived(SIGNED, DISPATCH, MAY["dispatch.archive"], date(2026, 11, 22))
    assert gate.says == "the signed copy should have been back by 2026-11-21"
    assert gate.command == "kac dispatch archive SH1"


@given(
    st.sampled_from(["", *sorted(MACHINE.states)]),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(-3, 10),
    st.integers(0, 7),
)
def test_only_a_signed_copy_that_is_not_back_in_time_is_late(state, signed_on, days, allowed):
    """A-24: how many days it may take is policy."""
    facts = replace(SLIP, state=state, signed_on=signed_on)
    policy = replace(DISPATCH, copy_due_days=allowed)
    today = (signed_on or TODAY) + timedelta(days=days)
    late = state == "signed" and signed_on is not None and days > allowed
    assert overdue(facts, policy, today) == late
