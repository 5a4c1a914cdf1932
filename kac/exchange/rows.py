"""Rows: text split into cells by the strict rules of CSV, each with its line in the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from kac.core.errors import BadInput
from kac.core.i18n import _

MOST_BYTES = 64 * 2**20
MOST_LINES = 500_000


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of every row, blank ones too; BadInput E-IMP-003 on broken CSV."""
    if "\0" in text:
        raise _nul(text.count("\n", 0, text.index("\0")) + 1)
    return rows_from(io.StringIO(text, newline=""))


def rows_from(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of every row of a text that is read line by line."""
    reader = csv.reader(lines, strict=True)
    number = 1
    try:
        for count, row in enumerate(reader):
            if count > MOST_LINES:
                raise broken(_("there are more than {most} rows").format(most=MOST_LINES), number)
            if "\0" in "".join(row):
                raise _nul(number)
            yield number, row
            number = reader.line_num + 1
    except csv.Error as trouble:
        raise broken(_what_csv_means(str(trouble)), number) from trouble


def _nul(line: int) -> BadInput:
    return broken(_("it holds a NUL character"), line)


def broken(why: str, line: int = 0) -> BadInput:
    """What to tell when the file, or this line of it, is no sheet of rows."""
    cause = _("line {line}: {reason}").format(line=line, reason=why) if line else why
    return BadInput(_("the file is not a sheet of rows"), code="E-IMP-003", cause=[cause])


def _what_csv_means(trouble: str) -> str:
    if "unexpected end of data" in trouble:
        return _("a quotation mark is opened and never closed")
    if "field limit" in trouble:
        return _("a cell is too long")
    return _("something stands between a closing quotation mark and the next comma")
