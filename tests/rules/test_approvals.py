"""Approvals: every signature that an order needs, given by the right people, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.approvals.policy import MatrixRow, MatrixStep
from kac.desk.approvals.rules import (
    CONCESSION,
    DISCOUNT,
    TIER,
    Signed,
    Step,
    carried,
    gates,
    is_signed,
    matrix_route,
    missing_lines,
    next_turn,
    signable,
    unsigned,
)
from kac.desk.orders import rules as orders

from .facts import POLICIES, goods, lines_of, ok, rejected, shut

THREE = ("operations_manager", "purchasing_manager", "merchant_manager")
CHECK = Step(DISCOUNT, "purchasing", "RTL-ORD-04", (1, 2, 3))
GRANT = Step(CONCESSION, "merchant_manager", "RTL-REC-15")
MANAGERS = tuple(Step(TIER, role, "RTL-DSC-06") for role in THREE)
FULL = (replace(CHECK, lines=(1,)), GRANT, *MANAGERS)
PEOPLE = ("wang", "li", "zhao", "qian")
ROLES = ("purchasing", *THREE)
staffing = st.fixed_dictionaries({name: st.frozensets(st.sampled_from(ROLES)) for name in PEOPLE})


def route(*lines):
    return orders.route(lines_of(*lines), POLICIES)


def asked(*lines) -> list[tuple[str, str, str]]:
    return [(step.kind, step.role, step.rule) for step in route(*lines)]


# Who is asked


def test_goods_at_list_price_and_a_good_margin_ask_nobody():
    """RTL-DSC-07, A-26."""
    assert route(goods(268_00, 220_00)) == ()


def test_a_discount_asks_purchasing_and_the_merchant_manager_whatever_its_margin():
    """RTL-ORD-04, RTL-REC-15, RTL-REC-16, C-09; above 10 % no tier is asked besides (A-26)."""
    assert asked(goods(260_00, 220_00, list_price_fen=268_00)) == [
        (DISCOUNT, "purchasing", "RTL-ORD-04"),
        (CONCESSION, "merchant_manager", "RTL-REC-15"),
    ]


def test_a_gift_asks_the_merchant_manager_and_not_purchasing():
    """RTL-REC-15: a gift is no discount rate."""
    gift = goods(30_00, 20_00, 2, gift=True)
    assert asked(goods(268_00, 220_00), gift) == [(CONCESSION, "merchant_manager", "RTL-REC-15")]


def test_a_discount_at_9_04_percent_asks_purchasing_the_manager_and_three_managers():
    """SC-06: RTL-ORD-04, RTL-REC-15, RTL-DSC-06; all that apply must be satisfied (C-09)."""
    assert asked(goods(188_00, 171_00, list_price_fen=200_00)) == [
        (DISCOUNT, "purchasing", "RTL-ORD-04"),
        (CONCESSION, "merchant_manager", "RTL-REC-15"),
        *((TIER, role, "RTL-DSC-06") for role in THREE),
    ]


def test_twenty_kettles_given_with_forty_ovens_ask_the_general_manager_too():
    """SC-07: RTL-REC-15 for the gift, RTL-DSC-04 for the 4.00 % that it leaves."""
    kettles = goods(120_00, 80_00, 20, gift=True)
    assert asked(goods(500_00, 440_00, 40), kettles) == [
        (CONCESSION, "merchant_manager", "RTL-REC-15"),
        (TIER, "general_manager", "RTL-DSC-04"),
    ]


def test_a_thin_line_asks_the_general_manager_though_the_order_is_at_20_percent():
    """SC-08, RTL-DSC-04, A-30, A-31."""
    assert asked(goods(100_00, 70_00, 8), goods(100_00, 96_00, 5)) == [
        (TIER, "general_manager", "RTL-DSC-04")
    ]


@given(st.lists(st.tuples(st.integers(0, 3000), st.booleans()), min_size=1, max_size=8))
def test_purchasing_checks_exactly_the_lines_that_are_under_their_list_price(lines):
    """RTL-ORD-04: every discount rate, and no gift."""
    made = [
        goods(100_00 - off, 50_00, 1, list_price_fen=100_00, gift=given) for off, given in lines
    ]
    discounted = tuple(n for n, (off, given) in enumerate(lines, start=1) if off and not given)
    checks = [step for step in route(*made) if step.kind == DISCOUNT]
    assert [step.lines for step in checks] == ([discounted] if discounted else [])
    grants = [step for step in route(*made) if step.kind == CONCESSION]
    assert bool(grants) == bool(discounted or any(given for _off, given in lines))


# The matrix of everything that margins do not judge


def test_a_quotation_is_reviewed_by_the_operations_and_the_purchasing_manager():
    """FLW-QUO-03, A-07, C-20: both, whatever its amount."""
    for amount in (0, 1, 10**9):
        steps = matrix_route(POLICIES.approvals.rows(), "quotation", amount)
        assert [(step.role, step.rule) for step in steps] == [
            ("operations_manager", "FLW-QUO-03"),
            ("purchasing_manager", "FLW-QUO-03"),
        ]
    one = [ok(steps[0])]
    assert unsigned(steps, one) == [steps[1]]
    assert shut(gates("SP1", steps, [*one, rejected(steps[1])])) == ["not_rejected"]
    assert shut(gates("SP1", steps, [*one, ok(steps[1])])) == []


@given(st.lists(st.integers(1, 1000), max_size=5, unique=True), st.integers(0, 1100))
def test_bands_of_amounts_share_out_all_amounts_and_a_boundary_belongs_to_the_upper(edges, amount):
    """A-05, C-09: for any edges that a policy may name."""
    bounds = [0, *sorted(edges), None]
    rows = [
        MatrixRow("contract", (MatrixStep("sign", f"role{n}", "DST-AUT-02"),), low, high)
        for n, (low, high) in enumerate(zip(bounds, bounds[1:], strict=False))
    ]
    band = sum(edge <= amount for edge in edges)
    assert [step.role for step in matrix_route(rows, "contract", amount)] == [f"role{band}"]


@given(st.sets(st.sampled_from(["cheque", "new_product", "long_term"])))
def test_a_flag_asks_for_its_signatures_whatever_the_amount_and_nobody_is_asked_twice(flags):
    """C-09: rows that apply are all satisfied; A-19: any one of the escalations suffices."""
    steps = (MatrixStep("escalation", "duty_manager", "BLK-ESC-06"),)
    rows = [MatrixRow("inquiry", steps, flag=flag) for flag in ("cheque", "new_product")]
    found = matrix_route(rows, "inquiry", 0, sorted(flags))
    assert [step.role for step in found] == ["duty_manager"] * bool(flags - {"long_term"})
    assert matrix_route(rows, "order", 0, sorted(flags)) == ()


# Line by line


def test_one_line_that_purchasing_has_not_checked_keeps_the_whole_order_waiting():
    """SC-27, RTL-ORD-04."""
    signed = [ok(CHECK, line=1), ok(CHECK, line=3)]
    gate = gates("SP1", [CHECK], signed)[0]
    assert (gate.name, gate.open, gate.rules) == ("discount_checked", False, ("RTL-ORD-04",))
    assert "purchasing (lines 2)" in gate.says
    assert gate.opened_by == ("purchasing",)
    assert gates("SP1", [CHECK], [*signed, ok(CHECK, line=2)])[0].open


@given(st.lists(st.integers(0, 3), max_size=6))
def test_lines_are_checked_in_any_order_or_all_at_once(checked):
    """RTL-ORD-04: `line` 0 is a signature for all of them."""
    signed = [ok(CHECK, line=line) for line in checked]
    missing = set() if 0 in checked else {1, 2, 3} - set(checked)
    assert set(missing_lines(CHECK, signed)) == missing
    assert is_signed(CHECK, signed) == (bool(checked) and not missing)


# Signing


def test_two_of_three_managers_are_not_enough_to_print():
    """SC-06, RTL-DSC-06: the merchant and the operations manager signed, purchasing did not."""
    signed = [*map(ok, FULL[:3]), ok(MANAGERS[2], "wang")]
    shut_gate = next(gate for gate in gates("SP1", FULL, signed) if not gate.open)
    assert (shut_gate.name, shut_gate.rules) == ("margin_tier_signed", ("RTL-DSC-06",))
    assert shut_gate.opened_by == ("purchasing_manager",)
    assert shut_gate.command == "kac approval ok SP1"
    assert shut(gates("SP1", FULL, [*signed, ok(MANAGERS[1])])) == []


def test_one_rejection_rejects_the_whole_request_whatever_else_is_signed():
    """SC-06, A-07, RTL-CTL-04: nobody is asked to sign any more; the order has to be mended."""
    signed = [*map(ok, FULL), rejected(MANAGERS[1], "too dear for us")]
    (no,) = gates("SP1", FULL, signed, ("gp_specialist",), "kac order edit DD1")
    assert (no.name, no.open, no.rules) == ("not_rejected", False, ("RTL-DSC-06", "A-07"))
    assert no.says == "purchasing_manager rejected SP1: too dear for us"
    assert (no.opened_by, no.command) == (("gp_specialist",), "kac order edit DD1")


@given(st.permutations(FULL), st.integers(0, len(FULL)))
def test_signatures_may_come_in_any_order_and_the_gates_open_with_the_last_of_their_kind(
    order, count
):
    """RTL-DSC-06, C-09."""
    given_steps = order[:count]
    signed = [ok(step) for step in given_steps]
    assert set(unsigned(FULL, signed)) == set(FULL) - set(given_steps)
    for gate, kind in zip(gates("SP1", FULL, signed), (DISCOUNT, CONCESSION, TIER), strict=True):
        waiting = [s for s in FULL if s.kind == kind and s not in given_steps]
        assert gate.open == (not waiting)
        assert gate.opened_by == tuple(step.role for step in waiting)


@given(st.lists(st.sampled_from(FULL), max_size=8), st.sampled_from(FULL))
def test_a_further_signature_never_shuts_what_was_open(steps, further):
    signed = [ok(step) for step in steps]
    assert set(unsigned(FULL, [*signed, ok(further)])) <= set(unsigned(FULL, signed))


@given(st.sampled_from(FULL), st.sampled_from(FULL))
def test_a_signature_counts_for_its_own_step_alone(signed_step, asked_step):
    """RTL-CTL-04: the merchant manager's leave for a discount is not his word on the margin."""
    same = (signed_step.kind, signed_step.role) == (asked_step.kind, asked_step.role)
    assert is_signed(asked_step, [ok(signed_step)]) == same


