"""Cheques: good for the days that the policy names, and money only when they have cleared."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kac.desk.cheques import rules
from kac.desk.cheques.policy import ChequePolicy
from kac.desk.cheques.rules import ChequeFacts
from kac.desk.cheques.states import CHEQUE, LIVING

MAY = dict.fromkeys((*rules.DESK_VERBS.values(), *rules.WINDOW_VERBS.values()), ("x",))
MAY |= {"cheque.acknowledge": ("x",)}
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(days, st.integers(0, 60), st.integers(-90, 90))
def test_a_cheque_is_good_from_its_date_to_its_last_day_both_included(issued, valid, far):
    """RTL-CTL-05: the day of issue is not counted."""
    policy = ChequePolicy(valid)
    on = issued + timedelta(days=far)
    assert rules.cheque_good(issued, policy, on).open == (0 <= far <= valid)
    assert rules.not_lapsed(issued, policy, on).open == (far <= valid)


@given(st.sampled_from(sorted(CHEQUE.states)), st.sampled_from(["", "finance"]))
def test_only_the_banks_answer_makes_it_money(state, checked_by):
    """RTL-CTL-06, A-48: a seal that matches is a fact of its own, earlier, and not enough."""
    facts = ChequeFacts("ZP1", "SK1", state, 100, date(2026, 11, 20), checked_by=checked_by)
    gates = {gate.name: gate.open for gate in rules.steps(facts, ChequePolicy(10), MAY)}
    assert gates["cheque_cleared"] == (state == "cleared")
    assert gates["seal_matches"] == bool(checked_by)
    assert (state in LIVING) == bool(CHEQUE.verbs_from(state))
