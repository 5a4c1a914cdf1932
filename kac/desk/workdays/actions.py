"""Verbs of the calendar: take in which days are worked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kac.core.i18n import _
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.work import Work


@dataclass(frozen=True)
class NamedDay:
    """A day as it is announced: worked or not, what it is called, and who says so."""

    day: date
    is_workday: bool
    name: str
    source: str = ""


def take_days(work: Work, batch: str, days: Sequence[NamedDay]) -> int:
    """Write the days that the calendar does not have like this already; how many there were."""
    from kac.desk.workdays.tables import CalendarDay

    known = {
        row["day"]: (bool(row["is_workday"]), row["name"], row["source"])
        for row in work.reader.all("SELECT day, is_workday, name, source FROM v_calendar")
    }
    fresh = []
    for one in days:
        name = required_text(one.name, field=_("name"), longest=40)
        source = safe_text(one.source, field=_("source"), longest=80)
        if known.get(one.day.isoformat()) != (one.is_workday, name, source):
            fresh.append(
                CalendarDay(
                    day=one.day,
                    is_workday=one.is_workday,
                    name=name,
                    source=source,
                    batch=batch,
                    at=work.now,
                )
            )
    work.add_all(fresh)
    return len(fresh)
