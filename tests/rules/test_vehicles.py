"""Vehicles: booked for goods that are delivered, reminded the day before, followed on the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kac.desk.vehicles.rules import (
    BookingFacts,
    all_hands,
    day_ahead,
    due,
    is_delivered,
    omitted,
    state,
)

DAY = date(2026, 11, 23)
BOOKED = BookingFacts("DD1", DAY, "刘调度")


@pytest.mark.parametrize(
    ("delivery", "is_open"), [("deliver", True), ("pickup", False), ("", False)]
)
def test_a_vehicle_is_booked_for_goods_that_are_delivered(delivery, is_open) -> None:
    """GPA-VEH-01."""
    assert is_delivered("DD1", delivery).open is is_open


@pytest.mark.parametrize(("day", "is_open"), [(22, False), (23, True), (24, True)])
def test_nobody_books_for_yesterday(day, is_open) -> None:
    """GPA-VEH-01."""
    assert day_ahead(date(2026, 11, day), DAY).open is is_open


@pytest.mark.parametrize(
    ("today", "names"),
    [
        (21, []),
        (22, ["center_reminded"]),
        (23, ["center_reminded", "delivery_followed"]),
        (24, ["delivery_followed"]),
    ],
)
def test_the_centre_is_reminded_a_calendar_day_before(today, names) -> None:
    """GPA-VEH-02, GPA-VEH-03: the day before a Monday is a Sunday."""
    found = due(BOOKED, date(2026, 11, today), (), ())
    assert [gate.name for gate in found if not gate.open] == names


@pytest.mark.parametrize(
    ("reminded", "followed", "names"),
    [
        (None, None, ["center_reminded", "delivery_followed"]),
        (22, None, ["delivery_followed"]),
        (23, 23, ["center_reminded"]),
        (22, 23, []),
    ],
)
def test_what_was_not_done_in_its_time_is_told(reminded, followed, names) -> None:
    """GPA-VEH-02, GPA-VEH-03, A-66: a word on the day itself reminded nobody the day before."""
    facts = replace(
        BOOKED,
        reminded_on=date(2026, 11, reminded) if reminded else None,
        followed_on=date(2026, 11, followed) if followed else None,
    )
    assert [gate.name for gate in omitted(facts, DAY)] == names
    assert omitted(facts, date(2026, 11, 24)) == []


def test_a_booking_goes_on_from_booked_to_followed() -> None:
    """GPA-VEH-01, GPA-VEH-02, GPA-VEH-03."""
    reminded = replace(BOOKED, reminded_on=date(2026, 11, 22))
    assert [state(BOOKED), state(reminded), state(replace(reminded, followed_on=DAY))] == [
        "booked",
        "reminded",
        "followed",
    ]


def test_centre_desk_and_customer_unload_together() -> None:
    """GPA-UNL-01."""
    assert all_hands({"center", "clerk", "customer"}).open
    assert not all_hands({"center", "customer"}).open
