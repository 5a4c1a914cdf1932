"""Document numbers: gapless within a kind and a day, drawn inside the transaction that posts."""

from __future__ import annotations

import sqlite3
from datetime import date

# Kinds that count through all days; every other kind begins anew each business day.
THROUGHOUT = {"KH": 4}

_RAISE = (
    "UPDATE number_counter SET last = {last} WHERE kind = :kind AND period = :period"
    " RETURNING id, last"
)
_NEXT = _RAISE.format(last="last + 1")
_AT_LEAST = _RAISE.format(last="CASE WHEN last < :first THEN :first ELSE last END")
_BEGIN = (
    "INSERT INTO number_counter (kind, period, last) VALUES (:kind, :period, :first)"
    " RETURNING id, last"
)


def draw(connection: sqlite3.Connection, kind: str, on: date) -> tuple[str, int]:
    """The next number of a kind, `DD20260918-0007` or `KH0001`, and the key of its counter."""
    key, last = _raised(connection, _NEXT, kind, on, 1)
    return written(kind, on, last), key


def written(kind: str, on: date, number: int) -> str:
    """A number of a day as papers carry it."""
    if kind in THROUGHOUT:
        return f"{kind}{number:0{THROUGHOUT[kind]}d}"
    return f"{kind}{_period(kind, on)}-{number:04d}"


def last(connection: sqlite3.Connection, kind: str, on: date) -> int:
    """The last number of a kind that was drawn in the period of a day; 0 before the first."""
    found = connection.execute(
        "SELECT last FROM number_counter WHERE kind = ? AND period = ?", (kind, _period(kind, on))
    ).fetchone()
    return int(found[0]) if found else 0


def taken(connection: sqlite3.Connection, kind: str, on: date, number: int) -> int:
    """Remember that a number came from outside, never to be drawn; the key of its counter."""
    return _raised(connection, _AT_LEAST, kind, on, number)[0]


def _raised(
    connection: sqlite3.Connection, statement: str, kind: str, on: date, first: int
) -> tuple[int, int]:
    values = {"kind": kind, "period": _period(kind, on), "first": first}
    raised = connection.execute(statement, values).fetchone()
    key, last = raised or connection.execute(_BEGIN, values).fetchone()
    return key, last


def _period(kind: str, on: date) -> str:
    return "" if kind in THROUGHOUT else on.strftime("%Y%m%d")
