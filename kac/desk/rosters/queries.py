"""Reading the roster: who is responsible for a day, who keeps the papers of a month."""

from __future__ import annotations

from datetime import date

from kac.db.reader import Reader, Row

SET = "hypermarket"


def roster(reader: Reader, first: str, last: str) -> list[Row]:
    """Who is responsible for each day of a term, in order."""
    return reader.all(
        "SELECT * FROM v_settlement_roster WHERE day BETWEEN :first AND :last ORDER BY day",
        first=first,
        last=last,
    )


def officer(reader: Reader, day: date) -> str:
    """Who is on the roster of a day; empty where nobody is."""
    found = reader.value(
        "SELECT officer FROM v_settlement_roster WHERE day = :day", day=day.isoformat()
    )
    return str(found or "")


def next_officer(reader: Reader, day: str) -> str:
    """Who is on the roster of the next day that it names."""
    found = reader.value(
        "SELECT officer FROM v_settlement_roster WHERE day > :day ORDER BY day LIMIT 1", day=day
    )
    return str(found or "")


def keeper(reader: Reader, month: str) -> str:
    """Who keeps the papers of a month, `2026-11`; empty where nobody does."""
    found = reader.value(
        "SELECT keeper FROM settlement_keeper WHERE month = :month ORDER BY id DESC LIMIT 1",
        month=month,
    )
    return str(found or "")
