"""Markdown as a plain page: headings underlined, paragraphs folded, no sign of markup left.

It knows what the manual uses: headings, paragraphs, lists, tables, fences, and directives such as
`<!-- life: orders.ORDER -->`, which are filled in when a page is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kac.cli.helppage import cells, folded
from kac.core.values import dataclass

_FENCE = "```"
_INDENT = "    "
_GAP = "  "
_NARROWEST = 16
_HEADING = re.compile(r"(#{1,3}) (.+)")
_ITEM = re.compile(r"( *)([-*]|\d+\.) (.+)")
_DIRECTIVE = re.compile(r"<!-- (\w+): ([\w.]+) -->")
_INLINE = (
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
)
_UNDERLINES = {1: "=", 2: "-"}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page: its kind (heading, text, item, table, fence, directive) and its lines.

    `mark` is the level of a heading, the sign of an item, the language of a fence, or the name of
    a directive.
    """

    kind: str
    lines: tuple[str, ...]
    mark: str = ""


def title(markdown: str) -> str:
    """The first heading of a page."""
    return next(block.lines[0] for block in blocks(markdown) if block.kind == "heading")


def summary(markdown: str) -> str:
    """The first paragraph of a page, as one line."""
    return _plain(_joined(next(b for b in blocks(markdown) if b.kind == "text").lines))


def blocks(markdown: str) -> Iterator[Block]:
    """The pieces of a page in order."""
    lines = iter([*markdown.splitlines(), ""])
    text: list[str] = []
    for line in lines:
        if text and not _goes_on(text, line):
            yield _closed(text)
            text = []
        if line.startswith(_FENCE):
            yield Block("fence", tuple(_until_closed(lines)), line.removeprefix(_FENCE).strip())
        elif heading := _HEADING.fullmatch(line):
            yield Block("heading", (heading[2],), str(len(heading[1])))
        elif directive := _DIRECTIVE.fullmatch(line):
            yield Block("directive", (directive[2],), directive[1])
        elif line.strip():
            text.append(line)


def _goes_on(text: list[str], line: str) -> bool:
    if not line.strip() or line.startswith((_FENCE, "#", "<!--")) or _ITEM.fullmatch(line):
        return False
    return text[0].startswith("|") == line.startswith("|")


def _until_closed(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith(_FENCE):
            return
        yield line


def _closed(text: list[str]) -> Block:
    if text[0].startswith("|"):
        return Block("table", tuple(text))
    if item := _ITEM.fullmatch(text[0]):
        return Block("item", (item[3], *(line.strip() for line in text[1:])), item[1] + item[2])
    return Block("text", tuple(text))


def plain(markdown: str, width: int, fill: Callable[[str, str], str]) -> str:
    """A page as plain text of lines of at most `width` cells; fences and diagrams are not folded.

    `fill` says what stands for a directive, by its name and value.
    """
    pieces: list[str] = []
    before = ""
    for block in blocks(markdown):
        together = before == block.kind == "item"
        pieces.append(("" if together or not pieces else "\n") + _shown(block, width, fill))
        before = block.kind
    return "\n".join(pieces)


def _shown(block: Block, width: int, fill: Callable[[str, str], str]) -> str:
    if block.kind == "heading":
        text = _plain(block.lines[0])
        line = _UNDERLINES.get(int(block.mark), "")
        return f"{text}\n{line * cells(text)}" if line else text
    if block.kind == "item":
        return _item(block, width)
    if block.kind == "table":
        return _table(block.lines, width)
    if block.kind == "fence":
        name = block.mark.partition(" ")[2]
        head = [f"{name}:"] if name else []
        return "\n".join([*head, *(f"{_INDENT}{line}".rstrip() for line in block.lines)])
    if block.kind == "directive":
        made = fill(block.mark, block.lines[0])
        return "\n".join(f"{_INDENT}{line}".rstrip() for line in made.split("\n"))
    return "\n".join(folded(_plain(_joined(block.lines)), width))


def _item(block: Block, width: int) -> str:
    sign = block.mark.strip()
    lead = " " * (cells(block.mark) - cells(sign))
    lines = folded(_plain(_joined(block.lines)), width - cells(block.mark) - 3)
    below = " " * (cells(sign) + 1)
    return "\n".join(
        f"  {lead}{sign if not place else below[:-1]} {line}" for place, line in enumerate(lines)
    )


def _table(lines: tuple[str, ...], width: int) -> str:
    """Columns in line; where they are too wide together the widest is folded."""
    rows = [
        [_plain(cell.strip()) for cell in line.strip("|").split("|")]
        for line in lines
        if not re.fullmatch(r"[|:\- ]+", line)
    ]
    widths = [max(cells(row[place]) for row in rows) for place in range(len(rows[0]))]
    while sum(widths) + len(_GAP) * len(widths) > width and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    head, *body = (_row(row, widths) for row in rows)
    rule = _GAP.join("-" * wide for wide in widths)
    shown = [*head, rule, *(line for row in body for line in row)]
    return "\n".join(f"{_GAP}{line}".rstrip() for line in shown)


def _row(row: list[str], widths: list[int]) -> list[str]:
    """A row of a table, on as many lines as its longest cell takes."""
    folds = [folded(cell, wide) for cell, wide in zip(row, widths, strict=True)]
    lines = []
    for place in range(max(map(len, folds))):
        parts = [fold[place] if place < len(fold) else "" for fold in folds]
        padded = (p + " " * (wide - cells(p)) for p, wide in zip(parts, widths, strict=True))
        lines.append(_GAP.join(padded))
    return lines


def _joined(lines: tuple[str, ...]) -> str:
    """Lines as one text; between two Chinese ones no blank comes in."""
    text = lines[0].strip()
    for line in lines[1:]:
        line = line.strip()
        wide = cells(text[-1:]) == 2 and cells(line[:1]) == 2
        text += line if wide else f" {line}"
    return text


def _plain(text: str) -> str:
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    return text
