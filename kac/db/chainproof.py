"""The proof of the audit chain: one pass over its links beside one pass over the rows they seal.

Rows that never change are sealed in the order of their ids, so a table and the chain are read
side by side and nothing is kept of either. Of tables whose rows can change the last digest of
each row is kept, in as many bytes as the digest has.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from kac.core.i18n import _
from kac.core.values import dataclass
from kac.db.blocks import SHORT, Block, digest_of_all, digest_of_each, is_as_sealed

# A digest as it is kept: how many bytes of it there are, then the bytes.
_DIGEST = 32
_SLOT = 1 + _DIGEST
_PAGE = 512
# An id before every id that a row can have, those below zero too.
_BEFORE_ALL = -(2**63)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Values = tuple[Any, ...]


class Kept:
    """The last digest that each row of a table was sealed with, by id."""

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}
        self.count = 0

    def put(self, key: int, digest: str) -> None:
        """Keep a digest in the place of an earlier one; one that is none never fits a row."""
        try:
            told = bytes.fromhex(digest)[:_DIGEST]
        except ValueError:
            told = b""
        page = self._pages.setdefault(key // _PAGE, bytearray(_PAGE * _SLOT))
        at = key % _PAGE * _SLOT
        self.count += not page[at]
        page[at : at + _SLOT] = bytes([1 + len(told)]) + told.ljust(_DIGEST, b"\0")

    def get(self, key: int) -> str | None:
        """The digest of a row; None where no link named it."""
        page = self._pages.get(key // _PAGE)
        at = key % _PAGE * _SLOT
        if page is None or not page[at]:
            return None
        return page[at + 1 : at + page[at]].hex()

    def ids(self) -> Iterator[int]:
        """The ids, in order."""
        for number in sorted(self._pages):
            page = self._pages[number]
            for place in range(_PAGE):
                if page[place * _SLOT]:
                    yield number * _PAGE + place


class Rows:
    """The rows of one table, and the digests that the chain would seal them with."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self.table = table
        self.connection = connection
        names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        self._sorted = sorted((name, place) for place, name in enumerate(names))
        self._key = names.index("id")

    def after(self, key: int) -> Iterator[Values]:
        """Rows in the order of their ids, from behind one."""
        yield from self._select("id > ? ORDER BY id", key)

    def one(self, key: int) -> Values | None:
        """The row of an id."""
        return next(iter(self._select("id = ?", key).fetchall()), None)

    def _select(self, which: str, key: int) -> sqlite3.Cursor:
        cursor = self.connection.cursor()
        cursor.row_factory = None
        return cursor.execute(f'SELECT * FROM "{self.table}" WHERE {which}', (key,))

    def key(self, row: Values) -> int:
        """The id of a row."""
        return int(row[self._key])

    def is_as_known(self, row: Values, known: str) -> bool:
        """Whether a row is as it was sealed, on its own or in a block."""
        if len(known) == SHORT:
            return digest_of_each([row]) == known
        return self._digest(row) == known

    def _digest(self, row: Values) -> str:
        import hashlib

        told = _ENCODER.encode({name: row[place] for name, place in self._sorted})
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class Faults:
    """What is wrong with a table: ids of rows, and blocks of which a row was changed."""

    inserted: Sequence[int]
    changed: Sequence[int]
    gone: Sequence[int]
    blocks: Sequence[Block]

    def told(self, table: str) -> Iterator[str]:
        """As sentences, but for the rows that are gone."""
        new = frozenset(self.inserted)
        for key in sorted({*new, *self.changed}):
            says = (
                _("{table} {id} was inserted outside of kac")
                if key in new
                else _("{table} {id} was changed outside of kac")
            )
            yield says.format(table=table, id=key)
        for block in self.blocks:
            yield _(
                "{table} {first} to {last}: a row was changed or deleted outside of kac"
            ).format(table=table, first=block.first, last=block.first + block.count - 1)


