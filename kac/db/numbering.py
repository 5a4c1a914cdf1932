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
    if kind in THROUGHOUT:
        return f"{kind}{counter.last:0{THROUGHOUT[kind]}d}"
    return f"{kind}{counter.period}-{counter.last:04d}"


def taken(session: Session, kind: str, on: date, number: int) -> None:
    """Remember that a number came from outside, so that it is not drawn again."""
    counter = _counter(session, kind, on)
    counter.last = max(counter.last, number)
    session.flush()


def _counter(session: Session, kind: str, on: date):  # type: ignore[no-untyped-def]
    from sqlmodel import select

    from kac.db.tables import NumberCounter

    period = "" if kind in THROUGHOUT else on.strftime("%Y%m%d")
    counter = session.exec(
        select(NumberCounter).where(NumberCounter.kind == kind, NumberCounter.period == period)
    ).first()
    if counter is None:
        counter = NumberCounter(kind=kind, period=period, last=0)
        session.add(counter)
    return counter
