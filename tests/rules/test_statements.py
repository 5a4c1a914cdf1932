"""Statements: opening and movements make the closing, and no entry is on two of them or on none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import BadInput
from kac.desk.statements import rules
from kac.desk.statements.policy import StatementPolicy
from kac.desk.statements.rules import Before, Movement

FIRST = date(2026, 11, 1)
booked = st.lists(st.tuples(st.integers(0, 60), st.integers(-(10**9), 10**9)), max_size=40)


def movements(entries) -> list[Movement]:
    return [
        Movement(number, FIRST + timedelta(days=day), f"SK{number}", fen)
        for number, (day, fen) in enumerate(entries, start=1)
    ]


@given(booked, st.lists(st.tuples(st.integers(1, 12), st.integers(0, 8)), min_size=1, max_size=6))
def test_whatever_is_booked_late_stands_on_exactly_one_statement(entries, makings):
    """DST-APP-05: the closing is all that was known by then of the days up to its last one."""
    every, known, end = movements(entries), 0, FIRST - timedelta(days=1)
    before, listed = None, []
    for days, more in makings:
        known, end = min(known + more, len(every)), end + timedelta(days=days)
        first = rules.period(before, None if before else FIRST, end, end)
        drawn = rules.drawn_up(every[:known], before, first, end)
        due = sum(each.change_fen for each in every[:known] if each.day <= end)
        assert drawn.closing_fen == due
        assert before is None or drawn.opening_fen == before.closing_fen
        listed += [each.entry for each in drawn.movements]
        before = Before(end, known, drawn.closing_fen)
    assert len(listed) == len(set(listed))
    assert set(listed) == {each.entry for each in every[:known] if each.day <= end}


def test_a_statement_begins_on_the_day_after_the_one_before_it():
    before = Before(date(2026, 10, 31), 7, 0)
    today = date(2026, 11, 20)
    assert rules.period(before, None, today, today) == date(2026, 11, 1)
    assert rules.period(None, None, today, today) == date(2026, 11, 1)
    with pytest.raises(BadInput, match="begins on 2026-11-01"):
        rules.period(before, date(2026, 11, 2), today, today)
    with pytest.raises(BadInput, match="no time that has passed"):
        rules.period(before, None, today + timedelta(days=1), today)


@pytest.mark.parametrize(
    ("theirs", "ours", "is_open"),
    [("周建平", "finance", True), ("", "finance", False), ("周建平", "", False)],
)
def test_both_sides_sign(theirs, ours, is_open):
    """DST-APP-06."""
    assert rules.signed(theirs, ours).open is is_open


def test_it_bears_the_customers_seal():
    """DST-APP-07, SC-49."""
    assert rules.is_sealed(True).open
    assert not rules.is_sealed(False).open


def test_it_waits_for_an_answer_until_there_is_one():
    """DST-APP-05: the last day is told."""
    gate = rules.answered("DZ1", FIRST, "made", StatementPolicy(10, 31, ()), ("finance",))
    assert (gate.open, gate.opened_by) == (False, ("finance",))
    assert "2026-11-11" in gate.says
    assert rules.answered("DZ1", FIRST, "disputed", StatementPolicy(10, 31, ()), ()).open
