"""Campaigns: 15 to 20 days ahead, ready three days before, everybody called, the absent again."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kac
from kac.db.policybook import PolicyVersion
from kac.desk.campaigns import rules
from kac.desk.campaigns.policy import CampaignPolicy
from kac.desk.campaigns.rules import CampaignFacts, OwnerFacts, Ticked
from kac.desk.campaigns.states import CHANNELS, ITEMS, OWNER

from .facts import MAY

_FILE = Path(kac.__file__).parent / "data" / "policy" / "campaign.toml"
POLICY = PolicyVersion("campaign", 1, tomllib.loads(_FILE.read_text("utf-8"))).section(
    "campaign", CampaignPolicy
)
EVENT = date(2024, 10, 20)
OWNER_A = OwnerFacts("HD1/1", "郑先生", "signed_up", EVENT - timedelta(days=18))
PLANNED = CampaignFacts("HD1", "planned", EVENT, EVENT - timedelta(days=20), {})
LINES = POLICY.checklist()
events = st.dates(date(2024, 1, 1), date(2030, 1, 1))


def shut(gates: list[rules.Gate]) -> list[str]:
    return [gate.part or gate.name for gate in gates if not gate.open]


@given(events, st.integers(0, 60))
def test_planning_begins_fifteen_to_twenty_days_before_both_included(event, days) -> None:
    """CMP-PLN-01, A-50: anything else is told, and refused never."""
    facts = replace(PLANNED, event_day=event, begun_on=event - timedelta(days=days))
    gate = rules.planned_in_time(facts, POLICY)
    assert rules.in_time(facts.days_before, POLICY) == (15 <= days <= 20)
    assert gate.open
    assert ("than" in gate.says) == (not 15 <= days <= 20)


@pytest.mark.parametrize(
    ("begun", "in_time"),
    [
        (date(2024, 9, 29), False),
        (date(2024, 9, 30), True),
        (date(2024, 10, 5), True),
        (date(2024, 10, 6), False),
    ],
)
def test_the_four_days_of_the_scenario(begun, in_time) -> None:
    """CMP-PLN-01: SC-59."""
    assert rules.in_time((EVENT - begun).days, POLICY) == in_time


@given(events, st.integers(-25, 5))
def test_what_must_be_done_is_told_from_three_days_before_on(event, offset) -> None:
    """CMP-PRE-01: never before; then every line that must be ticked, and no other."""
    facts = replace(PLANNED, event_day=event, begun_on=event - timedelta(days=20))
    told = rules.must_be_done(facts, POLICY, MAY["campaign.tick"], event + timedelta(days=offset))
    must = [line.id for line in LINES if line.must]
    assert shut(told) == (must if offset >= -3 else [])


def test_a_ticked_line_is_told_with_what_it_states_and_by_whom() -> None:
    """CMP-PLN-08, CMP-REG-01, CMP-PRE-05: the concession has its justification."""
    ticks = {
        "concession": Ticked("5", "双赢", "host", EVENT),
        "channels": Ticked("phone,forum", "", "host", EVENT),
        "decoration_phase": Ticked("yes", "", "host", EVENT),
        "station_deposit": Ticked("cashier", "", "host", EVENT),
    }
    facts = replace(PLANNED, ticks=ticks)
    gates = {gate.part: gate for gate in rules.checklist(facts, POLICY, MAY, facts.begun_on)}
    assert all(gates[item].open for item in ticks)
    assert "5 points 双赢 (host" in gates["concession"].says
    assert "telephone, owners' forum" in gates["channels"].says
    assert gates["survey"].rules == ("CMP-PLN-02",)
    assert gates["survey"].command == "kac campaign tick HD1 survey --note …"


@given(st.sampled_from(LINES), st.integers(-25, 0))
def test_the_day_comes_last_and_preparing_follows_planning(line, offset) -> None:
    """CMP-PRE-01, CMP-DAY-01: nobody is asked for the day's lines before the day."""
    facts = replace(PLANNED, begun_on=EVENT - timedelta(days=25))
    todo = shut(rules.items_due(facts, POLICY, ("host",), EVENT + timedelta(days=offset)))
    first = {"plan": -25, "prepare": -15, "day": 0}[line.phase]
    assert (line.id in todo) == (offset >= first)


