"""Sheets: a CSV file or a workbook read whole, every bad cell noted, nothing half believed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from kac.core.errors import BadInput, KacError
from kac.core.i18n import _, ngettext
from kac.core.text import shown
from kac.exchange import cells
from kac.exchange.columns import Column, Header, match_header, no_header
from kac.exchange.decoding import Reading, readings
from kac.exchange.digest import Digest
from kac.exchange.rows import MOST_BYTES, broken, rows_of
from kac.exchange.workbook import as_csv, is_workbook

Parser = tuple[str, Callable[[str], Any]]


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with a cell, or, with an empty `column`, with a whole line."""

    line: int
    column: str
    value: str
    reason: str

    def says(self) -> str:
        """The error in one line."""
        if not self.column:
            return _("line {line}: {reason}").format(line=self.line, reason=shown(self.reason))
        return _('line {line}, {column} = "{value}": {reason}').format(
            line=self.line,
            column=shown(self.column),
            value=shown(self.value[:60]),
            reason=shown(self.reason),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One row: where it stands in the file, its cells as written, and the values that were read."""

    number: int
    cells: list[str]
    values: dict[str, Any]


@dataclass
class Sheet:
    """A file as rows. `digest` is of what it says, not of how its bytes say it."""

    encoding: str
    header: Header
    lines: list[Line] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    digest: str = ""

    def refuse(self, line: Line, key: str, why: KacError | str) -> None:
        """Note what is wrong with a cell, or with the whole line when no key is given."""
        position = self.header.position(key) if key else None
        value = "" if position is None else line.cells[position]
        self.note(line.number, self.header.name(key) if key else "", value, why)

    def note(self, number: int, column: str, value: str, why: KacError | str) -> None:
        """Note an error of the line with this number."""
        if isinstance(why, KacError):
            why = "; ".join((why.message, *why.cause))
        self.errors.append(CellError(number, column, value, why))
        self.bad.add(number)

    def further(self, line: Line, key: str, parse: Callable[[Any], Any]) -> Any:
        """A value read further, against the ledger; None where it is bad, which is noted."""
        if key not in line.values:
            return None
        try:
            return parse(line.values[key])
        except KacError as refused:
            self.refuse(line, key, refused)
            return None

    def errors_in_order(self) -> tuple[CellError, ...]:
        """The errors as the file is read: by line, then by column."""
        place = {cells.clean(cell): place for place, cell in enumerate(self.header.cells)}
        return tuple(
            sorted(self.errors, key=lambda error: (error.line, place.get(error.column, -1)))
        )

    def sound(self) -> list[Line]:
        """The lines without an error so far."""
        return [line for line in self.lines if line.number not in self.bad]


def read(data: bytes, columns: Sequence[Column]) -> Sheet:
    """The sheet that the bytes are; its `errors` name every bad cell.

    BadInput where it is no sheet at all: E-IMP-001 without a header that makes sense, E-IMP-002
    with wrong columns, E-IMP-003 with broken structure, E-IMP-005 where the encoding is unclear.
    """
    if len(data) > MOST_BYTES:
        raise broken(_("it is larger than {size} MiB").format(size=MOST_BYTES // 2**20))
    reading, header = _likeliest(data, columns)
    sheet = Sheet(reading.encoding, header)
    absent = {c.key: c.parse("") for c in columns if header.position(c.key) is None}
    parsers = [parser(column) for column in header.columns]
    blank: list[int] = []
    rows = rows_of(reading.text)
    next(rows)
    for number, row in rows:
        if not any(map(cells.clean, row)):
            blank.append(number)
            continue
        for gap in blank:
            sheet.note(gap, "", "", gap_says())
        blank.clear()
        sheet.lines.append(line_of(sheet, number, row, parsers, absent))
    if not sheet.lines:
        raise no_rows()
    sheet.digest = _digest(sheet)
    return sheet


def gap_says() -> str:
    """What is wrong with a line that has no cells and rows after it."""
    return _("a blank line stands between the rows")


def no_rows() -> BadInput:
    """What to tell of a file that is nothing but a header."""
    return broken(_("no rows stand below the header"))


def _likeliest(data: bytes, columns: Sequence[Column]) -> tuple[Reading, Header]:
    found = [
        (reading, match_header(_first_row(reading.text), columns)) for reading in _readings(data)
    ]
    found.sort(key=lambda pair: pair[1].known, reverse=True)
    reading, header = found[0]
    if not header.known:
        raise no_header(reading.text, columns)
    if reading.doubtful and len(found) > 1 and found[1][1].known == header.known:
        raise BadInput(
            _("the file can be read as UTF-8 and as GB18030, with different words"),
            code="E-IMP-005",
            cause=[_('save it again in the spreadsheet as "CSV UTF-8"')],
        )
    if not header.exact:
        raise header.refusal()
    return reading, header


def _readings(data: bytes) -> list[Reading]:
    return [Reading("xlsx", as_csv(data))] if is_workbook(data) else readings(data)


def _first_row(text: str) -> list[str]:
    return next((row for _number, row in rows_of(text)), [])


def line_of(
    sheet: Sheet, number: int, row: list[str], parsers: list[Parser], absent: dict[str, Any]
) -> Line:
    """The values of a row; what is wrong with its cells is noted on the sheet."""
    line = Line(number, row, dict(absent))
    if len(row) != len(parsers):
        why = ngettext(
            "{found} cell stands under {wanted} columns",
            "{found} cells stand under {wanted} columns",
            len(row),
        ).format(found=len(row), wanted=len(parsers))
        sheet.note(number, "", "", why)
        return line
    for cell, (key, parse) in zip(row, parsers, strict=True):
        if key:
            try:
                line.values[key] = parse(cell)
            except BadInput as wrong:
                sheet.refuse(line, key, wrong)
    return line


def parser(column: Column | None) -> Parser:
    """The key of a column and how its cells are read; an empty key for one that is not read."""
    if column is None:
        return "", str
    # The same words stand in thousands of rows.
    return column.key, lru_cache(maxsize=8192)(partial(cells.value, parse=column.parse))


def _digest(sheet: Sheet) -> str:
    digest = Digest([column.key if column else None for column in sheet.header.columns])
    width = len(sheet.header.cells)
    for line in sheet.lines:
        if len(line.cells) == width:
            digest.add(digest.text([[cells.clean(cell) for cell in line.cells]]))
    return digest.value()
