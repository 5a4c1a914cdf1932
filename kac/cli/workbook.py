"""Rows as an Excel workbook: amounts are numbers, codes are text, and no cell is a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from kac.cli import setting
from kac.cli.sheets import FORMULA, Column, Row, for_people
from kac.core.errors import EnvironmentTrouble, UsageError
from kac.core.i18n import _
from kac.core.money import BP_WHOLE, Money, plain_fen
from kac.core.quantity import format_quantity
from kac.core.text import shown
from kac.core.values import dataclass

_MOST_ROWS = 1_048_575
_MOST_CHARACTERS = 32_767
_LONGEST_TITLE = 31
_WIDEST = 60
# How Excel shows the numbers of each kind. A quantity has as many decimals as it needs.
_SHOWN_AS = {
    "money": "#,##0.00",
    "quantity": "#,##0.###",
    "count": "0",
    "rate": "0.00%",
    "day": "yyyy-mm-dd",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its title, its columns and rows."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """A workbook, whole. Where nothing of the rows and of the minute differs, nor do the bytes."""
    file = BytesIO()
    book = _writer(file)
    book.set_properties({"created": setting.current().now.replace(tzinfo=None, microsecond=0)})
    formats = {kind: book.add_format({"num_format": form}) for kind, form in _SHOWN_AS.items()}
    formats["title"] = book.add_format({"bold": True, "bottom": 1})
    formats["quoted"] = book.add_format({"quote_prefix": True})
    for number, sheet in enumerate(sheets, start=1):
        _refuse_endless(sheet)
        _fill(book.add_worksheet(_legal(sheet.title, number)), sheet, formats)
    book.close()
    return file.getvalue()


def _writer(file: BytesIO) -> Any:
    try:
        from xlsxwriter import Workbook
    except ImportError as trouble:
        raise EnvironmentTrouble(
            _("workbooks need a package that is not installed: {name}").format(name="XlsxWriter"),
            code="E-ENV-031",
            fix=["pip install 'kac[xlsx]'"],
        ) from trouble
    return Workbook(file, {"in_memory": True})


def _refuse_endless(sheet: Sheet) -> None:
    if len(sheet.rows) > _MOST_ROWS:
        raise UsageError(
            _("a sheet of Excel holds {most} rows at most, and here are {rows}").format(
                rows=len(sheet.rows), most=_MOST_ROWS
            ),
            code="E-CLI-032",
        )


def _legal(title: str, number: int) -> str:
    """A title that Excel takes: short, without its own signs, no other sheet's."""
    plain = "".join(" " if each in "[]:*?/\\'" else each for each in shown(title)).strip()
    return f"{number} {plain}"[:_LONGEST_TITLE].strip()


def _fill(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    widths = [_cells(column.title) for column in sheet.columns]
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, shown(column.title), formats["title"])
    for line, row in enumerate(sheet.rows, start=1):
        for place, column in enumerate(sheet.columns):
            _put(page, line, place, column, row, formats)
            widths[place] = max(widths[place], _cells(for_people(column, row)))
    for place, width in enumerate(widths):
        page.set_column(place, place, min(width, _WIDEST) + 2)
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _put(page: Any, line: int, place: int, column: Column, row: Row, formats: Any) -> None:
    value = row[column.key]
    if value is None or value == "":
        return
    if column.kind == "day":
        page.write_datetime(line, place, date.fromisoformat(str(value)), formats["day"])
    elif column.kind in _SHOWN_AS and not column.spoken:
        page.write_number(line, place, _number(column, row), formats[column.kind])
    else:
        text = for_people(column, row)[:_MOST_CHARACTERS]
        style = formats["quoted"] if text.startswith(FORMULA) else None
        page.write_string(line, place, text, style)


class _Written(int):
    """A number that is written in the workbook exactly as we write it, not as a binary fraction."""

    text: str

    def __format__(self, _form: str) -> str:
        return self.text


def _number(column: Column, row: Row) -> int:
    value = row[column.key]
    whole = value.fen if isinstance(value, Money) else value
    found = _Written(whole)
    if column.kind == "money":
        found.text = plain_fen(whole)
    elif column.kind == "quantity":
        found.text = format_quantity(whole, row["scale"]).replace(",", "")
    elif column.kind == "rate":
        parts, rest = divmod(abs(whole), BP_WHOLE)
        found.text = f"{'-' if whole < 0 else ''}{parts}.{rest:04d}"
    else:
        found.text = str(whole)
    return found


def _cells(text: str) -> int:
    """How wide a text is, in digits."""
    return sum(1 if each < "\u1100" else 2 for each in text)
