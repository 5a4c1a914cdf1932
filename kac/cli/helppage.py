"""What help pages need beside Chinese: placeholders in the language spoken, columns in line."""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from unicodedata import east_asian_width

from kac.core.i18n import N_, _

PLACEHOLDERS = {
    N_("TABLE"),
    N_("CAMPAIGN"),
    N_("OWNER"),
    N_("TIME"),
    N_("BOX"),
    N_("PLACE"),
    N_("ADJUSTMENT"),
    N_("COST"),
    N_("HOLD"),
    N_("SHIPMENT"),
    N_("DRAW"),
    N_("OFFICE"),
    N_("PROMISE"),
    N_("TRANSFER"),
    N_("REQUEST"),
    N_("AMOUNT"),
    N_("APPROVAL"),
    N_("ARGS"),
    N_("BATCH"),
    N_("CARDS"),
    N_("CHANGE"),
    N_("CHEQUE"),
    N_("CODE"),
    N_("COLUMN"),
    N_("COMMAND"),
    N_("CONTRACT"),
    N_("COPY"),
    N_("CREDIT"),
    N_("CUSTOMER"),
    N_("DAY"),
    N_("DELEGATION"),
    N_("DIRECTORY"),
    N_("DOCUMENT"),
    N_("ERROR"),
    N_("EXPENSE"),
    N_("FATE"),
    N_("FILE"),
    N_("GRADE"),
    N_("ID"),
    N_("INQUIRY"),
    N_("INVOICE"),
    N_("IOU"),
    N_("ITEM"),
    N_("KEY"),
    N_("KIND"),
    N_("LANG"),
    N_("LETTER"),
    N_("LETTERS"),
    N_("LINE"),
    N_("LOCATION"),
    N_("MONEY"),
    N_("MONTH"),
    N_("NAME"),
    N_("NUMBER"),
    N_("OPTIONS"),
    N_("ORDER"),
    N_("PATH"),
    N_("PERCENT"),
    N_("PHONE"),
    N_("PLATE"),
    N_("PREFIX"),
    N_("PRICE"),
    N_("PRODUCT"),
    N_("QTY"),
    N_("QUOTE"),
    N_("REASON"),
    N_("REBATE"),
    N_("REFUND"),
    N_("RETURN"),
    N_("ROLE"),
    N_("SALE"),
    N_("SECTION"),
    N_("SECURITY"),
    N_("SET"),
    N_("SHEET"),
    N_("SHELF"),
    N_("SHELL"),
    N_("SLIP"),
    N_("STAFF"),
    N_("STATEMENT"),
    N_("TEXT"),
    N_("TITLE"),
    N_("TOPIC"),
    N_("VALUE"),
    N_("VISIT"),
    N_("WAIVER"),
    N_("WORD"),
    N_("WORDS"),
    N_("YEAR"),
    N_("YUAN"),
}
CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
# A run of narrow characters or one wide one, with the closing marks that may not begin a line.
# Not compiled here: that takes longer than a command which shows no help has to spare.
_PIECES = r"(?:[^\s\u2e80-\uffef]+|[\u2e80-\uffef])[，。；：、？）]*\s*|\s+"


def placeholder(written: str) -> str:
    """What stands for a value, `CODE:QTY[@PRICE]`, word by word in the language spoken now."""
    return CAPITALS.sub(lambda m: _(m[0]) if m[0] in PLACEHOLDERS else m[0], written)


def aligned(formatter: Any) -> Any:
    """Typer's formatter of help pages, with lists of two columns measured in cells of a screen."""
    formatter.write_dl = partial(_write_list, formatter)
    return formatter


def cells(text: str) -> int:
    """How many cells of a screen a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def folded(text: str, width: int) -> list[str]:
    """A text as lines of at most `width` cells, broken between words and between wide signs."""
    lines, line = [], ""
    for piece in re.findall(_PIECES, text):
        if line and cells(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()]


def _write_list(formatter: Any, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
    rows = list(rows)
    indent = " " * formatter.current_indent
    first = min(max(cells(term) for term, _text in rows), col_max) + col_spacing
    for term, text in rows:
        lines = folded(text, max(formatter.width - first - 2, 10))
        gap = first - cells(term)
        head = f"{term}{' ' * gap}" if gap >= col_spacing else f"{term}\n{indent}{' ' * first}"
        below = "".join(f"{indent}{' ' * first}{line}\n" for line in lines[1:])
        formatter.write(f"{indent}{head}{lines[0]}".rstrip() + f"\n{below}")
