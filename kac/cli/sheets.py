"""Rows as text: JSON, CSV, Markdown and plain columns, each value written for its kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kac.cli.screen import marked, unmarked
from kac.core.calendar import local_text, parse_instant
from kac.core.i18n import _
from kac.core.money import Money, format_bp, format_fen, plain_fen
from kac.core.quantity import format_quantity
from kac.core.text import is_harmful, shown
from kac.core.values import dataclass

KINDS = (
    *("text", "code", "state", "flag", "day", "moment", "command"),
    *("money", "quantity", "count", "rate"),
)
RIGHT = frozenset({"money", "quantity", "count", "rate"})
# What a spreadsheet would run as a formula where a text cell begins with it.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its stable English key, its title on the screen, what kind of value it holds.

    `money` is fen or Money, `quantity` base units with the row's `scale`, `rate` basis points,
    `moment` stored text, `text` also a list of texts, `command` one to be pasted, never broken;
    `words` says what people call the values of a `state`. The lower the priority, the sooner a
    narrow screen goes without it; a column that stands `aside` is for scripts and for whoever
    names it with `--columns`. `spoken` is what people are told in place of the value; `tones` are
    the colours of values, which the text says as well.
    """

    key: str
    title: str
    kind: str = "text"
    priority: int = 5
    words: Mapping[str, str] | None = None
    aside: bool = False
    spoken: Callable[[Row], str] | None = None
    tones: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        assert self.kind in KINDS, self.kind


def for_people(column: Column, row: Row) -> str:
    """The value as a person reads it; nothing at all where there is none."""
    value = column.spoken(row) if column.spoken else row[column.key]
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        words = column.words or {}
        return shown(", ".join(_(words[each]) if each in words else each for each in value))
    kind = column.kind
    if kind == "money":
        return format_fen(value.fen if isinstance(value, Money) else value)
    if kind == "quantity":
        return format_quantity(value, row["scale"])
    if kind == "rate":
        return format_bp(value)
    if kind == "flag":
        return _("yes") if value else _("no")
    if kind == "state" and column.words:
        return _(column.words.get(value, value))
    if kind == "moment":
        return local_text(parse_instant(value) if isinstance(value, str) else value)
    return shown(str(value))


def for_scripts(column: Column, row: Row) -> Any:
    """The value as JSON carries it: money and quantities as plain decimals in a string."""
    value = row[column.key]
    if value is None:
        return None
    kind = column.kind
    if kind == "money":
        return plain_fen(value.fen if isinstance(value, Money) else value)
    if kind == "quantity":
        return format_quantity(value, row["scale"]).replace(",", "")
    if kind == "rate":
        return plain_fen(value)
    if kind == "flag":
        return bool(value)
    return value if isinstance(value, int | str | list) else str(value)


def as_objects(columns: Sequence[Column], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows as JSON objects, in the columns' order."""
    return [{column.key: for_scripts(column, row) for column in columns} for row in rows]


def json_text(value: Any, *, indent: int | None = 2) -> str:
    """JSON with what would harm a terminal written as escapes, which read back the same."""
    written = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    if written.replace("\n", "").isprintable():
        return written
    return "".join(
        json.dumps(character)[1:-1] if is_harmful(character) and character != "\n" else character
        for character in written
    )


def ndjson_text(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """One JSON object a line."""
    return "\n".join(json_text(each, indent=None) for each in as_objects(columns, rows))


def csv_text(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """CSV with English keys as its head; no cell can be taken for a formula."""
    import csv
    import io

    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow([column.key for column in columns])
    writer.writerows([[_csv_cell(column, row) for column in columns] for row in rows])
    return sheet.getvalue().rstrip("\n")


def _csv_cell(column: Column, row: Row) -> str:
    value = for_scripts(column, row)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        value = " ".join(value)
    written = shown(str(value))
    if column.kind not in RIGHT and written.startswith(FORMULA):
        return f"'{written}"
    return written


def columns_text(columns: Sequence[Column], rows: Sequence[Row], style: str = "plain") -> str:
    """Columns at their natural width, through tabulate; `style` is one of its formats."""
    cells = [[marked(for_people(column, row)) for column in columns] for row in rows]
    if style == "github":
        cells = [[cell.replace("|", "\\|") for cell in line] for line in cells]
    return _aligned(
        cells,
        tablefmt=style,
        headers=[marked(column.title) for column in columns],
        colalign=["right" if column.kind in RIGHT else "left" for column in columns],
    )


def fields_text(columns: Sequence[Column], row: Row) -> str:
    """One row as lines of title and value; what is not known is left out."""
    pairs = [(column.title, marked(for_people(column, row))) for column in columns]
    return _aligned([pair for pair in pairs if pair[1]], tablefmt="plain")


def _aligned(cells: Sequence[Sequence[str]], **wishes: Any) -> str:
    """The one way to tabulate: it may not take codes for numbers, nor pad its titles."""
    import tabulate

    tabulate.MIN_PADDING = 0
    written = tabulate.tabulate(cells, disable_numparse=True, **wishes)
    return "\n".join(unmarked(line).rstrip() for line in written.split("\n"))
