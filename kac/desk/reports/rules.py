"""Arithmetic of reports: this year beside the last, shares, seasons, promises kept, bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kac.core.money import BP_WHOLE
from kac.core.values import dataclass

_BLOCK, _HALF = "█", "▌"


@dataclass(frozen=True, slots=True)
class Sold:
    """What was sold under one heading: its key and name, orders, fen asked, cost, given back."""

    key: str
    label: str
    orders: int = 0
    sales_fen: int = 0
    cost_fen: int = 0
    rebate_fen: int = 0

    @property
    def margin_fen(self) -> int:
        """What is left of the sales, in fen."""
        return self.sales_fen - self.rebate_fen - self.cost_fen


@dataclass(frozen=True, slots=True)
class Season:
    """The days before a holiday and the holiday's first day, in one year."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Promise:
    """An order, by when the customer wanted it, and when the customer had it."""

    key: str
    label: str
    need_by: date
    signed_on: date | None


@dataclass(slots=True)
class Kept:
    """How the promises under one heading were kept; due = on time + late + still waiting."""

    key: str
    label: str
    due: int = 0
    on_time: int = 0
    late: int = 0
    waiting: int = 0
    days_late: int = 0
    worst: int = 0


def share_bp(part: int, whole: int) -> int | None:
    """A part in basis points of the whole, half rounded up; None of nothing."""
    return (2 * part * BP_WHOLE + whole) // (2 * whole) if whole > 0 else None


def change_bp(now: int, before: int) -> int | None:
    """Growth in basis points of what was before; None where nothing was."""
    return share_bp(now - before, before)


def margin_bp(row: Sold) -> int | None:
    """What is left in basis points of what was taken, rounded down as on every order."""
    taken = row.sales_fen - row.rebate_fen
    return row.margin_fen * BP_WHOLE // taken if taken > 0 else None


def end_of_month(day: date) -> date:
    """The last day of the month of a day."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def a_year_before(day: date) -> date:
    """The same day of the year before; the 29th of February had none, the 28th stands for it."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def a_year_on(rows: Iterable[Sold]) -> list[Sold]:
    """Rows of days or months under the heading of the year after; a lost 29th joins the 28th."""
    found: dict[str, Sold] = {}
    for row in rows:
        year = int(row.key[:4]) + 1
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        rest = "-02-28" if row.key[4:] == "-02-29" and not leap else row.key[4:]
        key = f"{year:04d}{rest}"
        before = found.get(key, Sold(key, row.label))
        found[key] = Sold(
            key, row.label, before.orders + row.orders, before.sales_fen + row.sales_fen
        )
    return list(found.values())


def by_sales(rows: Iterable[Sold]) -> list[Sold]:
    """The largest first, equal ones by key."""
    return sorted(rows, key=lambda row: (-row.sales_fen, row.key))


def seasons(holidays: Iterable[tuple[date, str]], year: int, length: int) -> list[Season]:
    """The season of each holiday of a year: `length` days before its first day, and that day.

    `holidays` are the days off by name; a day that is two holidays at once is named `甲、乙`.
    """
    first: dict[str, date] = {}
    for day, names in sorted(holidays):
        for name in names.split("、"):
            if day.year == year and name:
                first.setdefault(name, day)
    return [Season(name, day - timedelta(days=length), day) for name, day in first.items()]


def kept(promises: Iterable[Promise], today: date) -> list[Kept]:
    """Promises by heading. What is not delivered is late once its day is over."""
    found: dict[str, Kept] = {}
    for each in promises:
        row = found.setdefault(each.key, Kept(each.key, each.label))
        row.due += 1
        late = ((each.signed_on or today) - each.need_by).days
        if late > 0:
            row.late += 1
            row.days_late += late
            row.worst = max(row.worst, late)
        elif each.signed_on:
            row.on_time += 1
        else:
            row.waiting += 1
    return sorted(found.values(), key=lambda row: row.key)


def aged(
    amounts: Iterable[tuple[date, int]], on: date, bands: Sequence[int]
) -> list[tuple[int, int | None, int]]:
    """(first day, last day, fen) of each band of ages: up to 30 days, from 31 to 60, and so on.

    `bands` are the last days of all but the oldest band, which has no end.
    """
    sums = [0] * (len(bands) + 1)
    for day, fen in amounts:
        age = (on - day).days
        sums[sum(1 for band in bands if age > band)] += fen
    firsts = [0, *(band + 1 for band in bands)]
    return list(zip(firsts, [*bands, None], sums, strict=True))


def bar(value: int, largest: int, cells: int) -> str:
    """A bar as long as its value beside the largest, to half a cell; nothing for less than that."""
    if value <= 0 or largest <= 0:
        return ""
    halves = (4 * value * cells + largest) // (2 * largest)
    return _BLOCK * (halves // 2) + _HALF * (halves % 2)


def bars(values: Sequence[int], cells: int) -> list[str]:
    """The bars of a column of values."""
    largest = max(values, default=0)
    return [bar(value, largest, cells) for value in values]


def joined(now: Sequence[Sold], before: Iterable[Sold]) -> list[tuple[Sold, int]]:
    """Each heading of now with its sales of the year before; headings that are gone come last."""
    then = {row.key: row for row in before}
    pairs = [(row, then[row.key].sales_fen if row.key in then else 0) for row in now]
    gone = by_sales(row for key, row in then.items() if key not in {row.key for row in now})
    return pairs + [(Sold(row.key, row.label), row.sales_fen) for row in gone]


TARGET, WON = "target_reached", "account_won"


@dataclass(frozen=True, slots=True)
class Reward:
    """One reason to reward an officer: what was sold, or the customers that were won."""

    officer: str
    reason: str
    sales_fen: int | None = None
    customers: tuple[str, ...] = ()


def rewards(
    sales: Iterable[tuple[str, int]], won: Iterable[tuple[str, str]], target_fen: int
) -> list[Reward]:
    """Who is rewarded and why, each reason once for each officer (CRD-MGT-04).

    `sales` are (officer, fen) of a month, `won` (officer, customer). Without a target nobody is
    rewarded for one.
    """
    found = [
        Reward(officer, TARGET, sales_fen=fen)
        for officer, fen in sales
        if target_fen and fen >= target_fen
    ]
    accounts: dict[str, list[str]] = {}
    for officer, customer in won:
        accounts.setdefault(officer, []).append(customer)
    found += [
        Reward(officer, WON, customers=tuple(dict.fromkeys(names)))
        for officer, names in accounts.items()
    ]
    return sorted(found, key=lambda reward: (reward.officer, reward.reason))
