"""Workbooks: XLS and XLSX as rows of text, read where the extra xlsx is installed."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from typing import Any

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.exchange.rows import MOST_LINES, broken

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0"
# From here on a spreadsheet has lost digits of what it shows.
_EXACT = 2**53


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook: an old one, or an archive that says that it is one."""
    if data.startswith(COMPOUND):
        return True
    if not data.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except zipfile.BadZipFile as trouble:
        raise broken(_("the archive is damaged: {trouble}").format(trouble=trouble)) from trouble


def rows(data: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet, every cell as text; BadInput E-IMP-008 without the extra."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise BadInput(
            _("reading XLS and XLSX needs the extra xlsx"),
            code="E-IMP-008",
            cause=[_('save it in the spreadsheet as "CSV UTF-8", or install kac[xlsx]')],
        ) from None
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        found = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as trouble:
        raise broken(_("the workbook is damaged: {trouble}").format(trouble=trouble)) from trouble
    if len(found) > MOST_LINES:
        raise broken(_("there are more than {most} rows").format(most=MOST_LINES))
    return [(number, [_text(cell) for cell in row]) for number, row in enumerate(found, start=1)]


def as_csv(data: bytes) -> str:
    """The first sheet as CSV, without the empty cells that stand around what is written."""
    found = [row for _number, row in rows(data)]
    width = max((len(row) - _empty_behind(row) for row in found), default=0)
    while found and not any(found[-1]):
        found.pop()
    text = io.StringIO()
    csv.writer(text).writerows(row[:width] for row in found)
    return text.getvalue()


def _empty_behind(row: list[str]) -> int:
    return next((count for count, cell in enumerate(reversed(row)) if cell), len(row))


def _text(cell: Any) -> str:
    """A cell as a spreadsheet shows it: whole numbers without a point, money to the fen."""
    if isinstance(cell, datetime):
        return str(cell.date() if not (cell.hour or cell.minute or cell.second) else cell)
    if isinstance(cell, bool) or not hasattr(cell, "is_integer"):
        return str(cell)
    if abs(cell) >= _EXACT:
        return f"{cell:e}"
    if cell.is_integer():
        return str(int(cell))
    return f"{cell:.2f}" if round(cell, 2) == cell else repr(cell)
