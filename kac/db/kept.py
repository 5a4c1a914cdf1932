"""Connections that stay open from one command to the next, in a process that runs many.

To open one costs the time to read the whole schema. A kept one is looked at as closely as a new
one before it is lent again; one on which anything went wrong is never lent again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kac.db.engine import Connection, connect, marks

_kept: dict[bool, tuple[Path, tuple[int, int], Connection]] = {}
_blocks = 0


@contextmanager
def keeping() -> Iterator[None]:
    """Keep one reading and one writing connection open between the commands of the block."""
    global _blocks
    _blocks += 1
    try:
        yield
    finally:
        _blocks -= 1
        if not _blocks:
            _close_all()


@contextmanager
def lent(path: Path, *, write: bool) -> Iterator[Connection]:
    """A checked connection to the ledger at `path` for the time of the block.

    Raises what `connect` raises. Whoever borrows it ends the transaction that was begun.
    """
    connection = _taken(path, write) or connect(path, write=write)
    try:
        yield connection
    except BaseException:
        connection.close()
        raise
    if _blocks and write not in _kept and not connection.in_transaction:
        _kept[write] = (path, _identity(path), connection)
    else:
        connection.close()


def _taken(path: Path, write: bool) -> Connection | None:
    """The kept connection, where it is to this very file and the file's marks are the same."""
    if write not in _kept:
        return None
    known, identity, connection = _kept.pop(write)
    try:
        if known == path and identity == _identity(path) and marks(connection) == connection.checked:
            return connection
    except (OSError, sqlite3.Error):
        # Gone or out of order: a new connection says what is wrong, in words.
        pass
    connection.close()
    return None


def _identity(path: Path) -> tuple[int, int]:
    """Which file stands at a path; a second name for it makes it no ledger."""
    found = path.stat()
    return (found.st_dev, found.st_ino) if found.st_nlink == 1 else (0, 0)


def _close_all() -> None:
    for write in list(_kept):
        _kept.pop(write)[2].close()
