"""Machines: every document takes only the steps that its table names, and ends where it must."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import Exit
from kac.core.machine import Machine, WrongState
from kac.desk import NOUNS
from kac.desk.approvals.states import APPROVAL
from kac.desk.dispatch.states import DISPATCH
from kac.desk.orders.states import OPEN, ORDER
from kac.desk.payments.states import PAYMENT


def machines() -> Iterator[Machine]:
    """Every machine of the desk, found where nouns keep their states."""
    for noun in NOUNS:
        try:
            module = importlib.import_module(f"kac.desk.{noun}.states")
        except ModuleNotFoundError:
            continue
        yield from (found for found in vars(module).values() if isinstance(found, Machine))


MACHINES = list(machines())
STEPS = [(m, state, verb) for m in MACHINES for state in sorted(m.states) for verb in m.verbs]
ALLOWED = [step for step in STEPS if step[1] in step[0].verbs[step[2]]]
FORBIDDEN = [step for step in STEPS if step[1] not in step[0].verbs[step[2]]]


def name_of(value: object) -> str:
    return value.name if isinstance(value, Machine) else str(value)


def reachable(machine: Machine, *, start: str = "", without: str = "") -> set[str]:
    """The states that a document can come to when it never stands in `without`."""
    found, frontier = set(), [start or machine.start]
    while frontier:
        here = frontier.pop()
        if here not in found and here != without:
            found.add(here)
            frontier.extend(to[here] for to in machine.verbs.values() if here in to)
    return found


def ends(machine: Machine) -> set[str]:
    """The states from which no verb leads on."""
    return {state for state in machine.states if not machine.verbs_from(state)}


def test_the_machines_of_the_desk_are_found():
    assert {"order", "approval", "payment", "dispatch"} <= {machine.name for machine in MACHINES}
    assert len({machine.name for machine in MACHINES}) == len(MACHINES)


@pytest.mark.parametrize(("machine", "state", "verb"), ALLOWED, ids=name_of)
def test_a_step_of_the_table_leads_where_the_table_says(machine, state, verb):
    assert machine.after(state, verb) == machine.verbs[verb][state]
    assert verb in machine.verbs_from(state)


@pytest.mark.parametrize(("machine", "state", "verb"), FORBIDDEN, ids=name_of)
def test_any_other_step_is_refused_naming_the_document_and_what_is_possible(machine, state, verb):
    with pytest.raises(WrongState) as refused:
        machine.after(state, verb, subject="DD20261120-0001")
    assert refused.value.exit == Exit.REFUSED
    assert refused.value.code == "E-STA-001"
    assert "DD20261120-0001" in refused.value.message
    assert machine.label(state) in refused.value.message
    possible = machine.verbs_from(state)
    assert refused.value.cause == (f"from here: {', '.join(possible) or 'nothing'}",)


@pytest.mark.parametrize("machine", MACHINES, ids=name_of)
def test_every_state_has_a_name_for_people_of_its_own(machine):
    labels = [machine.label(state) for state in machine.states]
    assert all(labels)
    assert len(set(labels)) == len(machine.states)


@pytest.mark.parametrize(
    ("machine", "final"),
    [
        (ORDER, {"closed", "voided"}),
        (APPROVAL, {"superseded"}),
        (PAYMENT, {"reversed", "bounced", "withdrawn"}),
        (DISPATCH, {"archived", "void"}),
    ],
    ids=lambda value: value.name if isinstance(value, Machine) else "-".join(sorted(value)),
)
def test_there_is_no_way_back_from_the_end(machine, final):
    """RTL-SHT-11, RTL-SHT-17: what is void stays void; RTL-PAY-11: what is filed stays on file."""
    assert ends(machine) == final


@pytest.mark.parametrize("machine", [m for m in MACHINES if ends(m)], ids=name_of)
def test_a_document_that_has_an_end_can_be_brought_to_it_from_wherever_it_stands(machine):
    for state in machine.states:
        assert reachable(machine, start=state) & ends(machine), state


@pytest.mark.parametrize("machine", MACHINES, ids=name_of)
@given(st.data())
def test_whatever_is_done_to_a_document_it_stands_in_a_known_state(machine, data):
    state = machine.start
    for verb in data.draw(st.lists(st.sampled_from(sorted(machine.verbs)), max_size=12)):
        before = state
        try:
            state = machine.after(state, verb)
        except WrongState:
            assert state == before
        assert state in machine.states
        assert before not in ends(machine) or state == before


@pytest.mark.parametrize("machine", MACHINES, ids=name_of)
def test_the_diagram_draws_the_whole_table_and_nothing_else(machine):
    drawn = machine.diagram().splitlines()
    edges = {
        f"    {before} --> {after}: {verb}"
        for verb, to in machine.verbs.items()
        for before, after in to.items()
    }
    assert drawn[:2] == ["stateDiagram-v2", f"    [*] --> {machine.start}"]
    assert set(drawn[2:]) == edges
    assert len(drawn) == 2 + len(edges)


@pytest.mark.parametrize(
    ("machine", "end", "through"),
    [
        (ORDER, "voided", "collecting"),
        (ORDER, "slip_issued", "reviewed"),
        (ORDER, "slip_issued", "submitted"),
        (ORDER, "closed", "delivered"),
        (DISPATCH, "signed", "loaded"),
        (DISPATCH, "archived", "signed"),
    ],
)
def test_no_step_of_the_procedure_can_be_left_out(machine, end, through):
    """Void only by way of collecting the copies (RTL-SHT-09); no slip for an order that no
    supervisor saw (RTL-DEP-01); an unsigned copy is never filed (RTL-PAY-10, RTL-PAY-11).
    """
    assert end in reachable(machine)
    assert end not in reachable(machine, without=through)


def test_goods_that_left_cannot_be_voided_away():
    """RTL-SHT-02: only a form whose goods are still there is voided and written anew."""
    assert {state for state in ORDER.states if "void" in ORDER.verbs_from(state)} == {
        "draft",
        "submitted",
        "reviewed",
    }


def test_a_change_sends_a_reviewed_order_back_to_be_reviewed_again():
    """RTL-DEP-01, A-59."""
    assert ORDER.after("reviewed", "edit") == "submitted"
    assert ORDER.after("draft", "edit") == "draft"


def test_a_rejected_request_is_never_approved_afterwards():
    """A-07: it can only lapse, and a new one is asked for."""
    assert APPROVAL.verbs_from("rejected") == ["supersede"]


def test_verified_money_is_not_unverified():
    """RTL-DUT-07: corrections are reversals, never a step back."""
    assert PAYMENT.verbs_from("verified") == ["reverse"]
    assert PAYMENT.verbs_from("reversed") == []


def test_the_open_orders_are_all_but_the_finished_ones():
    assert set(OPEN) == ORDER.states - ends(ORDER)


def test_a_table_with_a_state_that_nobody_can_reach_is_refused_at_once():
    with pytest.raises(ValueError, match=r"nobody can reach: \['lost'\]"):
        Machine(
            "m", "a", {"go": {"a": "b"}, "find": {"lost": "b"}}, {"a": "A", "b": "B", "lost": "L"}
        )


@pytest.mark.parametrize("labels", [{"a": "A"}, {"a": "A", "b": "B", "c": "C"}])
def test_a_table_whose_states_and_names_differ_is_refused_at_once(labels):
    with pytest.raises(ValueError, match="states and labels differ"):
        Machine("m", "a", {"go": {"a": "b"}}, labels)
