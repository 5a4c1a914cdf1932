"""Long files: CSV read row by row and kept in a file of its own, so that nothing is held whole.

What is told of a row is what `sheet.read` would tell of it; only where it is kept differs.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import IO

from kac.core.errors import KacError
from kac.core.text import folded
from kac.db.engine import scratch
from kac.exchange import cells, rejects
from kac.exchange.columns import Column, match_header
from kac.exchange.decoding import settled
from kac.exchange.digest import Digest
from kac.exchange.plain import NotPlain, Progress
from kac.exchange.rows import MOST_BYTES, rows_from
from kac.exchange.sheet import CellError, Line, Sheet, gap_says, line_of, no_rows, parser
from kac.exchange.source import Source
from kac.exchange.workbook import COMPOUND, ZIP

_PIECE = 256 * 1024
_ROWS_AT_ONCE = 512
# Documents that are looked at together.
_AT_ONCE = 200
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -2048;
CREATE TABLE row (line INTEGER PRIMARY KEY, document TEXT, together TEXT, cells TEXT);
CREATE TABLE error (
    id INTEGER PRIMARY KEY, line INTEGER, place INTEGER, name TEXT, value TEXT, reason TEXT
);
"""
# Rows by document, in the order in which documents begin.
_BY_DOCUMENT = """
SELECT line, cells, first FROM (
    SELECT line, cells, min(line) OVER (PARTITION BY document) AS first FROM row
) ORDER BY first, line
"""
_REJECTED = """
FROM row WHERE line IN (SELECT line FROM error)
OR together IN (
    SELECT together FROM row WHERE line IN (SELECT line FROM error) AND together <> ''
)
"""


