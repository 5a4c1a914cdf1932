"""A page as a drawing: texts, rules, dark fields, each at its place on the sheet.

The browser's page and the PDF both draw what stands here, so that they look alike. Lengths are
whole micrometres from the upper left corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kac.documents import codes
from kac.documents.characters import width
from kac.documents.layout import Paper
from kac.documents.sheets import INCH

_RUN = re.compile(r"[!-~]+|[^ -~]+")
_ROLL_EDGE = 4_000
_QR = {"laser": 15_000, "roll": 20_000}
_BAR_MODULE = INCH * 2 // 180
_BAR_HEIGHT = INCH * 48 // 180
_LARGER = 140


@dataclass(frozen=True, slots=True)
class Text:
    """A run of ASCII or of hanzi from x on, standing on y, as wide as `across`."""

    x: int
    y: int
    across: int
    size: int
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line from one point to another."""

    x: int
    y: int
    to_x: int
    to_y: int


@dataclass(frozen=True, slots=True)
class Field:
    """A dark rectangle."""

    x: int
    y: int
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its size and all that is drawn on it."""

    width: int
    height: int
    texts: tuple[Text, ...]
    rules: tuple[Rule, ...]
    fields: tuple[Field, ...]


def drawn(paper: Paper) -> Iterator[Page]:
    """The pages of a paper, one by one."""
    for lines in paper.pages:
        yield _Drawing(paper, lines).page()


class _Drawing:
    """The geometry of one page: where its lines and its cells are."""

    edges: list[tuple[int, ...]]

    def __init__(self, paper: Paper, lines: tuple[str, ...]) -> None:
        sheet = paper.sheet
        self.paper, self.sheet, self.lines = paper, sheet, lines
        self.left = (sheet.width - sheet.columns * sheet.cell) // 2
        code = _QR["roll"] + _ROLL_EDGE if paper.code else 0
        self.height = sheet.height or len(lines) * sheet.pitch + 2 * _ROLL_EDGE + code
        self.top = sheet.margin // 2 * sheet.pitch
        if sheet.kind == "laser":
            self.top = (sheet.height - sheet.lines * sheet.pitch) // 2
        elif sheet.endless:
            self.top = _ROLL_EDGE
        self.edges = [_crossings(line) for line in lines]

    def page(self) -> Page:
        texts = [text for place in range(len(self.lines)) for text in self._texts(place)]
        rules = [rule for place in range(len(self.lines)) for rule in self._rules(place)]
        fields = tuple(self._code()) if codes.coded(self.paper.code) else ()
        return Page(self.sheet.width, self.height, tuple(texts), tuple(rules), fields)

    def _y(self, place: int) -> int:
        return self.top + place * self.sheet.pitch

    def _x(self, cell: int) -> int:
        return self.left + cell * self.sheet.cell

    def _texts(self, place: int) -> Iterator[Text]:
        line = self.lines[place]
        if self.edges[place] or _is_rule(line, self.sheet.columns):
            return
        for cell in self._frame(place):
            line = _blank(line, cell)
        title = place == self._title()
        size = self.sheet.size
        drop = (self.sheet.pitch - size) // 2 + size * 86 // 100
        for run in _RUN.finditer(line):
            before, said = width(line[: run.start()]), run.group()
            x, across = self._x(before), width(said) * self.sheet.cell
            if title and self.sheet.crown > 1:
                yield self._large(Text(x, self._y(place) + drop, across, size, said, title))
            else:
                yield Text(x, self._y(place) + drop, across, size, said, title)

    def _large(self, text: Text) -> Text:
        """A text in the crown, larger about the middle of the sheet."""
        middle = self.sheet.width // 2
        return replace(
            text,
            x=middle + (text.x - middle) * _LARGER // 100,
            y=text.y - text.size // 4,
            across=text.across * _LARGER // 100,
            size=text.size * _LARGER // 100,
        )

    def _title(self) -> int:
        """The line of the title: the first, or the first that says something in the crown."""
        return next((place for place, line in enumerate(self.lines) if line.strip()), 0)

    def _frame(self, place: int) -> tuple[int, ...]:
        """The cells of a row in which the borders of its table stand."""
        line = self.lines[place]
        if not line.startswith("|"):
            return ()
        for other in (*range(place - 1, -1, -1), *range(place + 1, len(self.lines))):
            if self.edges[other]:
                return tuple(self.edges[other])
        return ()

    def _rules(self, place: int) -> Iterator[Rule]:
        y, pitch, half = self._y(place), self.sheet.pitch, self.sheet.cell // 2
        edge = self.edges[place]
        if edge:
            middle = y + pitch // 2
            yield Rule(self._x(edge[0]) + half, middle, self._x(edge[-1]) + half, middle)
            for step, start, end in ((-1, y, middle), (1, middle, y + pitch)):
                there = place + step
                if 0 <= there < len(self.lines) and self.lines[there].startswith("|"):
                    for cell in edge:
                        yield Rule(self._x(cell) + half, start, self._x(cell) + half, end)
        elif _is_rule(self.lines[place], self.sheet.columns):
            middle = y + pitch // 2
            yield Rule(self._x(0), middle, self._x(self.sheet.columns), middle)
        for cell in self._frame(place):
            yield Rule(self._x(cell) + half, y, self._x(cell) + half, y + pitch)

    def _code(self) -> Iterator[Field]:
        if self.sheet.kind == "matrix":
            if barred(self.paper, self.lines):
                for start, length in codes.bars(self.paper.code):
                    x = self.left + start * _BAR_MODULE
                    yield Field(x, self.top // 4, length * _BAR_MODULE, _BAR_HEIGHT)
            return
        grid = codes.qr(self.paper.code)
        module = _QR[self.sheet.kind] // len(grid)
        x, y = self._x(self.sheet.columns) - module * len(grid), self.top
        if self.sheet.endless:
            x = (self.sheet.width - module * len(grid)) // 2
            y = self._y(len(self.lines)) + _ROLL_EDGE // 2
        for down, row in enumerate(grid):
            for start, length in _dark(row):
                yield Field(x + start * module, y + down * module, length * module, module)


def barred(paper: Paper, lines: tuple[str, ...]) -> bool:
    """Whether the title of a page leaves room for the bars at its left.

    A void paper or one of a training ledger has its marks there, and is not to be scanned.
    """
    if not codes.coded(paper.code) or not lines:
        return False
    room = (len(lines[0]) - len(lines[0].lstrip(" "))) * paper.sheet.cell
    return room >= codes.room(paper.code) * _BAR_MODULE


def _crossings(line: str) -> tuple[int, ...]:
    """Where the borders of a table cross on a line that is an edge of one; nowhere on others."""
    if not re.fullmatch(r"\+(-+\+)+", line):
        return ()
    return tuple(place for place, sign in enumerate(line) if sign == "+")


def _is_rule(line: str, columns: int) -> bool:
    return line == "-" * columns


def _blank(line: str, cell: int) -> str:
    """The line with a blank in place of the ASCII sign in one of its cells."""
    at = next((place for place in range(len(line)) if width(line[:place]) == cell), None)
    return line if at is None or line[at] != "|" else f"{line[:at]} {line[at + 1 :]}"


def _dark(row: list[bool]) -> Iterator[tuple[int, int]]:
    text = "".join("1" if dark else "0" for dark in row)
    return ((found.start(), found.end() - found.start()) for found in re.finditer("1+", text))
