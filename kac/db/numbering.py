"""Document numbers: gapless within a kind and a day, drawn inside the transaction that posts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlmodel import Session

# Kinds that count through all days; every other kind begins anew each business day.
THROUGHOUT = {"KH": 4}


def draw(session: Session, kind: str, on: date) -> str:
    """The next number of a kind: `DD20260918-0007`, `KH0001`."""
    counter = _counter(session, kind, on)
    counter.last += 1
    session.flush()
    return written(kind, counter.period, counter.last)


def written(kind: str, period: str, number: int) -> str:
    """A number as papers carry it."""
    if kind in THROUGHOUT:
        return f"{kind}{number:0{THROUGHOUT[kind]}d}"
    return f"{kind}{period}-{number:04d}"


def last(session: Session, kind: str, on: date) -> int:
    """The last number of a kind that was drawn in the period of a day; 0 before the first."""
    return int(_counter(session, kind, on).last)


def period(kind: str, on: date) -> str:
    """The day that numbers of a kind count through; empty where they count through all days."""
    return "" if kind in THROUGHOUT else on.strftime("%Y%m%d")


def taken(session: Session, kind: str, on: date, number: int) -> None:
    """Remember that a number came from outside, so that it is not drawn again."""
    counter = _counter(session, kind, on)
    counter.last = max(counter.last, number)
    session.flush()


def _counter(session: Session, kind: str, on: date):  # type: ignore[no-untyped-def]
    from sqlmodel import select

    from kac.db.tables import NumberCounter

    through = period(kind, on)
    counter = session.exec(
        select(NumberCounter).where(NumberCounter.kind == kind, NumberCounter.period == through)
    ).first()
    if counter is None:
        counter = NumberCounter(kind=kind, period=through, last=0)
        session.add(counter)
    return counter
