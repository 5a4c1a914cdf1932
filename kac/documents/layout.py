"""Lines of a paper: cells, wrapping, fields side by side, frames; pages bound into a paper.

All texts here are folded (`characters.printable`), so that a character is one or two cells wide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kac.core.errors import BadInput
from kac.core.i18n import ngettext
from kac.documents.characters import width
from kac.documents.sheets import Sheet

_TOKEN = re.compile(r""" +|[()\[\]{}<>"]|[!#-'*-;=?-Z\\^-z|~]+|[^ -~]""")
_OPENING = frozenset("([{<（［｛《〈「『【〔〖￥")
_CLOSING = frozenset(")]}>）］｝》〉」』】〕〗,.;:!?%，。、；：！？％")


@dataclass(frozen=True, slots=True)
class Paper:
    """Pages of text lines on one sheet; `code` is the number that its bars carry.

    `unprintable` are the characters that had to be printed as 〓.
    """

    pages: tuple[tuple[str, ...], ...]
    sheet: Sheet
    unprintable: str = ""
    code: str = ""

    def __post_init__(self) -> None:
        tallest = max(map(len, self.pages), default=0)
        if not self.sheet.endless and tallest + self.sheet.margin > self.sheet.lines:
            raise too_short(self.sheet, tallest + self.sheet.margin)

    @property
    def columns(self) -> int:
        """How many cells a line has."""
        return self.sheet.columns


class TooShort(BadInput):
    """A sheet that a paper does not fit on."""

    code = "E-PRN-001"


def too_short(sheet: Sheet, least: int) -> TooShort:
    """The refusal of a sheet that a paper does not fit on."""
    return TooShort(
        ngettext(
            "a sheet of {length} line is too short for this paper",
            "a sheet of {length} lines is too short for this paper",
            sheet.lines,
        ).format(length=sheet.lines),
        cause=[
            ngettext("{least} line at least", "{least} lines at least", least).format(least=least)
        ],
    )


def fitted(sheet: Sheet, make: Callable[[Sheet], Paper]) -> Paper:
    """A paper on a sheet; with its lines set closer where it would not fit otherwise."""
    try:
        return make(sheet)
    except TooShort:
        if sheet.denser is None:
            raise
        return make(sheet.denser)


def bound(papers: Iterable[Paper]) -> Paper:
    """Papers of one sheet, such as the copies of one document, one after the other."""
    first, *others = papers
    pages, lost = first.pages, first.unprintable
    for paper in others:
        if paper.sheet != first.sheet:
            raise ValueError("papers of different stock cannot be bound")
        pages, lost = pages + paper.pages, lost + paper.unprintable
    return replace(first, pages=pages, unprintable="".join(dict.fromkeys(lost)))


def pad(text: str, room: int, align: str = "left") -> str:
    """The text in exactly `room` cells; a longer one stays as it is."""
    spare = max(room - width(text), 0)
    before = {"left": 0, "centre": spare // 2, "right": spare}[align]
    return " " * before + text + " " * (spare - before)


def clip(text: str, room: int) -> str:
    """The text, cut and ended with `...` where it is longer than `room` cells."""
    if width(text) <= room:
        return text
    while width(text) > room - 3:
        text = text[:-1]
    return text + "..."


def wrap(text: str, room: int, *, most: int | None = None) -> list[str]:
    """The text in lines of `room` cells, the last of `most` lines ended with `...` if it is cut.

    Numbers, codes and words stay whole where they fit, and no line begins with closing
    punctuation or ends with an opening bracket.
    """
    lines = [""]
    for unit in _units(text):
        if width(lines[-1] + unit) <= room:
            lines[-1] += unit if lines[-1] or unit.strip() else ""
        elif width(unit) <= room:
            lines.append(unit.lstrip())
        else:
            _break_up(unit, room, lines)
    kept = [line.rstrip() for line in lines if line.strip()] or [""]
    if most is None or len(kept) <= most:
        return kept
    return [*kept[: most - 1], clip(f"{kept[most - 1]} {kept[most]}", room)]


def spread(left: str, right: str, columns: int) -> list[str]:
    """One text at the left edge and one at the right; below each other where they would meet."""
    gap = columns - width(left) - width(right)
    if gap >= 2 or (gap >= 0 and not (left and right)):
        return [(left + " " * gap + right).rstrip()]
    under = [pad(line, columns, "right") for line in wrap(right, columns)] if right else []
    return [*wrap(left, columns), *under] if left else under


def flow(parts: Sequence[str], columns: int) -> list[str]:
    """Parts with three spaces between them, as many on a line as fit whole."""
    lines: list[str] = []
    for part in parts:
        if lines and width(lines[-1]) + 3 + width(part) <= columns:
            lines[-1] += "   " + part
        else:
            lines.append(part)
    return [short for line in lines for short in wrap(line, columns)]


def pairs(rows: Sequence[tuple[str, str]], columns: int, right: int = 32) -> list[str]:
    """Rows of two fields, the second in the `right` last cells; two lines for each at most.

    On a narrow paper they stand below each other, those that say nothing left out.
    """
    lines: list[str] = []
    if columns < 2 * right:
        said = [text for row in rows for text in row if text]
        return [line for text in said for line in wrap(text, columns, most=3)]
    for first, second in rows:
        left_lines = wrap(first, columns - right - 2, most=2)
        right_lines = wrap(second, right, most=2)
        for number in range(max(len(left_lines), len(right_lines))):
            here = left_lines[number] if number < len(left_lines) else ""
            there = right_lines[number] if number < len(right_lines) else ""
            lines.append((pad(here, columns - right) + there).rstrip())
    return lines


def heading(centre: str, left: str, right: str, columns: int) -> list[str]:
    """A centred title between two marks; under them where there is no room between."""
    side = max(width(left), width(right))
    middle = columns - 2 * (side + 2) if side else columns
    if width(centre) <= middle:
        start = (columns - width(centre)) // 2
        return spread(pad(left, start) + centre, right, columns)
    titles = [pad(line, columns, "centre").rstrip() for line in wrap(centre, columns, most=2)]
    return [*spread(left, right, columns), *titles] if side else titles


def boxed(texts: Sequence[str], columns: int) -> list[str]:
    """Texts one below the other in a frame, three lines for each at most."""
    edge = "+" + "-" * (columns - 2) + "+"
    lines = [line for text in texts for line in wrap(text, columns - 4, most=3)]
    return [edge, *(f"| {pad(line, columns - 4)} |" for line in lines), edge]


def _units(text: str) -> list[str]:
    """What a line must not break inside: runs of ASCII, and characters with their punctuation."""
    units: list[str] = []
    inside_quotes = after_opening = False
    for token in _TOKEN.findall(text):
        quote = token == '"'
        closing = token[0] in _CLOSING or (quote and inside_quotes)
        if units and (after_opening or closing) and units[-1].strip() and token.strip():
            units[-1] += token
        else:
            units.append(token)
        after_opening = token in _OPENING or (quote and not inside_quotes)
        inside_quotes ^= quote
    return units


def _break_up(unit: str, room: int, lines: list[str]) -> None:
    for character in unit:
        if lines[-1] and width(lines[-1] + character) > room:
            lines.append("")
        lines[-1] += character