class Fixed:
    """A table whose rows never change, read beside the chain from behind the id `since`."""

    def __init__(self, rows: Rows, since: int) -> None:
        self._rows = rows
        self._stream = rows.after(since)
        self._next: Values | None = next(self._stream, None)
        self._done = since
        self._again = Kept()
        self._inserted: set[int] = set()
        self._changed: set[int] = set()
        self._gone: set[int] = set()
        self._blocks: list[Block] = []
        self.sealed = 0

    def take(self, key: int, digest: str) -> None:
        """Take the digest of a row; one behind us was sealed anew, as after a migration."""
        if key <= self._done:
            self._again.put(key, digest)
            return
        self._pass_to(key)
        self._done = key
        self.sealed += 1
        if self._next is None or self._rows.key(self._next) != key:
            self._gone.add(key)
            return
        if not self._rows.is_as_known(self._next, digest):
            self._changed.add(key)
        self._next = next(self._stream, None)

    def take_block(self, block: Block) -> None:
        """Take a block; one whose rows do not fit it is looked at row by row, or in the end."""
        if block.first <= self._done:
            self._take_past(block)
            return
        rows = self._rows_of(block)
        fits = len(rows) == block.count and (
            digest_of_all(list(zip(*rows, strict=True))) if block.is_whole else digest_of_each(rows)
        )
        if fits == block.digests:
            return
        if block.is_whole:
            self._blocks.append(block)
            return
        found = {self._rows.key(row): row for row in rows}
        for key, digest in block.each():
            if key not in found:
                self._gone.add(key)
            elif not self._rows.is_as_known(found[key], digest):
                self._changed.add(key)

    def faults(self) -> Faults:
        """What is wrong, after the last link was taken."""
        while self._next is not None:
            self._inserted.add(self._rows.key(self._next))
            self._next = next(self._stream, None)
        for key in self._again.ids():
            self._look_again(key)
        past = [block for block in self._blocks if not _is_past(block, self._again)]
        return Faults(sorted(self._inserted), sorted(self._changed), sorted(self._gone), past)

    def _pass_to(self, key: int) -> None:
        while self._next is not None and self._rows.key(self._next) < key:
            self._inserted.add(self._rows.key(self._next))
            self._next = next(self._stream, None)

    def _rows_of(self, block: Block) -> list[Values]:
        self._pass_to(block.first)
        self._done = block.first + block.count - 1
        self.sealed += block.count
        rows = []
        while self._next is not None and self._rows.key(self._next) <= self._done:
            rows.append(self._next)
            self._next = next(self._stream, None)
        return rows

    def _take_past(self, block: Block) -> None:
        if not block.is_whole:
            for key, digest in block.each():
                self._again.put(key, digest)
        elif not is_as_sealed(self._rows.connection, block):
            self._blocks.append(block)
        else:
            self._inserted.difference_update(range(block.first, block.first + block.count))

    def _look_again(self, key: int) -> None:
        self._inserted.discard(key)
        self._changed.discard(key)
        self._gone.discard(key)
        row = self._rows.one(key)
        if row is None:
            self._gone.add(key)
        elif not self._rows.is_as_known(row, self._again.get(key) or ""):
            self._changed.add(key)


class Changing:
    """A table whose rows can change: the last digest of each counts, compared in the end.

    From behind the id `since` every row is looked at; of those before it, the ones sealed anew.
    """

    def __init__(self, rows: Rows, since: int) -> None:
        self._rows = rows
        self._since = since
        self._kept = Kept()
        self._blocks: list[Block] = []
        self.sealed = 0

    def take(self, key: int, digest: str) -> None:
        """Take the digest of a row, in the place of an earlier one."""
        before = self._kept.count
        self._kept.put(key, digest)
        self.sealed += key > self._since and self._kept.count > before

    def take_block(self, block: Block) -> None:
        """Take a block."""
        if block.is_whole:
            self._blocks.append(block)
            self.sealed += block.count
            return
        for key, digest in block.each():
            self.take(key, digest)

    def faults(self) -> Faults:
        """What is wrong, after the last link was taken."""
        inserted, changed, gone = [], [], []
        blocks = sorted(
            (block for block in self._blocks if not _is_past(block, self._kept)),
            key=lambda block: block.first,
        )
        stream = self._rows.after(self._since)
        row = next(stream, None)
        for key in self._kept.ids():
            if key <= self._since:
                found = self._rows.one(key)
            else:
                while row is not None and self._rows.key(row) < key:
                    inserted += self._outside(row, blocks)
                    row = next(stream, None)
                found = row if row is not None and self._rows.key(row) == key else None
                row = next(stream, None) if found is not None else row
            if found is None:
                gone.append(key)
            elif not self._rows.is_as_known(found, self._kept.get(key) or ""):
                changed.append(key)
        while row is not None:
            inserted += self._outside(row, blocks)
            row = next(stream, None)
        off = [block for block in blocks if not is_as_sealed(self._rows.connection, block)]
        return Faults(inserted, changed, gone, off)

    def _outside(self, row: Values, blocks: Sequence[Block]) -> list[int]:
        key = self._rows.key(row)
        inside = any(block.first <= key < block.first + block.count for block in blocks)
        return [] if inside else [key]


