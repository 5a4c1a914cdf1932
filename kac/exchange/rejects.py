"""Rejects: the bad rows of a file, written so that they can be mended and fed back as they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import TextIO

from kac.core.i18n import _
from kac.core.text import folded
from kac.exchange.cells import clean, guarded
from kac.exchange.columns import REASON, SOURCE_LINE, Header, is_added
from kac.exchange.sheet import CellError, Line, Sheet


def rejects_name(file_name: str) -> str:
    """What the rejects of a file are called: `orders.csv` → `orders.rejects.csv`."""
    return f"{PurePath(file_name).stem}.rejects.csv"


def rejects(sheet: Sheet, together: str = "") -> bytes:
    """The bad rows as CSV in UTF-8 with its mark; empty when no row can be mended.

    The header is the file's own with the line number and the reason as two more columns. Rows
    that make one document with a bad row, having the same cell under `together`, come along.
    """
    lines = rejected(sheet, together)
    if not lines:
        return b""
    text = io.StringIO(newline="")
    write = writer(text, sheet.header)
    errors: dict[int, list[CellError]] = {}
    for error in sheet.errors_in_order():
        errors.setdefault(error.line, []).append(error)
    for line in lines:
        write(line, reason(errors.get(line.number, ())))
    return text.getvalue().encode("utf-8-sig")


def writer(text: TextIO, header: Header) -> Callable[[Line, str], None]:
    """A function that writes a row with the reason why it is sent back, below a header."""
    kept = [place for place, cell in enumerate(header.cells) if not is_added(cell)]
    chinese = not "".join(header.cells).isascii()
    out = csv.writer(text, lineterminator="\r\n")
    added = (SOURCE_LINE[0], REASON[0]) if chinese else (SOURCE_LINE[1], REASON[1])
    out.writerow([*(clean(header.cells[place]) for place in kept), *added])

    def write(line: Line, why: str) -> None:
        row = [line.cells[place] if place < len(line.cells) else "" for place in kept]
        surplus = line.cells[len(header.cells) :]
        if surplus:
            why += "; " + _("too many cells: {cells}").format(cells=" | ".join(surplus))
        out.writerow([*map(guarded, row), line.number, guarded(why)])

    return write


def reason(errors: Iterable[CellError]) -> str:
    """What is wrong with one row, in a cell; without errors another of its document is bad."""
    told = [f"{error.column}: {error.reason}" if error.column else error.reason for error in errors]
    return "; ".join(told) or _("another row of the same document is bad")


def rejected(sheet: Sheet, together: str = "") -> list[Line]:
    """The bad rows, with the rows that make one document with one of them."""
    position = sheet.header.position(together) if together else None

    def document(line: Line) -> str:
        if position is None or position >= len(line.cells):
            return ""
        return folded(clean(line.cells[position]))

    touched = {document(line) for line in sheet.lines if line.number in sheet.bad} - {""}
    return [line for line in sheet.lines if line.number in sheet.bad or document(line) in touched]