class LongSheet:
    """A file whose rows are on disk: `some` documents at a time, then what is wrong with them.

    Raises NotPlain where `sheet.read` has to look at the whole, and BadInput as that does.
    """

    def __init__(
        self,
        source: Source,
        columns: Sequence[Column],
        together: str,
        progress: Progress | None = None,
    ) -> None:
        self._source = source
        self._size = source.size()
        self._progress = progress or (lambda _done, _all: None)
        self.encoding = self._settled()
        with source.open() as file, self._text(file) as text:
            self.header = match_header(next(rows_from(text), (1, []))[1], columns)
        if not self.header.exact:
            raise NotPlain
        self._parsers = [parser(column) for column in self.header.columns]
        self._absent = {c.key: c.parse("") for c in columns if self.header.position(c.key) is None}
        self._together = self.header.position(together)
        self.rows = 0
        self._disk = scratch()
        self._disk.executescript(_TABLES)
        self.digest = self._read()

    def close(self) -> None:
        """Let the file on disk go."""
        self._disk.close()

    def some(self) -> Iterator[tuple[Sheet, list[list[Line]]]]:
        """Some documents at a time, with a sheet of their own; what is noted on it is kept."""
        sheet, documents, last = self._sheet(), list[list[Line]](), 0
        for done, (number, text, first) in enumerate(self._disk.execute(_BY_DOCUMENT)):
            if first != last and len(documents) == _AT_ONCE:
                yield sheet, documents
                self._keep(sheet.errors)
                self._progress(self._size + self._size * done // self.rows, 2 * self._size)
                sheet, documents = self._sheet(), []
            if first != last:
                documents.append([])
                last = first
            line = line_of(sheet, number, json.loads(text), self._parsers, self._absent)
            documents[-1].append(line)
        yield sheet, documents
        self._keep(sheet.errors)

    def has_errors(self) -> bool:
        """Whether anything is wrong with what was looked at so far."""
        return self._disk.execute("SELECT 1 FROM error LIMIT 1").fetchone() is not None

    def errors(self, most: int) -> tuple[CellError, ...]:
        """The first errors as the file is read."""
        asked = "SELECT line, name, value, reason FROM error ORDER BY line, place, id LIMIT ?"
        return tuple(CellError(*row) for row in self._disk.execute(asked, (most,)))

    def counts(self) -> tuple[int, int, int]:
        """How many errors there are, lines that have one, and rows that are sent back."""
        errors, lines = self._disk.execute(
            "SELECT count(*), count(DISTINCT line) FROM error"
        ).fetchone()
        return errors, lines, self._disk.execute(f"SELECT count(*) {_REJECTED}").fetchone()[0]

    def rejects(self) -> IO[bytes] | None:
        """The rows that are sent back, as `rejects.rejects` writes them; the file vanishes."""
        found = self._disk.execute(f"SELECT line, cells {_REJECTED} ORDER BY line")
        first = found.fetchone()
        if first is None:
            return None
        file = tempfile.TemporaryFile()  # noqa: SIM115  (whoever is told of it reads and drops it)
        text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
        write = rejects.writer(text, self.header)
        for number, row in chain([first], found):
            write(Line(number, json.loads(row), {}), self._reason(number))
        text.detach()
        file.seek(0)
        return file

    def _reason(self, number: int) -> str:
        asked = "SELECT line, name, value, reason FROM error WHERE line = ? ORDER BY place, id"
        return rejects.reason(CellError(*row) for row in self._disk.execute(asked, (number,)))

    def _settled(self) -> str:
        with self._source.open() as file:
            start = file.read(8)
        if self._size > MOST_BYTES or start.startswith((ZIP, COMPOUND)):
            raise NotPlain
        encoding = settled(self._pieces)
        if not encoding:
            raise NotPlain
        return encoding

    def _pieces(self) -> Iterator[bytes]:
        with self._source.open() as file:
            yield from iter(partial(file.read, _PIECE), b"")

    def _text(self, file: io.BytesIO | io.BufferedReader) -> io.TextIOWrapper:
        return io.TextIOWrapper(file, self.encoding, errors="strict", newline="")

    def _read(self) -> str:
        """Keep all rows; returns the digest of what they say."""
        digest = Digest([column.key if column else None for column in self.header.columns])
        blank: list[int] = []
        with self._source.open() as file, self._text(file) as text:
            rows = rows_from(text)
            next(rows)
            self._disk.execute("BEGIN")
            while some := list(islice(rows, _ROWS_AT_ONCE)):
                self._keep_rows(some, digest, blank)
                self._progress(min(file.tell(), self._size), 2 * self._size)
            self._disk.execute("CREATE INDEX error_line ON error (line)")
            self._disk.execute("COMMIT")
        if not self.rows:
            raise no_rows()
        return digest.value()

    def _keep_rows(
        self, some: list[tuple[int, list[str]]], digest: Digest, blank: list[int]
    ) -> None:
        """Keep rows; lines that were blank are wrong as soon as another row follows."""
        width = len(self.header.cells)
        kept, whole = [], []
        for number, row in some:
            clean = [cells.clean(cell) for cell in row]
            if not any(clean):
                blank.append(number)
                continue
            if blank:
                self._keep([CellError(gap, "", "", gap_says()) for gap in blank])
                blank.clear()
            if len(row) == width:
                whole.append(clean)
            kept.append((number, *self._document(number, row, clean), json.dumps(row)))
        if whole:
            digest.add(digest.text(whole))
        self.rows += len(kept)
        self._disk.executemany("INSERT INTO row VALUES (?, ?, ?, ?)", kept)

    def _document(self, number: int, row: list[str], clean: list[str]) -> tuple[str, str]:
        """What rows of one document have alike, as they are read and as they are sent back."""
        place = self._together
        alone = f"\0{number}"
        if place is None or place >= len(row):
            return alone, ""
        together = folded(clean[place])
        if len(row) != len(self.header.cells):
            return alone, together
        try:
            return str(self._parsers[place][1](row[place])), together
        except KacError:
            # What is wrong with the cell is told when the row is looked at.
            return alone, together

    def _sheet(self) -> Sheet:
        return Sheet(self.encoding, self.header)

    def _keep(self, errors: Sequence[CellError]) -> None:
        place = {cells.clean(cell): at for at, cell in enumerate(self.header.cells)}
        self._disk.executemany(
            "INSERT INTO error (line, place, name, value, reason) VALUES (?, ?, ?, ?, ?)",
            [
                (each.line, place.get(each.column, -1), each.column, each.value, each.reason)
                for each in errors
            ],
        )
