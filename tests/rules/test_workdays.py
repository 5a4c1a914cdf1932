"""Working days: holidays and make-up days are named, everything else is told by its weekday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.calendar import WorkCalendar

# What was announced for September 2024: the Saturday is worked for the Monday of the festival.
AUTUMN = WorkCalendar(
    {
        date(2024, 9, 14): True,
        date(2024, 9, 15): False,
        date(2024, 9, 16): False,
        date(2024, 9, 17): False,
    }
)
days = st.dates(date(2026, 1, 1), date(2026, 3, 31))
calendars = st.dictionaries(days, st.booleans(), max_size=40).map(WorkCalendar)
counts = st.integers(0, 12)


def between(first: date, last: date) -> list[date]:
    """The days after the first, up to the last one."""
    return [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2024, 9, 12), date(2024, 9, 13)),
        (date(2024, 9, 13), date(2024, 9, 14)),
        (date(2024, 9, 14), date(2024, 9, 18)),
        (date(2024, 9, 15), date(2024, 9, 19)),
        (date(2024, 9, 17), date(2024, 9, 19)),
        (date(2024, 9, 18), date(2024, 9, 19)),
    ],
)
def test_one_working_day_ends_with_the_next_one_and_a_day_off_begins_with_the_next(asked, due):
    """SC-24, A-38, RTL-REC-18: make-up Saturdays count, the day of asking does not."""
    assert AUTUMN.end_of(asked, 1) == due


def test_without_any_day_named_monday_to_friday_is_guessed_and_said_to_be_a_guess():
    friday = date(2027, 9, 17)
    assert WorkCalendar({}).end_of(friday, 1) == date(2027, 9, 20)
    assert not AUTUMN.knows(2027)
    assert AUTUMN.knows(2024)


@given(calendars, days, counts)
def test_a_period_holds_exactly_its_working_days_and_ends_on_one(calendar, day, count):
    begin, end = calendar.on_or_after(day), calendar.end_of(day, count)
    assert calendar.is_workday(end)
    assert sum(map(calendar.is_workday, between(begin, end))) == count


@given(calendars, days, counts, counts)
def test_a_period_after_a_period_is_the_whole_of_both(calendar, day, first, second):
    assert calendar.end_of(calendar.end_of(day, first), second) == calendar.end_of(
        day, first + second
    )


@given(calendars, days, days, counts)
def test_who_asks_later_is_never_answered_before_who_asked_first(calendar, one, other, count):
    first, last = sorted((one, other))
    assert calendar.end_of(first, count) <= calendar.end_of(last, count)


@given(calendars, days, counts)
def test_one_more_holiday_never_shortens_a_period(calendar, day, count):
    more = WorkCalendar({**calendar.named, calendar.end_of(day, count): False})
    assert more.end_of(day, count) >= calendar.end_of(day, count)


@given(calendars, days)
def test_a_day_that_is_named_is_what_it_is_named_whatever_its_weekday(calendar, day):
    expected = calendar.named[day] if day in calendar.named else day.weekday() < 5
    assert calendar.is_workday(day) == expected
