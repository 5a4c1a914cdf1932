"""The settlement day: nothing lies about, everything is handed on, two sides sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kac.core import policyfile
from kac.core.gates import closed
from kac.db.policybook import PolicyVersion, build
from kac.desk.policies.policy import known_verbs
from kac.desk.policies.rules import faults
from kac.desk.rosters.policy import SettlementPolicy
from kac.desk.settlement_days import rules
from kac.desk.settlement_days.rules import DayFacts, Opening, OpenItem
from kac.desk.settlement_days.states import LABELS, RUNNING

SHIPPED = dict(policyfile.shipped()["hypermarket"])
POLICY = build(SettlementPolicy, SHIPPED["settlement"], "settlement")
MAY = PolicyVersion("retail", 1, dict(policyfile.shipped()["retail"])).may
DAY = date(2026, 11, 20)

items = st.lists(
    st.builds(OpenItem, st.sampled_from("ABCDEF"), st.integers(1, 10**9), st.booleans()),
    unique_by=lambda item: item.number,
    max_size=5,
)


def facts(**changes: object) -> DayFacts:
    plain = DayFacts("RJ1", "open", DAY, "zhou", (), frozenset(), "qian", {}, "wu")
    return replace(plain, **changes)  # type: ignore[arg-type]


def names(gates: list) -> set[str]:
    return {gate.name for gate in closed(gates)}


@given(items, st.sets(st.sampled_from("ABCDEF")), st.sampled_from(RUNNING))
def test_a_day_closes_when_nothing_is_in_hand_and_all_that_is_left_is_handed_on(
    left, handed, state
):
    """HYP-FIN-01, HYP-FIN-07, HYP-FIN-08, SC-43."""
    day = facts(items=tuple(left), handed=frozenset(handed), state=state)
    wanted = set()
    if any(item.in_hand for item in left):
        wanted.add("day_money_kept")
    if state == "open":
        wanted.add("day_circulated")
    if {item.number for item in left} - handed:
        wanted.add("day_handed_over")
    assert names(rules.to_close(day, MAY)) == wanted


@given(items)
def test_a_refusal_names_every_sum_that_lies_about(left):
    """HYP-FIN-01."""
    gate = rules.money_kept(facts(items=tuple(left)), MAY)
    assert all((item.number in gate.says) == item.in_hand for item in left) or gate.open


def test_only_who_is_on_the_roster_opens_a_day_and_takes_over_what_was_left():
    """HYP-FIN-04, HYP-FIN-08, HYP-FIN-09."""
    mine = Opening("qian", DAY, "qian", "RJ0", "closed", frozenset({"qian"}))
    assert names(rules.to_open(mine, MAY)) == set()
    assert names(rules.to_open(replace(mine, rostered=""), MAY)) == {"day_rostered"}
    assert names(rules.to_open(replace(mine, rostered="zhou"), MAY)) == {"day_rostered"}
    for state in RUNNING:
        assert names(rules.to_open(replace(mine, before_state=state), MAY)) == {"day_before_closed"}
    other = replace(mine, handed_to=frozenset({"zhou"}))
    assert names(rules.to_open(other, MAY)) == {"day_taken_over"}
    first = Opening("qian", DAY, "qian", "", "", frozenset())
    assert names(rules.to_open(first, MAY)) == set()


def test_money_moves_on_an_open_day_alone():
    """HYP-FIN-05."""
    for state in LABELS:
        assert rules.running("RJ1", state, DAY, MAY).open == (state in RUNNING)
    assert not rules.running("", "", DAY, MAY).open


@given(st.sets(st.sampled_from(["finance", "department"])), st.sampled_from(["", "wu", "li"]))
def test_the_sheet_goes_to_the_keeper_with_both_signatures(sides, keeper):
    """HYP-FIN-10, HYP-FIN-11, HYP-FIN-14, A-14, SC-44."""
    day = facts(state="closed", signed=dict.fromkeys(sides, "x"), keeper=keeper)
    shut = names(rules.to_archive(day, POLICY, "wu", MAY))
    wanted = {f"sheet_signed_{side}" for side in {"finance", "department"} - sides}
    assert shut == wanted | (set() if keeper == "wu" else {"month_keeper"})


def test_nothing_is_handed_to_nobody():
    """HYP-FIN-08."""
    assert not rules.next_rostered(facts(next_officer=""), MAY).open
    assert rules.next_rostered(facts(), MAY).open


def test_a_policy_asks_each_side_for_one_signature():
    """HYP-FIN-10, HYP-FIN-14."""
    once = {**SHIPPED, "settlement": {**SHIPPED["settlement"], "signatures": []}}
    assert "settlement.signatures" in {fault.key for fault in faults(once, known_verbs())}
    assert faults(SHIPPED, known_verbs()) == []