@given(st.integers(0, 30), st.integers(0, 30))
def test_who_signs_up_late_is_called_on_the_same_day(registered, called) -> None:
    """CMP-PRE-08: else three days before; a later call is late, and counts."""
    owner = replace(OWNER_A, registered_on=EVENT - timedelta(days=registered))
    day = rules.call_due(owner, EVENT, POLICY)
    if registered == 0:
        assert day is None
        assert rules.owner_called(PLANNED, owner, POLICY, ()) is None
        return
    assert day == EVENT - timedelta(days=min(registered, 3))
    late = replace(owner, called_on=EVENT - timedelta(days=called), state="called")
    gate = rules.owner_called(PLANNED, late, POLICY, ())
    assert gate is not None
    assert gate.open
    assert ("late" in gate.says) == (called < min(registered, 3))


@given(st.integers(0, 12), st.integers(0, 12))
def test_everybody_who_was_not_called_is_named(called, not_called) -> None:
    """CMP-PRE-08: SC-59; nothing is told before three days before the event."""
    there = [
        replace(OWNER_A, number=f"c{nth}", called_on=EVENT, state="called") for nth in range(called)
    ]
    silent = [replace(OWNER_A, number=f"n{nth}") for nth in range(not_called)]
    facts = replace(PLANNED, owners=(*there, *silent))
    for before, told in ((4, []), (3, [owner.number for owner in silent])):
        found = rules.uncalled(facts, POLICY, (), EVENT - timedelta(days=before))
        assert shut(found) == told


def test_on_the_day_everybody_is_called_once_more_but_who_is_there() -> None:
    """CMP-DAY-13, CMP-DAY-02: a call of three days before is no call of the day."""
    owners = (
        replace(OWNER_A, number="a", state="called", called_on=EVENT - timedelta(days=3)),
        replace(OWNER_A, number="b", state="confirmed", notified_on=EVENT),
        replace(OWNER_A, number="c", state="arrived"),
        replace(OWNER_A, number="d", registered_on=EVENT),
    )
    found = rules.uncalled(replace(PLANNED, owners=owners), POLICY, (), EVENT)
    assert [(gate.part, gate.rules) for gate in found] == [("a", ("CMP-DAY-13", "CMP-DAY-02"))]


@given(st.lists(st.sampled_from(sorted(OWNER.states)), max_size=8))
def test_a_campaign_is_closed_once_the_list_is_checked_and_the_absent_are_called(states) -> None:
    """CMP-DAY-05, CMP-DAY-06, CMP-DAY-07."""
    owners = tuple(replace(OWNER_A, number=str(n), state=each) for n, each in enumerate(states))
    gates = rules.to_close(replace(PLANNED, owners=owners), MAY)
    expected = {"signed_up", "reserved", "called", "confirmed"}
    left = [str(nth) for nth, each in enumerate(states) if each == "absent"]
    checked = [] if expected.isdisjoint(states) else ["campaign_arrivals_checked"]
    assert shut(gates) == [*checked, *left]


@pytest.mark.parametrize(("station", "open_"), [(None, False), ("guide", False), ("cashier", True)])
def test_a_deposit_is_taken_by_who_stands_at_the_station_of_deposits(station, open_) -> None:
    """CMP-DAY-11, A-17."""
    ticks = {"station_deposit": Ticked(station, "", "host", EVENT)} if station else {}
    gate = rules.at_the_cashier(replace(PLANNED, ticks=ticks), "cashier", ("host",))
    assert (gate.open, gate.rules) == (open_, ("CMP-DAY-11", "A-17"))


def test_a_campaign_that_is_over_wants_nothing_and_a_cancelled_one_has_no_checklist() -> None:
    assert rules.work(replace(PLANNED, state="closed"), POLICY, MAY, EVENT) == []
    assert rules.checklist(replace(PLANNED, state="cancelled"), POLICY, MAY, EVENT) == []


def test_every_line_and_channel_of_the_policy_has_a_name() -> None:
    """CMP-REG-02..07: six channels and the owners' forum among them."""
    assert [line.id for line in LINES] == list(ITEMS)
    assert tuple(CHANNELS) == POLICY.channels
