"""Visits: two valid customers a day, a file of the same day, by district; nothing of it refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.visits import rules
from kac.desk.visits.policy import VisitPolicy
from kac.desk.visits.rules import VisitFacts, call_due, call_first, missing, outing

from .facts import RETAIL, TODAY

POLICY = RETAIL.section("visits", VisitPolicy)
MAY = ("gp_specialist",)
SEEN = VisitFacts(
    *("BF1", "recorded", "新港包装厂", "刘厂长", "13800138000", "新港区", "street", "wang"),
    visited_on=TODAY,
)
texts = st.sampled_from(["", "x"])
visits = st.builds(
    lambda name, contact, phone, area: replace(
        SEEN, name=name, contact=contact, phone=phone, area=area
    ),
    st.sampled_from(["a", "b", "c"]),
    *(texts, texts, texts),
)


def shut(facts: VisitFacts) -> list[str]:
    return [gate.name for gate in rules.checklist(facts, MAY) if not gate.open]


@given(st.lists(visits, max_size=8))
def test_a_valid_customer_has_a_contact_a_telephone_and_a_district_and_counts_once(made) -> None:
    """BLK-VIS-02, A-62: SC-31."""
    day = outing("wang", TODAY, made, POLICY)
    whole = {each.name for each in made if each.contact and each.phone and each.area}
    assert (day.visits, day.valid) == (len(made), len(whole))
    assert day.short == max(0, 2 - len(whole))


@given(st.lists(visits, max_size=3), st.text(min_size=1, max_size=5))
def test_a_day_with_a_reason_was_no_normal_one(made, reason) -> None:
    """BLK-VIS-01: what was special is written down, and nothing is short."""
    assert outing("wang", TODAY, made, POLICY, reason).short == 0


def test_two_valid_customers_are_enough() -> None:
    """BLK-VIS-02: 2家以上 includes two."""
    two = [SEEN, replace(SEEN, name="滨江酒店")]
    assert outing("wang", TODAY, two, POLICY).short == 0
    assert outing("wang", TODAY, two[:1], POLICY).short == 1


@given(st.integers(-5, 40))
def test_a_file_of_a_later_day_is_late_and_open_all_the_same(days) -> None:
    """BLK-VIS-03: soft; SC-31."""
    filed = replace(SEEN, file="KH1", file_area="新港区", file_on=TODAY + timedelta(days=days))
    assert filed.late_days == max(0, days)
    assert shut(filed) == ["visit_filed"]
    says = rules.customer_filed(filed, MAY).says
    assert ("late" in says) == (days > 0)


@pytest.mark.parametrize(
    ("area", "file", "file_area", "is_open"),
    [
        ("", "", "", False),
        ("东区", "", "", True),
        ("东区", "KH1", "", False),
        ("", "KH1", "东", True),
    ],
)
def test_without_a_district_there_is_no_file(area, file, file_area, is_open) -> None:
    """BLK-VIS-04: that of the customer's file, once there is one; SC-31."""
    facts = replace(SEEN, area=area, file=file, file_area=file_area)
    gate = rules.by_area(facts, MAY)
    assert (gate.open, gate.rules) == (is_open, ("BLK-VIS-04",))
    assert is_open or "--area" in gate.command


def test_a_planned_visit_waits_for_the_register_and_a_dropped_one_for_nothing() -> None:
    """RTL-VIS-02, RTL-VIS-03."""
    planned = replace(SEEN, state="planned", planned_on=TODAY, visited_on=None)
    gates = rules.checklist(planned, MAY)
    assert gates[0].name == "visit_recorded"
    assert (gates[0].open, gates[0].rules) == (False, ("RTL-VIS-02",))
    assert gates[-1].rules == ("RTL-VIS-03",)
    assert rules.checklist(replace(planned, state="dropped"), MAY) == []


@pytest.mark.parametrize(
    ("source", "called", "first"),
    [("yellow_pages", False, True), ("yellow_pages", True, False), ("street", False, False)],
)
def test_who_was_found_in_a_book_is_called_before_the_visit(source, called, first) -> None:
    """BLK-VIS-06: told, never refused."""
    planned = replace(SEEN, state="planned", visited_on=None, source=source, called=called)
    assert call_first(planned, POLICY) == first
    assert not call_first(replace(planned, visited_on=TODAY), POLICY)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_a_customer_on_file_is_called_after_so_many_days_of_silence(last) -> None:
    """BLK-VIS-05: the figure is the policy's."""
    assert call_due(last, POLICY) == last + timedelta(days=POLICY.call_after_days)


def test_what_a_visit_lacks_is_named() -> None:
    """A-62."""
    assert missing(replace(SEEN, contact="", area="")) == ("contact", "area")
    assert rules.missing_text(replace(SEEN, phone="")) == "telephone"
