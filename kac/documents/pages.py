"""Tables with ASCII borders, broken into pages of a fixed length between their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kac.documents.characters import width
from kac.documents.layout import MARGIN, pad, too_short, wrap

_WIDEST_MARK = "99/99页"
_NARROWEST_NAME = 10
_LEAST_ROOM = 3
# The head between its two borders, and the border under the last row.
_FRAME_LINES = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. The flexible one gives room to figures that are wider than theirs."""

    title: str
    width: int
    align: Literal["left", "centre", "right"] = "left"
    flexible: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and the texts of the rows under them."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def tabled(
    table: Table,
    above: Callable[[str], list[str]],
    below: Callable[[range, bool], list[str]],
    *,
    length: int,
) -> tuple[tuple[str, ...], ...]:
    """The pages of a paper around a table, no row split between two of them.

    `above` is given the page mark, `below` the rows on the page and whether it is the last.
    """
    every = range(len(table.rows))
    feet = max(len(below(every, False)), len(below(every, True)))
    capacity = length - MARGIN - len(above(_WIDEST_MARK)) - _FRAME_LINES - feet
    if capacity < _LEAST_ROOM:
        raise too_short(length, length - capacity + _LEAST_ROOM)
    fitting = _fitting(table)
    rows = [_row(fitting, cells, capacity) for cells in table.rows]
    spans = paginate([len(row) for row in rows], capacity)
    pages = []
    for number, span in enumerate(spans, start=1):
        top = above(f"{number}/{len(spans)}页")
        body = [line for row in rows[span.start : span.stop] for line in row]
        foot = below(span, number == len(spans))
        pages.append((*top, *_head(fitting), *body, _edge(fitting), *foot))
    return tuple(pages)


def paginate(heights: Sequence[int], capacity: int) -> list[range]:
    """Which rows stand on which page; every page takes as many as fit whole."""
    spans, start, filled = [], 0, 0
    for number, height in enumerate(heights):
        if filled + height > capacity and number > start:
            spans.append(range(start, number))
            start, filled = number, 0
        filled += height
    return [*spans, range(start, len(heights))]


def _fitting(table: Table) -> tuple[Column, ...]:
    """The columns, those of figures as wide as their widest; the flexible one pays for it."""
    spare = sum(c.width - _NARROWEST_NAME for c in table.columns if c.flexible)
    fitting, taken = [], 0
    for number, column in enumerate(table.columns):
        if column.align == "right":
            widest = max((width(cells[number]) for cells in table.rows), default=0)
            more = min(max(widest - column.width, 0), spare - taken)
            column, taken = replace(column, width=column.width + more), taken + more
        fitting.append(column)
    return tuple(replace(c, width=c.width - taken) if c.flexible else c for c in fitting)


def _edge(columns: Sequence[Column]) -> str:
    return "+" + "".join("-" * column.width + "+" for column in columns)


def _head(columns: Sequence[Column]) -> list[str]:
    titles = "".join(pad(column.title, column.width, "centre") + "|" for column in columns)
    return [_edge(columns), "|" + titles, _edge(columns)]


def _row(columns: Sequence[Column], cells: Sequence[str], tallest: int) -> list[str]:
    wrapped = [
        wrap(cell, column.width, most=tallest) for column, cell in zip(columns, cells, strict=True)
    ]
    return [
        "|"
        + "".join(
            pad(lines[number] if number < len(lines) else "", column.width, column.align) + "|"
            for column, lines in zip(columns, wrapped, strict=True)
        )
        for number in range(max(map(len, wrapped)))
    ]
