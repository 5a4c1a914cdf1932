"""A row for every table: where no story has left one, a made-up row that every CHECK lets in.

They mean nothing, but they are sealed like any other, so that guards and chain can be tried on
tables whose stories are told elsewhere.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from random import Random

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint

from kac.core.actor import SYSTEM
from kac.db.audit import UNSEALED
from kac.db.work import Outcome, Request, Work, perform
from kac.schema import whole_metadata
from tests.conftest import Desk

LEAST = 2
_TRIES = 200_000
# Tables that hold one row by nature.
SINGLE = {"ledger_info", "schema_info"}


def cram(desk: Desk) -> None:
    """See that every sealed table of a desk's ledger has two rows at least."""

    def act(work: Work) -> Outcome:
        for table in whole_metadata().sorted_tables:
            if table.name not in UNSEALED | SINGLE:
                _fill(work, table)
        return Outcome({"number": "crammed", "state": "made up"})

    request = Request("crammed", "cram", "crammed", desk.now, desk.now.date())
    perform(desk.ledger, request, lambda _reader: SYSTEM, act)


def _fill(work: Work, table: Table) -> None:
    chance = Random(table.name)
    for place in range(_count(work.connection, table.name), LEAST):
        _add(work, table, place + 1, chance, set())
    for place, key in enumerate(_unfilled(work.connection, table), start=LEAST + 1):
        _add(work, table, place, chance, key)


def _add(work: Work, table: Table, place: int, chance: Random, filled: set[str]) -> None:
    key = next(_made_up(work.connection, table, place, chance, filled), None)
    assert key is not None, f"no row could be made up for {table.name}"
    work.touched.add((table.name, key))


def _unfilled(connection: sqlite3.Connection, table: Table) -> list[set[str]]:
    """The unique keys that no row has whole, such as the row that another one takes back."""
    keys = [set(each.columns.keys()) for each in table.constraints if _is_unique(each)]
    found = []
    for key in keys:
        whole = " AND ".join(f"{name} IS NOT NULL" for name in key)
        query = f"SELECT 1 FROM {table.name} WHERE {whole} LIMIT 1"
        if connection.execute(query).fetchone() is None:
            found.append(key)
    return found


def _is_unique(constraint: object) -> bool:
    return isinstance(constraint, UniqueConstraint)


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _made_up(
    connection: sqlite3.Connection, table: Table, place: int, chance: Random, filled: set[str]
) -> Iterator[int]:
    """The keys of rows that the table has taken, trial by trial; nothing lacks in `filled`."""
    columns = [column for column in table.columns if column.name != "id"]
    offers = {column.name: _offers(connection, table, column, place) for column in columns}
    for name in filled:
        offers[name] = [offer for offer in offers[name] if offer is not None]
    names, marks = ", ".join(f'"{name}"' for name in offers), ", ".join("?" for _name in offers)
    for _trial in range(_TRIES):
        values = [chance.choice(offer) for offer in offers.values()]
        try:
            insert = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
            yield int(connection.execute(insert, values).lastrowid or 0)
        except sqlite3.IntegrityError:
            continue


def _offers(
    connection: sqlite3.Connection, table: Table, column: Column[object], place: int
) -> list[object]:
    """Values that might do for a column."""
    none: list[object] = [None] if column.nullable else []
    if parent := column.info.get("refers") or _parent(column):
        return none + [row[0] for row in connection.execute(f"SELECT id FROM {parent} LIMIT 9")]
    kind = type(column.type).__name__
    if kind == "Boolean":
        return [*none, 0, 1]
    if kind == "Date":
        return [*none, f"2026-11-{20 + place}", f"2026-12-{20 + place}"]
    if kind == "Instant":
        return [*none, f"2026-11-20T0{place}:00:00.000000Z"]
    if kind in ("Integer", "BigInteger"):
        return [*none, place, 0, 1, 2, 1000]
    return [*none, f"x{place}", f"x{place}", "", *_spelled(table, column.name, place)]


def _parent(column: Column[object]) -> str:
    keys = list(column.foreign_keys)
    return keys[0].target_fullname.split(".")[0] if keys else ""


def _spelled(table: Table, column: str, place: int) -> list[object]:
    """The words that CHECKs of a table know for a column, and one of the length they want."""
    checks = [each for each in table.constraints if isinstance(each, CheckConstraint)]
    texts = [str(check.sqltext) for check in checks]
    spoken = [text for text in texts if re.search(rf"\b{column}\b", text)]
    words: list[object] = [word for text in spoken for word in re.findall(r"'([^']*)'", text)]
    lengths = re.findall(rf"length\({column}\) = (\d+)", " ".join(spoken))
    return words + [str(place) * int(length) for length in lengths]
