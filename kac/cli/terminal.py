"""Tables on a terminal, through rich: figures and codes are never cut, texts may fold or go."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kac.cli import setting
from kac.cli.sheets import RIGHT, Column, Row, fields_text, for_people
from kac.core.i18n import _

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

NARROWEST = 60
_TEXT_AT_LEAST = 14
_GAP = 2


def wanted() -> bool:
    """Whether this run shows its tables through rich."""
    return sys.stdout.isatty() or setting.current().color == "always"


def table_text(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[str, list[str]]:
    """(the table, titles of the columns that did not fit); vertical records where none would."""
    console = _console()
    widths = {column.key: _natural_width(column, rows) for column in columns}
    kept = _fitting(list(columns), widths, console.width)
    if kept is None:
        return _records(columns, rows), []
    with console.capture() as capture:
        console.print(_table(kept, rows, widths))
    hidden = [column.title for column in columns if column not in kept]
    return "\n".join(line.rstrip() for line in capture.get().rstrip("\n").split("\n")), hidden


def _console() -> Console:
    from rich.console import Console

    color = setting.current().color
    return Console(
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=True if color == "always" else None,
        no_color=True if color == "never" or "NO_COLOR" in os.environ else None,
    )


def _natural_width(column: Column, rows: Sequence[Row]) -> int:
    from rich.cells import cell_len

    return max(cell_len(text) for text in [column.title, *(for_people(column, r) for r in rows)])


def _fitting(columns: list[Column], widths: dict[str, int], width: int) -> list[Column] | None:
    """The columns that fit beside each other, or None where only records will do."""
    if width < NARROWEST:
        return None
    kept = list(columns)
    while sum(_least_width(column, widths) + _GAP for column in kept) > width:
        texts = [column for column in kept if column.kind == "text"]
        if len(kept) < 3 or not texts:
            return None
        kept.remove(min(reversed(texts), key=lambda column: column.priority))
    return kept


def _least_width(column: Column, widths: dict[str, int]) -> int:
    natural = widths[column.key]
    return min(natural, _TEXT_AT_LEAST) if column.kind == "text" else natural


def _table(columns: Sequence[Column], rows: Sequence[Row], widths: dict[str, int]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    plain = bool(os.environ.get("KAC_ASCII"))
    style = box.ASCII2 if plain else box.SIMPLE_HEAD
    table = Table(box=style, show_edge=False, pad_edge=False, header_style="bold")
    for column in columns:
        whole = column.kind != "text"
        table.add_column(
            Text(column.title),
            justify="right" if column.kind in RIGHT else "left",
            no_wrap=whole,
            min_width=widths[column.key] if whole else None,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(for_people(column, row)) for column in columns))
    return table


def _records(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    return "\n\n".join(fields_text(columns, row) for row in rows)


def hidden_note(hidden: Sequence[str]) -> str:
    """What a reader is told about columns that did not fit."""
    return _("too narrow for: {columns}; --format plain or --columns shows them").format(
        columns=", ".join(hidden)
    )
