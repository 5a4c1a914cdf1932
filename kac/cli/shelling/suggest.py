"""What may stand where the cursor is: commands, options, and what the ledger has by that name.

Customers, goods and orders are found by number, by any part of the Chinese name, and by pinyin.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kac.cli import lazy, registry
from kac.cli.counter import ledger_path
from kac.cli.hoist import GLOBALS
from kac.core.errors import KacError
from kac.core.i18n import _
from kac.core.text import folded, shown
from kac.db.reader import Reader, Row, reading

MOST = 30
_LAST_WORD = re.compile(r"\S*$")
# Which values the parameters of commands take, by the name that all commands give them.
_CUSTOMERS = frozenset({"customer"})
_GOODS = frozenset({"product", "line", "gift", "wanted"})
_ORDERS = frozenset({"order"})
_OTHERS = {
    "approval": "SELECT number, customer_name FROM v_approval",
    "slip": "SELECT number, customer_name FROM v_dispatch",
    "money": "SELECT number, customer_name FROM v_payment",
    "payment": "SELECT number, customer_name FROM v_payment",
    "staff": "SELECT code AS number, name AS customer_name FROM staff WHERE active",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text to stand in place of the last `length` characters, and what it means."""

    text: str
    length: int
    says: str


def command_line(before: str, own: Iterable[tuple[str, str]] = ()) -> list[Suggestion]:
    """Suggestions for a command typed so far; `own` are words that the shell itself knows."""
    word = _last_word(before)
    pairs = list(_for_command(_words(before[: len(before) - len(word)]), word, own))
    return [Suggestion(text, len(word), says) for text, says in pairs[:MOST]]


def customers(before: str) -> list[Suggestion]:
    """Suggestions where a customer is asked for."""
    return [Suggestion(text, len(before), says) for text, says in _live(_customers, before.strip())]


def goods(before: str) -> list[Suggestion]:
    """Suggestions where an entry of an order begins."""
    word = before.lstrip("?？ ")
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


def _for_command(
    before: list[str], word: str, own: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    before = _without_globals(before)
    if not before:
        known = [*own, *((name, _(group.help)) for name, group in registry.GROUPS.items())]
        yield from _starting(word, known)
        return
    name = registry.canonical(before[0])
    if name is None:
        return
    command = lazy.load(name)
    verbs = getattr(command, "commands", None)
    if verbs is not None and len(before) == 1:
        yield from _starting(word, [(v, c.get_short_help_str()) for v, c in verbs.items()])
        return
    verb = command if verbs is None else verbs.get(before[1])
    if verb is not None:
        yield from _for_verb(verb, before[1 if verbs is None else 2 :], word)


def _without_globals(words: list[str]) -> list[str]:
    takes_value = {each.name: bool(each.value) for each in GLOBALS}
    kept: list[str] = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in takes_value:
            skip = takes_value[word]
        else:
            kept.append(word)
    return kept


def _for_verb(verb: Any, before: list[str], word: str) -> Iterator[tuple[str, str]]:
    options = {name: p for p in verb.params if p.param_type_name == "option" for name in p.opts}
    if before and before[-1] in options and not options[before[-1]].is_flag:
        yield from _values(options[before[-1]], word)
    elif word.startswith("-"):
        longest = {max(p.opts, key=len): p.help or "" for p in options.values()}
        yield from _starting(word, list(longest.items()))
    else:
        argument = _argument_at(verb, _positions(before, options))
        if argument is not None:
            yield from _values(argument, word)


def _positions(before: list[str], options: dict[str, Any]) -> int:
    """How many arguments stand before the word, options and their values not counted."""
    count, skip = 0, False
    for word in before:
        if skip:
            skip = False
        elif word in options:
            skip = not options[word].is_flag
        elif not word.startswith("-"):
            count += 1
    return count


def _argument_at(verb: Any, position: int) -> Any:
    arguments = [p for p in verb.params if p.param_type_name == "argument"]
    if position < len(arguments):
        return arguments[position]
    return arguments[-1] if arguments and arguments[-1].nargs == -1 else None


def _values(parameter: Any, word: str) -> Iterator[tuple[str, str]]:
    name, choices = parameter.name, parameter.metavar or ""
    if name in _CUSTOMERS:
        yield from _live(_customers, word)
    elif name in _GOODS:
        ending = "" if name == "product" else ":"
        yield from ((text + ending, says) for text, says in _live(_goods, word))
    elif name in _ORDERS:
        yield from _live(_orders, word)
    elif name in _OTHERS:
        yield from _live(lambda reader, typed: _others(reader, _OTHERS[name], typed), word)
    elif "|" in choices:
        yield from _starting(word, [(choice, "") for choice in choices.split("|")])


def _starting(word: str, known: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return (pair for pair in known if pair[0].startswith(word))


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


def _others(reader: Reader, select: str, word: str) -> list[Row]:
    return reader.all(
        f"SELECT number, customer_name FROM ({select}) AS live"
        " WHERE number LIKE :any ESCAPE '\\' OR customer_name LIKE :any ESCAPE '\\'"
        " ORDER BY number DESC LIMIT :most",
        any=f"%{_patterns(word)['part'].strip('%')}%",
        most=MOST,
    )


def _patterns(word: str) -> dict[str, str]:
    plain = folded(word).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {"start": f"{plain}%", "part": f"%{plain}%"}
