"""What may stand where the cursor is: commands, options, and what the ledger has by that name.

Customers, goods and orders are found by number, by any part of the Chinese name, and by pinyin.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from typing import Any

from kac.cli import livenames, offers
from kac.cli.counter import ledger_path
from kac.core.errors import KacError
from kac.core.text import folded, shown
from kac.core.values import dataclass
from kac.db.reader import Reader, Row, reading

MOST = livenames.MOST
_LAST_WORD = re.compile(r"\S*$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text to stand in place of the last `length` characters, and what it means."""

    text: str
    length: int
    says: str


def command_line(before: str, own: Iterable[tuple[str, str]] = ()) -> list[Suggestion]:
    """Suggestions for a command typed so far; `own` are words that the shell itself knows."""
    word = _last_word(before)
    words = _words(before[: len(before) - len(word)])
    known = [] if words else [pair for pair in own if pair[0].startswith(word)]
    pairs = [*known, *offers.offers(words, word, _found)]
    return [Suggestion(text, len(word), says) for text, says in pairs[:MOST]]


def customers(before: str) -> list[Suggestion]:
    """Suggestions where a customer is asked for."""
    return [Suggestion(text, len(before), says) for text, says in _live(_customers, before.strip())]


def goods(before: str) -> list[Suggestion]:
    """Suggestions where an entry of an order begins."""
    word = before.lstrip("?？!！ ")
    if " " in word.strip() or not word.strip():
        return []
    return [Suggestion(text, len(word), says) for text, says in _live(_goods, word)]


def nothing(before: str) -> list[Suggestion]:
    """No suggestion, for what is freely typed."""
    return []


def _last_word(before: str) -> str:
    match = _LAST_WORD.search(before)
    return match[0] if match else ""


def _words(text: str) -> list[str]:
    try:
        words = shlex.split(text)
    except ValueError:
        # A quotation that is still open: its words as they stand are near enough.
        words = text.split()
    return words[1:] if words[:1] == ["kac"] else words


def _found(name: str, word: str) -> list[livenames.Offer]:
    """What the ledger has by a name of the help pages; goods in a line wait for a quantity."""
    if name == "CODE":
        return [(f"{code}:", says) for code, says in _live(_goods, word)]
    select = {"CUSTOMER": _customers, "PRODUCT": _goods, "ORDER": _orders, "DOCUMENT": _orders}
    if name in select:
        return _live(select[name], word)
    try:
        return [(value, shown(says)) for value, says in livenames.contain(name, word)]
    except KacError:
        return []


def _live(select: Any, word: str) -> list[tuple[str, str]]:
    """What the ledger has; nothing where it cannot be asked, which the command itself will say."""
    try:
        with reading(ledger_path()) as reader:
            return [(str(row[0]), shown(str(row[1]))) for row in select(reader, word)]
    except KacError:
        return []


def _customers(reader: Reader, word: str, most: int = MOST) -> list[Row]:
    return reader.all(
        "SELECT number, name, id FROM customer WHERE number LIKE upper(:start) ESCAPE '\\'"
        " OR search_key LIKE :part ESCAPE '\\' OR mnemonic LIKE :start ESCAPE '\\'"
        " ORDER BY number LIMIT :most",
        most=most,
        **_patterns(word),
    )


def _goods(reader: Reader, word: str) -> list[Row]:
    return reader.all(
        "SELECT code, name || ' ' || spec FROM product WHERE code LIKE upper(:start) ESCAPE '\\'"
        " OR barcode LIKE :start ESCAPE '\\' OR search_key LIKE :part ESCAPE '\\'"
        " OR mnemonic LIKE :start ESCAPE '\\' ORDER BY code LIMIT :most",
        most=MOST,
        **_patterns(word),
    )


def _orders(reader: Reader, word: str) -> list[Row]:
    """The newest orders with this in their number, else the newest of customers so called."""
    newest = (
        "SELECT o.number, c.name FROM sales_order o JOIN customer c ON c.id = o.customer_id"
        " WHERE {which} ORDER BY o.id DESC LIMIT :most"
    )
    if word.isascii() and (not word or word[-1].isdigit() or word.upper() in ("D", "DD")):
        part = f"%{folded(word).upper()}%"
        return reader.all(newest.format(which="o.number LIKE :part"), part=part, most=MOST)
    ids = ", ".join(str(row["id"]) for row in _customers(reader, word, most=20))
    if not ids:
        return []
    return reader.all(newest.format(which=f"o.customer_id IN ({ids})"), most=MOST)


def _patterns(word: str) -> dict[str, str]:
    plain = folded(word).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {"start": f"{plain}%", "part": f"%{plain}%"}
