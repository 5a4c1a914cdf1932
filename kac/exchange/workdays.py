"""Calendar files (工作日历): one row is one day that is not what its weekday says."""

from __future__ import annotations

import re
from datetime import date

from kac.core.calendar import parse_day
from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.db.work import Work
from kac.desk.workdays.actions import NamedDay, take_days
from kac.exchange import cells
from kac.exchange.columns import Column
from kac.exchange.kind import Kind, Taken
from kac.exchange.sheet import Sheet

_WITH_YEAR = re.compile(r"\d{4}\D.*|\d{8}")
_WORKED = {"上班": True, "放假": False, "休": False, "班": True, "yes": True, "no": False}


def _day(text: str) -> date:
    if not _WITH_YEAR.fullmatch(text):
        raise BadInput(_('"{written}" names no year').format(written=text))
    return parse_day(text, date.min)


COLUMNS = (
    Column("day", ("日期",), _day),
    Column("is_workday", ("上班", "上班或放假"), cells.choice(_WORKED)),
    Column("name", ("名称", "节日"), cells.name(40)),
    Column("source", ("依据", "来源"), cells.words(80), optional=True),
)


def take(work: Work, sheet: Sheet, document: str) -> Taken:
    """Take every sound day in; a day that stands twice in the file is refused."""
    seen: dict[date, int] = {}
    for line in sheet.sound():
        first = seen.setdefault(line.values["day"], line.number)
        if first != line.number:
            sheet.refuse(line, "day", _("it stands in line {line} already").format(line=first))
    days = [NamedDay(**line.values) for line in sheet.sound()]
    return Taken({"days": take_days(work, document, days)})


KIND = Kind("calendar", COLUMNS, take, "kac calendar show")
