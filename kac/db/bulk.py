"""Bulk: rows of one table written many at a time, in the transaction that is open.

A row costs a tenth of what it costs one by one through SQLModel, which stays the source of the
columns. Every guard of the table holds, and the audit chain seals what is written in blocks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from kac.core.calendar import instant_text
from kac.db.blocks import Block, digest_of_all, digest_of_each

if TYPE_CHECKING:
    from sqlmodel import SQLModel

    from kac.db.work import Work

# Up to so many rows of a table that never changes each have a digest of their own.
_FEW = 1000


def stored(value: Any) -> Any:
    """A value as the ledger stores it: days and moments as text, yes and no as 1 and 0."""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


class Bulk:
    """One table while it is written to; rows are tuples of `columns`, `id` first.

    `next_id` is the id of the next row that is written. `changing` says that its
    rows can change later, which is why each is sealed on its own.
    """

    def __init__(self, work: Work, kind: type[SQLModel], *, changing: bool) -> None:
        table = kind.__table__  # type: ignore[attr-defined]
        self._work = work
        self._table = str(table.name)
        self._changing = changing
        self._written = 0
        self.columns = tuple(str(column.name) for column in table.columns)
        last = work.reader.value(f'SELECT max(id) FROM "{self._table}"')
        self.next_id: int = (last or 0) + 1
        most = work.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        self._at_once = max(1, min(most, 16_000) // len(self.columns))

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write rows whose ids follow one another."""
        if rows:
            self._insert(rows)
            self._seal(rows[0][0], len(rows), digest_of_each(rows))

    def add_columns(self, columns: Sequence[Sequence[Any]]) -> None:
        """Write rows given column by column; the fastest where each needs no digest of its own."""
        rows = list(zip(*columns, strict=True))
        if self._changing or self._written < _FEW:
            self.add(rows)
        elif rows:
            self._insert(rows)
            self._seal(rows[0][0], len(rows), digest_of_all(columns))

    def _insert(self, rows: Sequence[tuple[Any, ...]]) -> None:
        for start in range(0, len(rows), self._at_once):
            part = rows[start : start + self._at_once]
            self._work.connection.execute(self._statement(len(part)), [*chain.from_iterable(part)])

    def _statement(self, count: int) -> str:
        names = ", ".join(f'"{name}"' for name in self.columns)
        places = f"({', '.join('?' * len(self.columns))})"
        return f'INSERT INTO "{self._table}" ({names}) VALUES {", ".join([places] * count)}'

    def _seal(self, first: int, count: int, digests: str) -> None:
        self._work.blocks.append(Block(self._table, first, count, digests))
        self._written += count
        self.next_id = first + count


def seal_again(work: Work, table: str, first: int, count: int) -> None:
    """Seal rows that plain SQL has just changed, all of those with ids from `first` on."""
    rows = work.connection.execute(
        f'SELECT * FROM "{table}" WHERE id BETWEEN ? AND ? ORDER BY id', (first, first + count - 1)
    ).fetchall()
    assert len(rows) == count, (table, first, count)
    work.blocks.append(Block(table, first, count, digest_of_each([tuple(row) for row in rows])))
