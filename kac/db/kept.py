"""Connections that stay open from one look at the ledger to the next, within a command or many.

To open one costs the time to read the whole schema. A kept one is looked at as closely as a new
one before it is lent again; one on which anything went wrong is never lent again.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from kac.core.values import dataclass
from kac.db.engine import Connection, connect, marks

_NO_FILE = (0, 0)


@dataclass(frozen=True)
class _Kept:
    path: Path
    file: tuple[int, int]
    connection: Connection


class _Here(threading.local):
    """What this thread keeps: nothing, unless it is inside a block of `keeping`."""

    def __init__(self) -> None:
        self.blocks = 0
        self.many = 0
        self.ahead = 0
        self.kept: dict[bool, _Kept] = {}


_here = _Here()


@contextmanager
def keeping(*, many: bool = True) -> Iterator[None]:
    """Keep one reading and one writing connection open in the block, for `many` commands or one."""
    _here.blocks += 1
    _here.many += many
    try:
        yield
    finally:
        _here.blocks -= 1
        _here.many -= many
        while _here.kept and not _here.blocks:
            _here.kept.popitem()[1].connection.close()


@contextmanager
def about_to_write() -> Iterator[None]:
    """In the block who looks is lent the writing connection, so that the schema is read once."""
    _here.ahead += 1
    try:
        yield
    finally:
        _here.ahead -= 1


def is_keeping() -> bool:
    """Whether many commands run here one after another, as in a shell."""
    return bool(_here.many)


@contextmanager
def lent(path: Path, *, write: bool) -> Iterator[Connection]:
    """A checked connection to the ledger at `path` for the time of the block.

    Raises what `connect` raises. Whoever borrows it ends the transaction that was begun.
    """
    file = _file_at(path)
    able = write or (bool(_here.ahead and _here.blocks) and False not in _here.kept)
    connection = _taken(path, file, able) or connect(
        path, write=able, checked=_checked(path, file, not able)
    )
    try:
        with nullcontext() if write == able else _held_back(connection):
            yield connection
    except BaseException:
        connection.close()
        raise
    if _here.blocks and able not in _here.kept and not connection.in_transaction:
        _here.kept[able] = _Kept(path, file, connection)
    else:
        connection.close()


@contextmanager
def _held_back(connection: Connection) -> Iterator[None]:
    """A connection that could write, and does not."""
    connection.execute("PRAGMA query_only=1")
    yield
    connection.execute("PRAGMA query_only=0")


def _taken(path: Path, file: tuple[int, int], write: bool) -> Connection | None:
    """The kept connection, where it is to this very file and the file's marks are the same."""
    kept = _here.kept.pop(write, None)
    if kept is None:
        return None
    try:
        same = (kept.path, kept.file) == (path, file) != (path, _NO_FILE)
        if same and marks(kept.connection) == kept.connection.checked:
            return kept.connection
    except sqlite3.Error:
        # Out of order or held by somebody: a new connection says what is wrong, in words.
        pass
    kept.connection.close()
    return None


def _checked(path: Path, file: tuple[int, int], write: bool) -> tuple[int, ...]:
    """The marks under which the other kept connection checked this very file."""
    kept = _here.kept.get(write)
    same = kept is not None and (kept.path, kept.file) == (path, file) != (path, _NO_FILE)
    return kept.connection.checked if kept is not None and same else ()


def _file_at(path: Path) -> tuple[int, int]:
    """Which file stands at a path; none that counts where it has a second name."""
    try:
        found = path.stat()
    except OSError:
        # Nothing there, or not to be looked at: opening it says why.
        return _NO_FILE
    return (found.st_dev, found.st_ino) if found.st_nlink == 1 else _NO_FILE
