"""Blocks: rows written many at a time, sealed with one digest for all or a short one for each.

A link of the audit chain names a block as [table, first id, count, digests]: as many digests as
rows where their table can change, else a single one over all of them, which is a tenth of the
work. The bytes under a digest are fixed here and must never change.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from kac.core.values import dataclass

# Hex digits of the digest of one row in a block: half of a SHA-256, sealed by the chain's own key.
SHORT = 32
# What stands before the digest of a whole block, so that it is never taken for two short ones.
_WHOLE = "="
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Block:
    """Rows with ids in a row from `first` on; `digests` is one text, however many there are."""

    table: str
    first: int
    count: int
    digests: str

    @property
    def is_whole(self) -> bool:
        """Whether one digest stands for all rows."""
        return self.digests.startswith(_WHOLE)

    def each(self) -> Iterator[tuple[int, str]]:
        """(id, digest) of the rows of a block that has one for each."""
        for place in range(self.count):
            yield self.first + place, self.digests[SHORT * place : SHORT * (place + 1)]


def of_body(told: dict[str, Any]) -> list[Block]:
    """The blocks that a link of the chain names."""
    return [
        Block(str(table), int(first), int(count), str(digests))
        for table, first, count, digests in told.get("blocks", ())
    ]


def digest_of_each(rows: Sequence[Sequence[Any]]) -> str:
    """The digests of rows, one after the other."""
    import hashlib

    sha256 = hashlib.sha256
    return "".join([sha256(text.encode()).hexdigest()[:SHORT] for text in _each_as_json(rows)])


def _each_as_json(rows: Sequence[Sequence[Any]]) -> list[str]:
    """Every row as JSON; all at once where no text in them looks like the end of a row."""
    encode = _ENCODER.encode
    texts = encode(rows)[2:-2].split("],[")
    if len(texts) != len(rows):
        return [encode(row) for row in rows]
    return [f"[{text}]" for text in texts]


def digest_of_all(columns: Sequence[Sequence[Any]]) -> str:
    """The digest of rows given column by column."""
    import hashlib

    digest = hashlib.sha256()
    for values in columns:
        digest.update(_column(values))
    return _WHOLE + digest.hexdigest()


def _column(values: Sequence[Any]) -> bytes:
    """The bytes of a column: whole numbers in eight bytes each, anything else as JSON."""
    try:
        numbers = array("q", values)
    except TypeError:
        text = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))
        return b"j" + text.encode()
    if sys.byteorder == "big":
        numbers.byteswap()
    return b"q" + numbers.tobytes()


def is_as_sealed(connection: sqlite3.Connection, block: Block) -> bool:
    """Whether the rows of a block with one digest are there, all of them and unchanged."""
    rows = connection.execute(
        f'SELECT * FROM "{block.table}" WHERE id BETWEEN ? AND ? ORDER BY id',
        (block.first, block.first + block.count - 1),
    ).fetchall()
    if len(rows) != block.count:
        return False
    return digest_of_all(list(zip(*rows, strict=True))) == block.digests


class Sealed:
    """What the chain says of rows, link by link: the digest that each was last sealed with."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, int], str] = {}
        self._blocks: dict[str, list[Block]] = {}

    def take(self, told: dict[str, Any]) -> None:
        """Take what a link seals; nothing of one that was made unreadable."""
        try:
            rows = {(str(table), int(key)): str(seal) for table, key, seal in told["rows"]}
            blocks = of_body(told)
        except (ValueError, TypeError, KeyError):
            return
        for block in blocks:
            if block.is_whole:
                self._blocks.setdefault(block.table, []).append(block)
            else:
                self.rows.update({(block.table, key): digest for key, digest in block.each()})
        self.rows.update(rows)

    def blocks(self, table: str) -> list[Block]:
        """The blocks of a table with one digest that holds yet, by their first id.

        One whose rows were each sealed anew, as after a migration, is not looked at any more.
        """
        return sorted(
            (block for block in self._blocks.get(table, ()) if not self._is_past(block)),
            key=lambda block: block.first,
        )

    def _is_past(self, block: Block) -> bool:
        return all((block.table, block.first + place) in self.rows for place in range(block.count))

    def names(self) -> set[str]:
        """The tables that have blocks."""
        return set(self._blocks)


def is_as_known(known: str, row: sqlite3.Row, digest: str) -> bool:
    """Whether a row is what was sealed: `digest` is its own, a short one was taken in a block."""
    return known == (digest_of_each([tuple(row)]) if len(known) == SHORT else digest)


class InBlocks:
    """Whether a row stands in one of the blocks of its table; ids are asked in order."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = iter(blocks)
        self._at = next(self._blocks, None)

    def has(self, key: int) -> bool:
        """Whether a block holds this id."""
        while self._at is not None and key >= self._at.first + self._at.count:
            self._at = next(self._blocks, None)
        return self._at is not None and key >= self._at.first