@given(staffing, st.lists(st.sampled_from(PEOPLE), max_size=12))
def test_a_tier_is_signed_by_as_many_persons_as_it_has_signatures(staff, arrivals):
    """A-56, RTL-DSC-06: whoever holds all three offices still signs once."""
    signed: list[Signed] = []
    for person in arrivals:
        mine = signable(FULL, signed, staff[person], person)
        assert all(step.role in staff[person] for step in mine)
        assert not set(mine) - set(unsigned(FULL, signed))
        signed += [ok(step, person) for step in mine]
    tier = [s.staff for s in signed if s.kind == TIER]
    assert len(set(tier)) == len(tier)
    assert len({(s.kind, s.role) for s in signed}) == len(signed)


def test_a_person_who_refused_a_tier_does_not_sign_it_in_another_office():
    """A-56."""
    refused = replace(rejected(MANAGERS[0]), staff="wang")
    assert signable(MANAGERS, [refused], frozenset(THREE), "wang") == []


def test_a_deputy_and_the_person_stood_in_for_are_one_person_to_a_tier():
    """A-56: neither signs a second time, in whatever name."""
    signed = [Signed(TIER, THREE[0], 0, "ok", "li", on_behalf_of="wang")]
    for person in ("li", "wang"):
        assert signable(MANAGERS, signed, frozenset(THREE), person) == []
    assert signable(MANAGERS, signed, frozenset(THREE), "zhao") == [MANAGERS[1]]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.randoms())
