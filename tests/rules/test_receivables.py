"""Receivables: every debt is in exactly one band, and the bands come to what is owed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kac.desk.receivables import rules
from kac.desk.receivables.policy import ReceivablePolicy
from kac.desk.receivables.rules import Debt, Held

POLICY = ReceivablePolicy((30, 60, 90, 180, 365), 7)
ON = date(2026, 11, 30)
days = st.integers(0, 900).map(lambda back: ON - timedelta(days=back))
debts = st.builds(
    lambda number, who, delivered, later, owed: Debt(
        number, f"DD{number}", who, who, delivered, delivered + timedelta(days=later), owed, owed
    ),
    st.integers(1, 10**6),
    st.sampled_from(["KH1", "KH2", "KH3"]),
    days,
    st.integers(0, 120),
    st.integers(1, 10**10),
)
held = st.builds(
    lambda who, deposits, free: Held(who, who, deposits, free),
    st.sampled_from(["KH1", "KH2", "KH4"]),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
)


@given(st.lists(debts, max_size=20), st.lists(held, max_size=4), st.sampled_from(rules.BY))
def test_the_bands_come_to_what_is_owed_and_nothing_is_netted(owed, kept, by):
    """DST-GDS-13: what is held for a customer stands beside and takes nothing off."""
    rows = rules.ageing(owed, kept, POLICY, ON, by)
    assert sum(row.owed_fen for row in rows) == sum(debt.owed_fen for debt in owed)
    assert sum(row.deposits_fen for row in rows) == sum(each.deposits_fen for each in kept)
    assert sum(row.free_fen for row in rows) == sum(each.free_fen for each in kept)
    assert len({row.customer for row in rows}) == len(rows)
    assert [row.owed_fen for row in rows] == sorted((row.owed_fen for row in rows), reverse=True)


@given(debts)
def test_a_debt_is_in_the_band_of_its_days(debt):
    """DST-GDS-13: on its due day nothing is overdue; the thirtieth day is in the first band."""
    spans = rules.bands(POLICY)
    band = rules.band_of(debt, POLICY, ON, "due")
    late = (ON - debt.due_on).days
    assert (band == rules.NOT_DUE) == (late <= 0)
    if late > 0:
        first, last = spans[band]
        assert first <= late and (last is None or late <= last)
    first, last = spans[rules.band_of(debt, POLICY, ON, "doc")]
    old = (ON - debt.delivered_on).days
    assert first <= old and (last is None or old <= last)


@given(st.lists(debts, max_size=6), st.none() | st.integers(0, 30))
def test_whoever_is_late_is_asked_and_not_every_day(owed, ago):
    """RTL-DUT-03: a letter's days are let pass before the next one."""
    last = None if ago is None else ON - timedelta(days=ago)
    late = rules.overdue(owed, ON)
    gate = rules.dunned("KH1", owed, last, POLICY, ON, ("merchant_staff",))
    assert gate.open == (not late or (ago is not None and ago <= POLICY.answer_days))
    assert rules.something_overdue("KH1", owed, ON).open == bool(late)
    assert all(debt.due_on < ON for debt in late)