def _is_past(block: Block, kept: Kept) -> bool:
    """Whether every row of a block was sealed anew, as after a migration."""
    return all(kept.get(block.first + place) is not None for place in range(block.count))


class Proof:
    """Every table beside the chain; `since` are the ids behind which rows are looked at."""

    def __init__(
        self, connection: sqlite3.Connection, tables: Sequence[str], since: dict[str, int]
    ) -> None:
        fixed = _never_changing(connection)
        self._tables: dict[str, Fixed | Changing] = {
            table: (Fixed if table in fixed else Changing)(
                Rows(connection, table), since.get(table, _BEFORE_ALL)
            )
            for table in tables
        }
        self._unknown: dict[str, set[int]] = {}
        # The rows that the links named, where only what is new is looked at.
        self.touched: dict[str, set[int]] = {}
        self._notes = bool(since)

    def take(self, told: dict[str, Any]) -> None:
        """Take what a link seals; nothing of one that was made unreadable."""
        try:
            rows = [(str(table), int(key), str(digest)) for table, key, digest in told["rows"]]
            blocks = [
                Block(str(table), int(first), int(count), str(digests))
                for table, first, count, digests in told.get("blocks", ())
            ]
        except (ValueError, TypeError, KeyError):
            return
        if self._notes:
            self._note(rows, blocks)
        # A row may stand before or behind a block of its table: each is taken in its place.
        for block in sorted(blocks, key=lambda block: block.first):
            for row in rows:
                if row[0] == block.table and row[1] < block.first:
                    self._take(*row)
            rows = [row for row in rows if row[0] != block.table or row[1] > block.first]
            if block.table in self._tables:
                self._tables[block.table].take_block(block)
            else:
                self._unknown.setdefault(block.table, set())
        for table, key, digest in rows:
            self._take(table, key, digest)

    def _note(self, rows: Sequence[tuple[str, int, str]], blocks: Sequence[Block]) -> None:
        for table, key, _digest in rows:
            self.touched.setdefault(table, set()).add(key)
        for block in blocks:
            ids = range(block.first, block.first + block.count)
            self.touched.setdefault(block.table, set()).update(ids)

    def _take(self, table: str, key: int, digest: str) -> None:
        if table in self._tables:
            self._tables[table].take(key, digest)
        else:
            self._unknown.setdefault(table, set()).add(key)

    def sealed(self, table: str) -> int:
        """How many rows behind `since` the links sealed."""
        return self._tables[table].sealed

    def told(self) -> Iterator[str]:
        """Every fault of the rows as a sentence, after the last link was taken."""
        gone: dict[str, Sequence[int]] = {
            table: sorted(keys) for table, keys in self._unknown.items()
        }
        for table in sorted(self._tables):
            faults = self._tables[table].faults()
            yield from faults.told(table)
            gone[table] = faults.gone
        for table in sorted(gone):
            for key in gone[table]:
                yield _("{table} {id} was deleted outside of kac").format(table=table, id=key)
        for table in sorted(self._unknown):
            yield _("{table} is gone").format(table=table)


def _never_changing(connection: sqlite3.Connection) -> frozenset[str]:
    """The tables that a trigger keeps from every change."""
    return frozenset(
        row[0]
        for row in connection.execute(
            "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'"
            " AND name = tbl_name || '_no_update'"
        )
    )
