"""Tables with ASCII borders, broken into pages of a fixed length between their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kac.documents.characters import width
from kac.documents.layout import pad, too_short, wrap
from kac.documents.sheets import Sheet

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
    sheet: Sheet,
) -> tuple[tuple[str, ...], ...]:
    """The pages of a paper around a table, no row split between two of them.

    `above` is given the page mark, `below` the rows on the page and whether it is the last.
    """
    every = range(len(table.rows))
    if sheet.endless:
        ruled = _ruled(table, sheet.columns, 0)
        body = [line for row in ruled.rows for line in row]
        page = [*above(""), *ruled.head, *body, ruled.edge, *below(every, True)]
        return (_inside(page, sheet.columns),)
    feet = max(len(below(every, False)), len(below(every, True)))
    around = sheet.margin + len(above(_WIDEST_MARK)) + feet
    capacity = sheet.lines - around - _FRAME_LINES
    if capacity < _LEAST_ROOM:
        raise too_short(sheet, sheet.lines - capacity + _LEAST_ROOM)
    ruled = _ruled(table, sheet.columns, capacity)
    spans = paginate([len(row) for row in ruled.rows], capacity - len(ruled.head) + 3)
    pages = []
    for number, span in enumerate(spans, start=1):
        top = above(f"{number}/{len(spans)}页")
        body = [line for row in ruled.rows[span.start : span.stop] for line in row]
        foot = below(span, number == len(spans))
        pages.append((*top, *ruled.head, *body, ruled.edge, *foot))
    return tuple(pages)


def flowed(
    body: Sequence[str],
    above: Callable[[str], list[str]],
    below: Callable[[bool], list[str]],
    *,
    sheet: Sheet,
) -> tuple[tuple[str, ...], ...]:
    """The pages of a paper whose body may be parted between any two lines.

    `below` is asked for the foot of a page, and whether it is the last one.
    """
    if sheet.endless:
        return (_inside([*above(""), *body, *below(True)], sheet.columns),)
    spare = sheet.lines - sheet.margin - len(above(_WIDEST_MARK))
    last, other = spare - len(below(True)), spare - len(below(False))
    if min(last, other) < _LEAST_ROOM:
        raise too_short(sheet, sheet.lines - min(last, other) + _LEAST_ROOM)
    chunks, rest = [], list(body)
    while len(rest) > last:
        taken = min(other, len(rest) - 1)
        chunks.append(rest[:taken])
        rest = rest[taken:]
    chunks.append(rest)
    return tuple(
        (
            *above(f"{number}/{len(chunks)}页" if len(chunks) > 1 else ""),
            *lines,
            *below(number == len(chunks)),
        )
        for number, lines in enumerate(chunks, start=1)
    )


def blocks(
    parts: Sequence[Sequence[str]],
    above: Callable[[str], list[str]],
    below: Callable[[], list[str]],
    *,
    sheet: Sheet,
) -> tuple[tuple[str, ...], ...]:
    """The pages of a paper of blocks, none of them parted; on a roll each is a paper of its own."""
    count = len(parts)
    if sheet.endless:
        return tuple(
            _inside([*above(f"{number}/{count}"), *part, *below()], sheet.columns)
            for number, part in enumerate(parts, start=1)
        )
    capacity = sheet.lines - sheet.margin - len(above(_WIDEST_MARK)) - len(below())
    if capacity < max(map(len, parts), default=0):
        raise too_short(sheet, sheet.lines - capacity + max(map(len, parts)))
    spans = paginate([len(part) for part in parts], capacity)
    return tuple(
        (
            *above(f"{number}/{len(spans)}页"),
            *(line for part in parts[span.start : span.stop] for line in part),
            *below(),
        )
        for number, span in enumerate(spans, start=1)
    )


def _inside(lines: Sequence[str], columns: int) -> tuple[str, ...]:
    """Lines meant for wider paper, none of them wider than this one."""
    return tuple(short for line in lines for short in _broken(line, columns))


def _broken(line: str, columns: int) -> list[str]:
    return wrap(line, columns) if width(line) > columns else [line]


def listed(table: Table, columns: int) -> list[str]:
    """A table as lines of a paper that flows: its head, its rows, its end."""
    ruled = _ruled(table, columns, 0)
    return [*ruled.head, *(line for row in ruled.rows for line in row), ruled.edge]


def paginate(heights: Sequence[int], capacity: int) -> list[range]:
    """Which rows stand on which page; every page takes as many as fit whole."""
    spans, start, filled = [], 0, 0
    for number, height in enumerate(heights):
        if filled + height > capacity and number > start:
            spans.append(range(start, number))
            start, filled = number, 0
        filled += height
    return [*spans, range(start, len(heights))]


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A table set in lines: its head, the lines of each row, the line under the last."""

    head: list[str]
    rows: list[list[str]]
    edge: str


