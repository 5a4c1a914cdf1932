"""Days and moments: instants in UTC, business days in Shanghai, what people write, working days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.text import narrow
from kac.core.values import dataclass

ZONE = "Asia/Shanghai"
# China has had one time and no summer time since 1991: no table of zones is needed for that.
SHANGHAI = timezone(timedelta(hours=8), ZONE)
_WORDS = {"today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1}
_FORMS = (
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
    r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})",
    r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日",
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
    r"(?P<m>\d{1,2})-(?P<d>\d{1,2})",
)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked: Monday to Friday, except the days that are named otherwise.

    `named` maps a day to whether it is worked: public holidays, and the Saturdays and Sundays
    that make up for them.
    """

    named: Mapping[date, bool]

    def knows(self, year: int) -> bool:
        """Whether any day of a year is named; else Monday to Friday is only a guess."""
        return any(day.year == year for day in self.named)

    def is_workday(self, day: date) -> bool:
        """Whether a day is worked."""
        return self.named.get(day, day.weekday() < _SATURDAY)

    def on_or_after(self, day: date) -> date:
        """The day itself where it is worked, else the next one that is."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def end_of(self, day: date, count: int) -> date:
        """The last day of a period of `count` working days that begins on a day (A-38).

        The first day is not counted; on a day off the period begins with the next working day.
        The period ends with that day, at 24:00.
        """
        end = self.on_or_after(day)
        for _counted in range(count):
            end = self.on_or_after(end + timedelta(days=1))
        return end


def system_now() -> datetime:
    """The moment now, in UTC."""
    return datetime.now(UTC)


def business_day(moment: datetime) -> date:
    """The civil day in Shanghai of a moment; cron at 00:30 there is not yesterday."""
    return moment.astimezone(SHANGHAI).date()


def day_end(day: date) -> datetime:
    """The moment at which a business day is over: 24:00 in Shanghai."""
    over = datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=SHANGHAI)
    return over.astimezone(UTC)


def instant_text(moment: datetime) -> str:
    """A moment as the ledger stores it: UTC, microseconds, sortable as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_instant(written: str) -> datetime:
    """The moment that `instant_text` wrote."""
    return datetime.fromisoformat(written)


def local_text(moment: datetime) -> str:
    """A moment as people at the desk read it: Shanghai time to the minute."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def parse_day(written: str, today: date) -> date:
    """The day that was meant: `2026-09-18`, `20260918`, `9-18`, `昨天`, `+3d`, `-1w`.

    A day that no calendar has, and anything else, is refused with BadInput; nothing is guessed.
    """
    folded = narrow(written).lower()
    if folded in _WORDS:
        return today + timedelta(days=_WORDS[folded])
    if shift := re.fullmatch(r"([+-]\d{1,3})([dw])", folded):
        return today + timedelta(days=int(shift[1]) * (7 if shift[2] == "w" else 1))
    for form in _FORMS:
        if match := re.fullmatch(form, folded):
            parts = match.groupdict()
            year = int(parts.get("y") or today.year)
            return _real_day(written, year, int(parts["m"]), int(parts["d"]))
    raise BadInput(
        _('"{written}" is not a day').format(written=written),
        code="E-VAL-012",
        cause=[_("write 2026-09-18, 20260918, 9-18, today, yesterday or +3d")],
    )


def _real_day(written: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadInput(
            _('"{written}" names a day that no calendar has').format(written=written),
            code="E-VAL-011",
            cause=[_("write 2026-09-18, 20260918, 9-18, today, yesterday or +3d")],
        ) from None
