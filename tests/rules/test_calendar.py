"""Days are those of Shanghai, moments those of UTC, and a day that is not surely one is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.calendar import (
    business_day,
    instant_text,
    local_text,
    parse_day,
    parse_instant,
    system_now,
)
from kac.core.errors import BadInput

FRIDAY = date(2026, 9, 18)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
CENTURY = datetime(2000, 1, 1, tzinfo=UTC)
moments = st.integers(0, 10**8 * 31).map(lambda seconds: CENTURY + timedelta(seconds=seconds)) | (
    st.integers(0, 10**14).map(lambda us: CENTURY + timedelta(microseconds=us))
)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-09-17T15:59:59.999999Z", date(2026, 9, 17)),
        ("2026-09-17T16:00:00.000000Z", date(2026, 9, 18)),
        ("2026-09-17T16:30:00.000000Z", date(2026, 9, 18)),
        ("2026-12-31T16:00:00.000000Z", date(2027, 1, 1)),
    ],
)
def test_the_business_day_begins_at_midnight_in_shanghai(utc, day):
    assert business_day(parse_instant(utc)) == day


@given(moments)
def test_the_business_day_is_that_of_the_clock_eight_hours_ahead(moment):
    ahead = moment + timedelta(hours=8)
    assert business_day(moment) == ahead.date()
    assert local_text(moment) == ahead.strftime("%Y-%m-%d %H:%M")


@given(moments, moments)
def test_moments_sort_as_text_as_they_sort_in_time(one, other):
    assert parse_instant(instant_text(one)) == one
    assert (instant_text(one) < instant_text(other)) == (one < other)


def test_now_is_a_moment_with_a_zone():
    assert system_now().tzinfo is UTC


@pytest.mark.parametrize(
    "written",
    [
        "2026-09-18",
        "2026-9-18",
        "20260918",
        "2026/9/18",
        "2026年9月18日",
        "9-18",
        "09-18",
        "today",
        "TODAY",
        "今天",
        "+0d",
        "２０２６－０９－１８",
        " 2026-09-18 ",
    ],
)
def test_one_day_may_be_written_in_many_ways(written):
    assert parse_day(written, FRIDAY) == FRIDAY


@pytest.mark.parametrize(
    ("written", "away"),
    [
        ("昨天", -1),
        ("yesterday", -1),
        ("明天", 1),
        ("tomorrow", 1),
        ("+3d", 3),
        ("-1w", -7),
        ("+2W", 14),
    ],
)
def test_a_day_may_be_told_from_today(written, away):
    assert parse_day(written, FRIDAY) == FRIDAY + timedelta(days=away)


@given(days, st.integers(-999, 999))
def test_days_and_weeks_ahead_are_calendar_days(today, count):
    assert parse_day(f"{count:+d}d", today) == today + timedelta(days=count)
    assert parse_day(f"{count:+d}w", today) == today + timedelta(weeks=count)


@given(days, days)
def test_a_full_date_means_the_same_whatever_day_it_is_today(day, today):
    forms = (
        day.isoformat(),
        day.strftime("%Y%m%d"),
        day.strftime("%Y/%m/%d"),
        f"{day:%Y年%m月%d日}",
    )
    assert {parse_day(form, today) for form in forms} == {day}
    if (day.month, day.day) != (2, 29):
        assert parse_day(f"{day:%m-%d}", today) == day.replace(year=today.year)


@pytest.mark.parametrize("written", ["2026-02-29", "2026-13-01", "20260231", "9-31", "0000-01-01"])
def test_a_day_that_no_calendar_has_is_refused(written):
    with pytest.raises(BadInput) as refused:
        parse_day(written, FRIDAY)
    assert refused.value.code == "E-VAL-011"
    assert written in refused.value.message


@pytest.mark.parametrize(
    "written",
    ["", "18", "9/18", "18.9.2026", "2026-09", "soon", "+3", "3d", "+1000d", "2026091", "+3m",
     "18-09-2026", "2026-09-18T10:00"],
)  # fmt: skip
def test_what_is_not_surely_a_day_is_refused_and_never_guessed(written):
    with pytest.raises(BadInput) as refused:
        parse_day(written, FRIDAY)
    assert refused.value.code == "E-VAL-012"
    assert written in refused.value.message


@given(st.text("0123456789-/年月日+dw今明天", max_size=11) | st.text(max_size=14), days)
def test_any_text_is_a_day_or_is_refused_and_nothing_else_happens(written, today):
    try:
        day = parse_day(written, today)
    except BadInput:
        return
    assert parse_day(day.isoformat(), today) == day