def _ruled(table: Table, columns: int, tallest: int) -> _Ruled:
    """In columns with borders, or on a paper too narrow for them with each row in several lines."""
    fitting = _fitting(table, columns)
    if fitting is None:
        return _stacked(table, columns, tallest)
    rows = [_row(fitting, cells, tallest) for cells in table.rows]
    return _Ruled(_head(fitting), rows, _edge(fitting))


def _fitting(table: Table, columns: int) -> tuple[Column, ...] | None:
    """The columns, those of figures as wide as their widest; the flexible one pays for it.

    It pays too where they are wider than the paper. None where it cannot pay: no figure is ever
    broken.
    """
    spare = sum(c.width - _NARROWEST_NAME for c in table.columns if c.flexible)
    fitting, taken = [], max(sum(c.width + 1 for c in table.columns) + 1 - columns, 0)
    for number, column in enumerate(table.columns):
        if column.align == "right":
            more = max(_widest(table, number) - column.width, 0)
            column, taken = replace(column, width=column.width + more), taken + more
        fitting.append(column)
    if taken > max(spare, 0):
        return None
    return tuple(replace(c, width=c.width - taken) if c.flexible else c for c in fitting)


def _widest(table: Table, number: int) -> int:
    return max((width(cells[number]) for cells in table.rows), default=0)


def _stacked(table: Table, columns: int, tallest: int) -> _Ruled:
    """Each row in several lines: the name on its own, then its figures under their titles."""
    decks = _decks(table, columns)
    titles = tuple(column.title for column in table.columns)
    edge = "-" * columns
    head = [edge, *_deck_lines(table.columns, decks, titles, 0), edge]
    rows = [_deck_lines(table.columns, decks, cells, tallest) or [""] for cells in table.rows]
    return _Ruled(head, rows, edge)


def _decks(table: Table, columns: int) -> list[list[tuple[int, int]]]:
    """Which columns stand on which line of a row, each with its width there.

    The name comes first, after its place where there is one; then as many as fit on each line.
    """
    texts = [n for n, column in enumerate(table.columns) if column.align == "left"]
    named = next((n for n in texts if table.columns[n].flexible), texts[0])
    place = _widest(table, 0) if named else 0
    place = max(place, width(table.columns[0].title)) if named else 0
    first: list[tuple[int, int]] = [(named, columns - place - 1 if named else columns)]
    decks: list[list[tuple[int, int]]] = [[(0, place), *first] if named else first]
    for number, column in enumerate(table.columns):
        if number in (0, named):
            continue
        needed = max(width(column.title), _widest(table, number))
        if column.align != "right":
            needed = min(needed, max(column.width, width(column.title)), columns)
        there = sum(room + 1 for _number, room in decks[-1])
        if len(decks) == 1 or there + needed > columns:
            decks.append([])
        decks[-1].append((number, needed))
    return [decks[0], *(_pushed(table.columns, deck, columns) for deck in decks[1:])]


def _pushed(
    columns: Sequence[Column], deck: list[tuple[int, int]], room: int
) -> list[tuple[int, int]]:
    """The first figure of a line takes what is left over, so that figures end at the edge."""
    spare = room - sum(width + 1 for _number, width in deck) + 1
    for place, (number, taken) in enumerate(deck):
        if columns[number].align == "right" and spare > 0 and (place or len(deck) == 1):
            return [*deck[:place], (number, taken + spare), *deck[place + 1 :]]
    return deck


def _deck_lines(
    columns: Sequence[Column],
    decks: Sequence[Sequence[tuple[int, int]]],
    cells: Sequence[str],
    tallest: int,
) -> list[str]:
    lines: list[str] = []
    for deck in decks:
        wrapped = [wrap(cells[number], space, most=tallest or None) for number, space in deck]
        for line in range(max(map(len, wrapped))):
            parts = [
                pad(there[line] if line < len(there) else "", space, columns[number].align)
                for (number, space), there in zip(deck, wrapped, strict=True)
            ]
            lines.append(" ".join(parts).rstrip())
    return [line for line in lines if line]


def _edge(columns: Sequence[Column]) -> str:
    return "+" + "".join("-" * column.width + "+" for column in columns)


def _head(columns: Sequence[Column]) -> list[str]:
    titles = "".join(pad(column.title, column.width, "centre") + "|" for column in columns)
    return [_edge(columns), "|" + titles, _edge(columns)]


def _row(columns: Sequence[Column], cells: Sequence[str], tallest: int) -> list[str]:
    wrapped = [
        wrap(cell, column.width, most=tallest or None)
        for column, cell in zip(columns, cells, strict=True)
    ]
    return [
        "|"
        + "".join(
            pad(lines[number] if number < len(lines) else "", column.width, column.align) + "|"
            for column, lines in zip(columns, wrapped, strict=True)
        )
        for number in range(max(map(len, wrapped)))
    ]
