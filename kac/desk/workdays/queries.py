"""Reading the calendar: which days are worked, and the days of a year that are named."""

from __future__ import annotations

from datetime import date

from kac.core.calendar import WorkCalendar
from kac.core.i18n import _
from kac.db.reader import Reader, Row


def calendar(reader: Reader, since: date) -> WorkCalendar:
    """The calendar from the beginning of a day's year on."""
    rows = reader.all(
        "SELECT day, is_workday FROM v_calendar WHERE day >= :first",
        first=f"{since.year:04d}-01-01",
    )
    return WorkCalendar({date.fromisoformat(row["day"]): bool(row["is_workday"]) for row in rows})


def named(reader: Reader, year: int) -> list[Row]:
    """The days of a year that are named, in order."""
    return reader.all(
        "SELECT day, is_workday, name, source FROM v_calendar"
        " WHERE day >= :first AND day <= :last ORDER BY day",
        first=f"{year:04d}-01-01",
        last=f"{year:04d}-12-31",
    )


def guesses(calendar: WorkCalendar, *days: date) -> tuple[str, ...]:
    """A warning for each year of these days that the calendar does not know."""
    return tuple(
        _("{year} is not in the calendar: Monday to Friday is taken for worked").format(year=year)
        for year in sorted({day.year for day in days})
        if not calendar.knows(year)
    )
