"""Tables on a terminal, through rich: figures and codes are never cut, texts may fold or go."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kac.cli import configfile, screen, setting
from kac.cli.sheets import RIGHT, Column, Row, for_people
from kac.core.i18n import _

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

NARROWEST = 60
_TEXT_AT_LEAST, _STATE_AT_LEAST = 12, 10
_TITLE_AT_LEAST = 8
_TEXT_IN_COMFORT = 30
_GAP = 3
_NARROWEST_NOTE = 20
_AFTER_TITLE = 2
_USUAL, _WANTED = 5, 7
_FEWEST = 3
# Words may fold; codes, days and figures stand whole.
_FOLDING = frozenset({"text", "state"})
_FIGURES = frozenset({"money", "quantity", "rate"})


def wanted() -> bool:
    """Whether this run shows its tables through rich."""
    return sys.stdout.isatty() or _color() == "always"


def width() -> int:
    """How many cells a line of this terminal has."""
    import shutil

    return shutil.get_terminal_size().columns


def table_text(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[str, list[str]]:
    """(the table, titles of the columns that did not fit); vertical records where none would."""
    console = _console()
    widths = {column.key: _natural_width(column, rows) for column in columns}
    if sum(widths.values()) + _GAP * (len(columns) - 1) > console.width:
        # Titles fold before a column goes.
        widths = {column.key: _natural_width(column, rows, folded=True) for column in columns}
    beside, below = _placed(columns, widths, console.width)
    kept = _fitting(beside, widths, console.width)
    if kept is None:
        return "\n\n".join(record_text(columns, row) for row in rows), []
    hidden = [column.title for column in beside if column not in kept]
    widths = _shares(kept, widths, console.width)
    text = _printed(console, _table(kept, rows, widths))
    return _with_commands(text, kept, rows, widths, below) if below else text, hidden


def _placed(
    columns: Sequence[Column], widths: dict[str, int], room: int
) -> tuple[list[Column], list[Column]]:
    """(columns of the table, commands that stand whole on lines of their own below their rows).

    A command stands beside the others only where nothing has to go and texts are read in comfort.
    """
    below = [column for column in columns if column.kind == "command"]
    roomy = {
        column.key: min(widths[column.key], _TEXT_IN_COMFORT)
        if column.kind == "text"
        else widths[column.key]
        for column in columns
    }
    if not below or sum(roomy.values()) + _GAP * (len(columns) - 1) <= room:
        return list(columns), []
    return [column for column in columns if column not in below], below


def _with_commands(
    text: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    widths: dict[str, int],
    below: Sequence[Column],
) -> str:
    """The table with the commands of each row on lines of their own after it."""
    lines = text.split("\n")
    heights = [
        max(len(_broken(for_people(column, row), widths[column.key])) for column in columns)
        for row in rows
    ]
    place = len(lines) - sum(heights)
    told = lines[:place]
    for row, height in zip(rows, heights, strict=True):
        told += lines[place : place + height]
        cells = [for_people(column, row) for column in below]
        told += [f"  {screen.unmarked(screen.marked(cell))}" for cell in cells if cell]
        place += height
    return "\n".join(told)


def room_beside(columns: Sequence[Column], rows: Sequence[Row]) -> int:
    """How many cells a table leaves for one column more."""
    return width() - sum(_natural_width(column, rows) + _GAP for column in columns)


def record_text(columns: Sequence[Column], row: Row) -> str:
    """One row as lines of title and value; a long text goes on under itself, a figure is whole."""
    told = [(column, for_people(column, row)) for column in columns]
    told = [(column, cell) for column, cell in told if cell]
    indent = (
        max((_cells(screen.marked(column.title)) for column, _cell in told), default=0)
        + _AFTER_TITLE
    )
    console = _console()
    lines = []
    for column, cell in told:
        lines += _field(column, row, cell, indent, console.width - indent)
    return _printed(console, *lines)


def _field(column: Column, row: Row, cell: str, indent: int, room: int) -> list[Text]:
    from kac.cli.helppage import folded

    written = screen.marked(cell)
    pieces = folded(written, max(room, _TEXT_AT_LEAST)) if column.kind == "text" else [written]
    lines = []
    for number, piece in enumerate(pieces):
        title = "" if number else screen.marked(column.title)
        line = _text("", "")
        line.append(title + " " * (indent - _cells(title)), "dim")
        line.append(piece, _tone(column, row))
        lines.append(line)
    return lines


def title_text(title: str) -> str:
    """The title of a list that belongs to a record."""
    return _printed(_console(), _text(title, "bold"))


def hidden_note(hidden: Sequence[str]) -> list[str]:
    """What a reader is told about columns that did not fit, in lines of this screen."""
    from kac.cli.helppage import folded

    said = _("too narrow for: {columns}; --format plain or --columns shows them").format(
        columns=", ".join(hidden)
    )
    return folded(said, max(width(), _NARROWEST_NOTE))


def _color() -> str:
    said = setting.current().color
    return configfile.value("ui.color") or said if said == "auto" else said


def _console() -> Console:
    from rich.console import Console

    color = _color()
    never = color == "never" or (color != "always" and "NO_COLOR" in os.environ)
    return Console(
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=True if color == "always" else None,
        no_color=True if never or "NO_COLOR" in os.environ else None,
        color_system="standard" if color == "always" else "auto",
    )


def _printed(console: Console, *shown: Table | Text) -> str:
    with console.capture() as capture:
        for each in shown:
            console.print(each, soft_wrap=not hasattr(each, "columns"))
    lines = capture.get().rstrip("\n").split("\n")
    return "\n".join(screen.unmarked(line).rstrip() for line in lines)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _natural_width(column: Column, rows: Sequence[Row], *, folded: bool = False) -> int:
    """The cells that the longest value takes, or the title: whole, or folded between its words."""
    title = [column.title]
    if folded:
        from kac.cli.helppage import folded as pieces

        title = pieces(column.title, _TITLE_AT_LEAST)
    texts = [*title, *(for_people(column, row) for row in rows)]
    return max(_cells(screen.marked(text)) for text in texts)


def _fitting(columns: list[Column], widths: dict[str, int], room: int) -> list[Column] | None:
    """The columns that fit beside each other, or None where only records will do.

    Of those that are not needed the least important goes first, and of equals the one that stands
    furthest to the right; words that are wanted follow only where nothing else is left to go. The
    first column, the state and figures of any weight stay.
    """
    if room < NARROWEST:
        return None
    kept = list(columns)
    while sum(_least_width(column, widths) + _GAP for column in kept) - _GAP > room:
        may_go = [column for column in kept[1:] if _may_go(column, _USUAL)]
        may_go = may_go or [column for column in kept[1:] if _may_go(column, _WANTED)]
        if len(kept) < _FEWEST or not may_go:
            return None
        kept.remove(min(reversed(may_go), key=lambda column: column.priority))
    return kept


def _may_go(column: Column, most: int) -> bool:
    if column.priority < _USUAL:
        return True
    return column.priority <= most and column.kind not in _FIGURES and column.key != "state"


def _least_width(column: Column, widths: dict[str, int]) -> int:
    natural = widths[column.key]
    least = {"text": _TEXT_AT_LEAST, "state": _STATE_AT_LEAST}.get(column.kind, natural)
    return min(natural, least)


def _shares(columns: Sequence[Column], widths: dict[str, int], room: int) -> dict[str, int]:
    """The width of each column: texts share what figures leave, the short ones served first."""
    texts = sorted(
        (column for column in columns if column.kind in _FOLDING), key=lambda c: widths[c.key]
    )
    fixed = sum(widths[column.key] for column in columns if column.kind not in _FOLDING)
    left = room - fixed - _GAP * (len(columns) - 1)
    shares = dict(widths)
    for place, column in enumerate(texts):
        shares[column.key] = min(widths[column.key], left // (len(texts) - place))
        left -= shares[column.key]
    return shares


def _table(columns: Sequence[Column], rows: Sequence[Row], widths: dict[str, int]) -> Table:
    from rich import box
    from rich.table import Table

    lines = box.SIMPLE_HEAD if screen.draws_lines() else _plain_lines()
    table = Table(box=lines, show_edge=False, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(
            _cell(column.title, widths[column.key]),
            justify="right" if column.kind in RIGHT else "left",
            no_wrap=column.kind not in _FOLDING,
            width=widths[column.key],
            overflow="fold",
        )
    for row in rows:
        table.add_row(
            *(
                _cell(for_people(column, row), widths[column.key], _tone(column, row))
                for column in columns
            )
        )
    return table


def _cell(written: str, width: int, style: str = "") -> Text:
    """A cell, broken between words and between Chinese characters where it is too long."""
    return _styled("\n".join(_broken(written, width)), style)


def _broken(written: str, width: int) -> list[str]:
    from kac.cli.helppage import folded

    marked = screen.marked(written)
    return [marked] if _cells(marked) <= width else folded(marked, width)


def _plain_lines() -> object:
    from rich.box import Box

    return Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


def _tone(column: Column, row: Row) -> str:
    return (column.tones or {}).get(str(row[column.key]), "")


def _text(written: str, style: str = "") -> Text:
    return _styled(screen.marked(written), style)


def _styled(marked: str, style: str) -> Text:
    from rich.text import Text

    return Text(marked, style)
