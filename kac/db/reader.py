"""Plain SELECTs over the published views, through the standard library alone.

Queries are written with named parameters, so that they run here and inside a transaction alike.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kac.db.kept import lent
from kac.db.storage import translated

Row = sqlite3.Row


class Reader:
    """Runs named queries on one connection and hands back their results."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def all(self, sql: str, **parameters: Any) -> list[Row]:
        """Every row of the result."""
        return self.connection.execute(sql, parameters).fetchall()

    def each(self, sql: str, **parameters: Any) -> Iterator[Row]:
        """The rows of the result one by one, for what is too long to be held whole."""
        yield from self.connection.execute(sql, parameters)

    def first(self, sql: str, **parameters: Any) -> Row | None:
        """The first row, or None."""
        row: Row | None = self.connection.execute(sql, parameters).fetchone()
        return row

    def one(self, sql: str, **parameters: Any) -> Row:
        """The row that must be there."""
        row = self.first(sql, **parameters)
        assert row is not None, sql
        return row

    def value(self, sql: str, **parameters: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.first(sql, **parameters)
        return row[0] if row is not None else None


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """A read-only look at the ledger; one consistent moment for all queries in the block."""
    with translated(path), lent(path, write=False) as connection:
        connection.execute("BEGIN")
        yield Reader(connection)
        connection.execute("ROLLBACK")
