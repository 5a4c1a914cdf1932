"""Plain files: CSV in which nothing is out of order, read bit by bit and never held whole.

Whatever is not plainly right is left to `sheet.read`, which reads the whole file and says what is
wrong with it, or finds that it can be understood after all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from kac.core.errors import KacError
from kac.exchange import cells
from kac.exchange.columns import Column, Header, match_header
from kac.exchange.decoding import readings
from kac.exchange.digest import ENDS, Digest
from kac.exchange.rows import MOST_BYTES, MOST_LINES
from kac.exchange.source import Source
from kac.exchange.workbook import is_workbook

Progress = Callable[[int, int], None]
_FIRST_BYTES = 64 * 1024
_ROWS_AT_ONCE = 512
# What stands beside a cell that is to be cleaned, and what is taken off anywhere at its edges.
_FIELD, _ROW = ENDS
_DIRT = (
    *(f"{end} " for end in ENDS), *(f" {end}" for end in ENDS), f'{_FIELD}="', f'{_ROW}="',
    "\t", "\u00a0", "\ufeff", "\u3000", "`", "'",
)  # fmt: skip


class NotPlain(Exception):
    """The file is to be read with care: it may be wrong, or only unusual."""


class PlainSheet:
    """A plain file: its header, then its rows in order with their cells clean.

    `rows` and `digest` are known when `chunks` has come to its end.
    """

    def __init__(
        self, source: Source, columns: Sequence[Column], progress: Progress | None = None
    ) -> None:
        self._source = source
        self._columns = columns
        self._progress = progress
        self._size = source.size()
        if self._size > MOST_BYTES:
            raise NotPlain
        self._decode, self.header = self._first_line(columns)
        self.encoding = "utf-8" if self._decode == "ascii" else self._decode
        self.rows = 0
        self.digest = ""

    def _first_line(self, columns: Sequence[Column]) -> tuple[str, Header]:
        with self._source.open() as file:
            first = file.read(_FIRST_BYTES)
        if is_workbook(first):
            raise NotPlain
        if len(first) < self._size:
            # A line that is cut off may be cut inside a character.
            first = first[: first.rfind(b"\n") + 1]
        try:
            found = readings(first)
        except KacError as trouble:
            raise NotPlain from trouble
        if len(found) > 1 or found[0].encoding == "utf-16":
            raise NotPlain
        header = match_header(next(csv.reader(io.StringIO(found[0].text, newline="")), []), columns)
        if not header.exact:
            raise NotPlain
        # What is pure ASCII so far and something else later could be read in two ways.
        return "ascii" if first.isascii() else found[0].encoding, header

    def parse(self, key: str) -> tuple[int | None, Callable[[str], Any]]:
        """Where the column with this key stands, and how its cells are read."""
        position = self.header.position(key)
        column = next(column for column in self._columns if column.key == key)
        return position, partial(cells.value, parse=column.parse)

    def chunks(self) -> Iterator[list[list[str]]]:
        """The rows, some hundreds at a time; NotPlain, also in the middle, where they are not."""
        digest = Digest([column.key if column else None for column in self.header.columns])
        with self._source.open() as file:
            text = io.TextIOWrapper(file, self._decode, errors="strict", newline="")
            reader = csv.reader(text, strict=True)
            try:
                next(reader)
                for rows in _some(reader):
                    self.rows += len(rows)
                    if self.rows > MOST_LINES:
                        raise NotPlain
                    yield self._clean(rows, digest)
                    if self._progress is not None:
                        self._progress(min(file.tell(), self._size), self._size)
            except (csv.Error, UnicodeError) as trouble:
                raise NotPlain from trouble
        if not self.rows:
            raise NotPlain
        self.digest = digest.value()

    def _clean(self, rows: list[list[str]], digest: Digest) -> list[list[str]]:
        width = len(self.header.cells)
        if set(map(len, rows)) != {width}:
            raise NotPlain
        whole = digest.text(rows)
        if "\0" in whole or whole.count(_ROW) != len(rows) or whole.count(_FIELD) % len(rows):
            raise NotPlain
        between = _ROW + whole
        if any(mark in between for mark in _DIRT):
            rows = [[cells.clean(cell) for cell in row] for row in rows]
            whole = digest.text(rows)
        digest.add(whole)
        if f"{_ROW}{_FIELD * (whole.count(_FIELD) // len(rows))}{_ROW}" in _ROW + whole:
            raise NotPlain
        return rows


def _some(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for row in reader:
        rows.append(row)
        if len(rows) == _ROWS_AT_ONCE:
            yield rows
            rows = []
    while rows and not rows[-1]:
        rows.pop()
    if rows:
        yield rows


class Memo(dict[str, Any]):
    """What cells say, by what is written in them: the same words stand in thousands of rows."""

    def __init__(self, parse: Callable[[str], Any], most: int = 8192) -> None:
        super().__init__()
        self._parse = parse
        self._most = most

    def __missing__(self, raw: str) -> Any:
        if len(self) >= self._most:
            self.clear()
        value = self[raw] = self._parse(raw)
        return value


def picker(
    places: Sequence[int | None],
) -> Callable[[Sequence[Sequence[str]], int], list[Sequence[str]]]:
    """A function that takes these columns out of many; one that no row has is empty."""

    def pick(columns: Sequence[Sequence[str]], rows: int) -> list[Sequence[str]]:
        return [("",) * rows if place is None else columns[place] for place in places]

    return pick
