"""Papers: a copy exists when it was printed, and a void form is whole when all copies are back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.papers.rules import EVENTS, HOLDERS, Copy, collected, printed

from .facts import DISPATCH, MAY, ORDER_COPIES, POLICIES, copies

FOUR = (*ORDER_COPIES, "photocopy")
BACK = {"voided", "lost", "archived"}
ROLES = MAY["order.collect"]
events = st.sampled_from(sorted(EVENTS))


def test_every_copy_of_the_policy_has_a_holder_whom_people_know():
    """RTL-ORD-06..09, RTL-PAY-06, RTL-PAY-07, RTL-PAY-11."""
    used = {*ORDER_COPIES, POLICIES.order.photocopy, *DISPATCH.slip_copies, DISPATCH.archive_holder}
    assert used <= HOLDERS.keys()


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_a_copy_is_outside_until_it_is_marked_void_or_filed(event):
    """RTL-SHT-09, RTL-SHT-10, RTL-PAY-11."""
    assert Copy("customer", event, "customer").out == (event not in BACK)


@given(st.sets(st.sampled_from(FOUR)), st.sets(st.sampled_from(FOUR)))
def test_copies_that_must_be_handed_out_and_are_not_are_named(must, there):
    """RTL-ORD-05..09."""
    wanted = [name for name in FOUR if name in must]
    gate = printed("form_printed", ["RTL-ORD-05"], "form", wanted, copies(*there), ["r"], "kac x")
    missing = must - there
    assert gate.open == (not missing)
    assert gate.command == ("kac x" if missing else "")
    if missing:
        named = gate.says.removeprefix("form: not printed for ").split(", ")
        assert set(named) == {HOLDERS[name] for name in missing}


def test_two_of_three_copies_back_do_not_make_a_form_void():
    """SC-12: the void stays under way (RTL-SHT-09, A-35) until the third is back and marked."""
    three = copies(*ORDER_COPIES, event="voided")
    three["customer"] = replace(three["customer"], event="printed")
    gate = collected("DD1", three, ROLES)
    assert (gate.open, gate.rules) == (False, ("RTL-SHT-09", "RTL-SHT-10", "RTL-SHT-11"))
    assert gate.says == "copies not back yet: customer (with customer)"
    assert gate.command == "kac order collect DD1 --copy customer"
    three["customer"] = replace(three["customer"], event="voided")
    assert collected("DD1", three, ROLES).open


@given(st.dictionaries(st.sampled_from(FOUR), events))
def test_a_void_form_is_whole_when_every_copy_that_was_printed_is_back(where):
    """RTL-SHT-09..11, C-27: for every kind of void, photocopies among them."""
    found = {name: Copy(name, event, name) for name, event in where.items()}
    gate = collected("DD1", found, ROLES)
    outside = [name for name, event in where.items() if event not in BACK]
    assert gate.open == (not outside)
    for name in outside:
        assert f"{HOLDERS[name]} (with {HOLDERS[name]})" in gate.says
    if outside:
        assert gate.command == f"kac order collect DD1 --copy {outside[0]}"
        assert gate.opened_by == ROLES


@given(st.permutations(FOUR))
def test_copies_come_back_in_any_order_and_the_last_one_completes_the_void(order):
    """RTL-SHT-09."""
    found = copies(*FOUR)
    for name in order:
        assert not collected("DD1", found, ROLES).open
        found[name] = replace(found[name], event="voided")
    assert collected("DD1", found, ROLES).open
