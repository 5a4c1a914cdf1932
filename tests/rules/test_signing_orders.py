"""No order of signing reaches an approval with a missing, a doubled or the maker's own signature.

Random matrices, random people, random attempts: A-07, A-56, C-09, DST-AUT-06.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kac.desk.approvals.policy import MatrixRow, MatrixStep
from kac.desk.approvals.rules import (
    KINDS,
    TIER,
    Signed,
    Step,
    carried,
    gates,
    is_signed,
    matrix_route,
    next_turn,
    signable,
    unsigned,
)

ROLES = ("merchant_manager", "purchasing", "operations_manager", "general_manager", "ka_department")
PEOPLE = ("an", "bo", "chen", "ding", "er")

steps = st.lists(
    st.builds(
        Step,
        kind=st.sampled_from(sorted(KINDS)),
        role=st.sampled_from(ROLES),
        rule=st.just("C-09"),
        lines=st.just(()),
        turn=st.integers(0, 2),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda step: (step.kind, step.role),
).map(tuple)
staff = st.fixed_dictionaries({who: st.frozensets(st.sampled_from(ROLES)) for who in PEOPLE})
attempts = st.lists(st.sampled_from(PEOPLE), max_size=20)


def signed_by(route: tuple[Step, ...], roles: dict, maker: str, order: list[str]) -> list[Signed]:
    """What stands on the request after these people have tried to sign, one after the other."""
    given: list[Signed] = []
    for who in order:
        if who == maker:
            continue
        for step in signable(route, given, roles[who], who):
            given.append(Signed(step.kind, step.role, 0, "ok", who))
    return given


@given(steps, staff, st.sampled_from(PEOPLE), attempts)
def test_every_signature_is_of_another_person_who_holds_the_role(route, roles, maker, order):
    """A-56: the maker never signs, and who signs holds the role."""
    for signature in signed_by(route, roles, maker, order):
        assert signature.staff != maker
        assert signature.role in roles[signature.staff]


@given(steps, staff, st.sampled_from(PEOPLE), attempts)
def test_one_person_signs_for_one_role_of_a_tier(route, roles, maker, order):
    """A-56: different signatures of one tier are different persons."""
    hands = [s.staff for s in signed_by(route, roles, maker, order) if s.kind == TIER]
    assert len(hands) == len(set(hands))


@given(steps, staff, st.sampled_from(PEOPLE), attempts)
def test_an_earlier_turn_is_complete_before_a_later_one_begins(route, roles, maker, order):
    """DST-AUT-06: who approves last cannot approve before the others signed."""
    given = signed_by(route, roles, maker, order)
    turns = {(step.kind, step.role): step.turn for step in route}
    for at, signature in enumerate(given):
        before = given[:at]
        turn = turns[signature.kind, signature.role]
        assert all(is_signed(step, before) for step in route if step.turn < turn)


@given(steps, staff, st.sampled_from(PEOPLE), attempts)
def test_all_gates_open_exactly_when_nobody_is_awaited(route, roles, maker, order):
    """C-09: every row that applies must be satisfied; one gate for each kind."""
    given = signed_by(route, roles, maker, order)
    opened = gates("SP20260918-0001", route, given)
    assert all(gate.open for gate in opened) == (not unsigned(route, given))
    assert [gate.name for gate in opened] == [
        KINDS[kind][0] for kind in KINDS if any(step.kind == kind for step in route)
    ]


@given(steps, staff, st.sampled_from(PEOPLE), attempts)
def test_one_rejection_shuts_every_gate(route, roles, maker, order):
    """A-07: either rejection rejects, whoever else signed."""
    given = signed_by(route, roles, maker, order)
    no = Signed(route[0].kind, route[0].role, 0, "reject", "er", "too cheap")
    assert not any(gate.open for gate in gates("SP20260918-0001", route, [*given, no]))


@given(steps, steps, staff, st.sampled_from(PEOPLE), attempts)
def test_a_carried_signature_was_given_for_the_same_role_and_rule(old, new, roles, maker, order):
    """Who signed for more is not asked again; nobody is taken to have signed what they did not."""
    given = signed_by(old, roles, maker, order)
    for signature in carried(old, given, new):
        assert signature in given
        assert any((s.kind, s.role) == (signature.kind, signature.role) for s in new)
    assert next_turn(unsigned(new, carried(old, given, new))) or not unsigned(
        new, carried(old, given, new)
    )


BANDS = (
    MatrixRow("contract", (MatrixStep("sign", "an", "A-05"),), 0, 10_000_000),
    MatrixRow("contract", (MatrixStep("sign", "bo", "A-05"),), 10_000_000, 30_000_000),
    MatrixRow("contract", (MatrixStep("sign", "chen", "A-05"),), 30_000_000),
    MatrixRow("contract", (MatrixStep("escalation", "ding", "A-19"),), flag="cheque"),
    MatrixRow("quotation", (MatrixStep("review", "er", "A-07"),)),
)


@given(st.integers(0, 10**9))
def test_every_amount_falls_into_exactly_one_band(amount_fen):
    """A-05: bands are half-open, a boundary belongs to the higher one."""
    [step] = matrix_route(BANDS, "contract", amount_fen)
    wanted = "an" if amount_fen < 10_000_000 else "bo" if amount_fen < 30_000_000 else "chen"
    assert step.role == wanted


@given(st.integers(0, 10**9), st.booleans())
def test_a_flag_asks_whatever_the_amount(amount_fen, raised):
    """BLK-ESC-06 with A-19: any one of the five suffices."""
    route = matrix_route(BANDS, "contract", amount_fen, ["cheque"] if raised else [])
    assert any(step.kind == "escalation" for step in route) == raised