def test_a_later_turn_waits_until_every_earlier_one_has_signed(turns, dice):
    """DST-AUT-06, and any other route that has an order."""
    steps = [Step(TIER, f"role{n}", "DST-AUT-06", turn=turn) for n, turn in enumerate(turns)]
    signed: list[Signed] = []
    while waiting := unsigned(steps, signed):
        now = next_turn(waiting)
        assert {step.turn for step in now} == {min(step.turn for step in waiting)}
        step = dice.choice(now)
        for other in waiting:
            mine = signable(steps, signed, frozenset({other.role}), f"holder of {other.role}")
            assert mine == ([other] if other in now else [])
        signed.append(ok(step, f"holder of {step.role}"))
    assert next_turn([]) == []


def test_an_order_that_needs_no_signature_has_no_gate_for_one():
    assert gates("", (), ()) == []


def test_before_an_order_is_submitted_there_is_nothing_to_sign_yet():
    """RTL-REC-14: the gate is shut and names who will be asked, with no request to sign."""
    for gate in gates("", FULL, ()):
        assert (gate.open, gate.command) == (False, "")
        assert gate.opened_by


# Carried over to a version that asks for less


@pytest.mark.parametrize(
    ("new_steps", "kept"),
    [
        (FULL, FULL),
        ((CHECK, GRANT), (CHECK, GRANT)),
        ((Step(TIER, "merchant_manager", "RTL-DSC-05"),), ()),
        ((Step(TIER, "general_manager", "RTL-DSC-04"),), ()),
    ],
)
def test_a_signature_is_carried_to_the_same_question_by_the_same_rule_only(new_steps, kept):
    """A-59: what another rule asks is asked anew."""
    held = carried(FULL, [ok(step) for step in FULL], new_steps)
    assert {(s.kind, s.role) for s in held} == {(step.kind, step.role) for step in kept}


@given(st.lists(st.sampled_from(FULL), unique=True), st.lists(st.sampled_from(FULL), unique=True))
def test_nothing_is_carried_that_was_not_signed_and_nothing_that_is_not_asked(signed, wanted):
    held = carried(FULL, [ok(step) for step in signed], wanted)
    assert {(s.kind, s.role) for s in held} == {
        (step.kind, step.role) for step in signed if step in wanted
    }


def test_neither_a_refusal_nor_the_check_of_a_single_line_is_carried():
    """RTL-ORD-04: lines are numbered anew in a new version."""
    signed = [rejected(GRANT), *(ok(CHECK, line=line) for line in CHECK.lines)]
    assert carried((CHECK, GRANT), signed, (CHECK, GRANT)) == []
