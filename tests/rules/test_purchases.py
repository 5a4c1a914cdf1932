"""Purchases: by when goods are due, who follows a request up, what is late and never refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core import policyfile
from kac.desk.purchases import rules
from kac.desk.purchases.policy import PurchasePolicy
from kac.desk.purchases.rules import PurchaseFacts, Wanted

POLICY = PurchasePolicy(**policyfile.shipped()["retail"]["purchase"])
SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = date(2024, 5, 10)
TEN = datetime(2024, 5, 10, 10, tzinfo=SHANGHAI)
SIXTY = Wanted(7, "P1", "电饭煲", "台", 1, 60, 0)
ASKED = PurchaseFacts(
    number="CG1",
    urgency="ordinary",
    direct=True,
    made_at=TEN,
    due_at=rules.due_at("ordinary", TEN, FRIDAY, POLICY),
    lines=(SIXTY,),
)
HERE = replace(ASKED, lines=(replace(SIXTY, came=60),))


@pytest.mark.parametrize(
    ("came_at", "verdict"),
    [
        (datetime(2024, 5, 13, 23, 59, 59, tzinfo=SHANGHAI), "in_time"),
        (datetime(2024, 5, 14, 0, 0, tzinfo=SHANGHAI), "late"),
    ],
)
def test_asked_for_on_friday_goods_are_in_time_until_the_end_of_monday(came_at, verdict):
    """SC-35, GPA-STK-05, A-51: three days, Saturday and Sunday among them."""
    assert rules.punctuality(HERE, came_at, came_at) == verdict


@pytest.mark.parametrize(
    ("urgency", "hours"), [("rush", POLICY.rush_hours), ("critical", POLICY.critical_hours)]
)
def test_urgent_goods_are_due_so_many_hours_after_they_were_asked_for(urgency, hours):
    """GPA-STK-07, A-51: the hour itself is in time, a second later is late."""
    due = rules.due_at(urgency, TEN, FRIDAY, POLICY)
    assert due == TEN.astimezone(UTC) + timedelta(hours=hours)
    assert rules.in_time(due, due, urgency)
    assert not rules.in_time(due + timedelta(seconds=1), due, urgency)


@pytest.mark.parametrize(
    ("days", "urgency"), [(0, "critical"), (1, "critical"), (2, "rush"), (3, "ordinary")]
)
def test_the_day_that_a_customer_named_says_how_urgent_goods_are(days, urgency):
    """GPA-STK-05, GPA-STK-07, GPA-STK-13."""
    assert rules.urgency_of(FRIDAY + timedelta(days=days), FRIDAY) == urgency


def test_what_a_supplier_brings_itself_all_four_follow_up():
    """GPA-STK-09."""
    three = frozenset(POLICY.trackers[:3])
    gate = rules.tracked(replace(ASKED, tracked=three), POLICY)
    assert (gate.open, gate.opened_by) == (False, tuple(POLICY.trackers[3:]))
    assert rules.tracked(replace(ASKED, tracked=frozenset(POLICY.trackers)), POLICY).open


def test_any_other_request_is_followed_up_by_one_and_never_by_nobody():
    """GPA-STK-10: sent and not followed up is a breach, which the night tells."""
    other = replace(ASKED, direct=False)
    later = TEN + timedelta(hours=POLICY.track_hours)
    assert not rules.forgotten(other, POLICY, later)
    assert rules.forgotten(other, POLICY, later + timedelta(seconds=1))
    followed = replace(other, tracked=frozenset({"buyer"}))
    assert rules.tracked(followed, POLICY).open
    assert not rules.forgotten(followed, POLICY, later + timedelta(days=9))


def test_a_definite_answer_is_a_day_and_a_no_is_not_the_end_of_it():
    """GPA-STK-11."""
    assert not rules.answered(ASKED, ["buyer"]).open
    assert rules.answered(replace(ASKED, answered_by="王", arrives_on=FRIDAY), ["buyer"]).open
    refused = rules.answered(replace(ASKED, answered_by="王", refused=True), ["buyer"])
    assert (refused.open, refused.opened_by) == (False, ("buyer",))


def test_late_goods_are_told_and_taken():
    """GPA-STK-05, A-66."""
    late = ASKED.due_at + timedelta(days=2)
    assert rules.overdue(ASKED, late)
    assert rules.punctuality(ASKED, None, late) == "overdue"
    assert not rules.arrived(ASKED, ["distribution_center"]).open
    assert rules.asked_for(ASKED, {7: None}).open
    assert not rules.asked_for(ASKED, {8: None}).open


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_request_is_complete_when_nothing_of_it_is_still_to_come(wanted, came):
    """GPA-STK-02."""
    facts = replace(ASKED, lines=(replace(SIXTY, quantity=wanted, came=came),))
    assert facts.complete == (came >= wanted)
    assert facts.lines[0].open == max(0, wanted - came)
