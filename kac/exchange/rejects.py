"""Rejects: the bad rows of a file, written so that they can be mended and fed back as they are."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath

from kac.core.i18n import _
from kac.core.text import folded
from kac.exchange.cells import clean, guarded
from kac.exchange.columns import REASON, SOURCE_LINE, is_added
from kac.exchange.sheet import Line, Sheet


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
    kept = [place for place, cell in enumerate(sheet.header.cells) if not is_added(cell)]
    chinese = not "".join(sheet.header.cells).isascii()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    added = (SOURCE_LINE[0], REASON[0]) if chinese else (SOURCE_LINE[1], REASON[1])
    writer.writerow([*(clean(sheet.header.cells[place]) for place in kept), *added])
    reasons = _reasons(sheet)
    for line in lines:
        row = [line.cells[place] if place < len(line.cells) else "" for place in kept]
        why = reasons.get(line.number) or _("another row of the same document is bad")
        surplus = line.cells[len(sheet.header.cells) :]
        if surplus:
            why += "; " + _("too many cells: {cells}").format(cells=" | ".join(surplus))
        writer.writerow([*map(guarded, row), line.number, guarded(why)])
    return text.getvalue().encode("utf-8-sig")


def rejected(sheet: Sheet, together: str = "") -> list[Line]:
    """The bad rows, with the rows that make one document with one of them."""
    position = sheet.header.position(together) if together else None

    def document(line: Line) -> str:
        if position is None or position >= len(line.cells):
            return ""
        return folded(clean(line.cells[position]))

    touched = {document(line) for line in sheet.lines if line.number in sheet.bad} - {""}
    return [line for line in sheet.lines if line.number in sheet.bad or document(line) in touched]


def _reasons(sheet: Sheet) -> dict[int, str]:
    reasons: dict[int, str] = {}
    for error in sheet.errors_in_order():
        why = f"{error.column}: {error.reason}" if error.column else error.reason
        known = reasons.get(error.line)
        reasons[error.line] = f"{known}; {why}" if known else why
    return reasons
