"""What may stand where a word is being typed: commands, options, choices, what the ledger holds.

Answers one keystroke: plain SQL over the standard library, thirty rows at most, no ORM.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kac.cli import manual, registry
from kac.cli.hoist import GLOBALS
from kac.cli.lazy import load
from kac.core import errorbook
from kac.core.i18n import _

Offer = tuple[str, str]
_MOST = 30


def _of_customer(table: str) -> str:
    """Documents of a table that names its customer."""
    return (
        f"SELECT d.number AS value, c.name AS says, c.mnemonic AS other FROM {table} d"
        " JOIN customer c ON c.id = d.customer_id"
    )


def _of_order(table: str) -> str:
    """Documents of a table that names its order."""
    return (
        f"SELECT d.number AS value, c.name AS says, c.mnemonic AS other FROM {table} d"
        " JOIN sales_order o ON o.id = d.order_id JOIN customer c ON c.id = o.customer_id"
    )


# What stands for a value in help, and where its values lie: (value, what it means, other ways to
# write it). A document is also found by its customer's name.
_LIVE = {
    "CUSTOMER": "SELECT number AS value, name AS says, mnemonic AS other FROM customer",
    "PRODUCT": "SELECT code AS value, name AS says, mnemonic AS other FROM product",
    "ORDER": _of_customer("sales_order"),
    "QUOTE": _of_customer("quotation"),
    "CONTRACT": _of_customer("contract"),
    "SLIP": _of_order("dispatch"),
    "MONEY": _of_order("payment"),
    "SECURITY": "SELECT number AS value, contract AS says, customer_name AS other FROM v_security",
    "REBATE": _of_order("rebate"),
    "VISIT": "SELECT number AS value, name AS says, '' AS other FROM visit",
    "WAIVER": _of_order("deposit_exception"),
    "REFUND": "SELECT number AS value, customer_name AS says, payment AS other FROM v_refund",
    "INQUIRY": "SELECT number AS value, need AS says, '' AS other FROM inquiry",
    "APPROVAL": "SELECT number AS value, subject AS says, '' AS other FROM approval",
    "DELEGATION": "SELECT number AS value, deputy AS says, '' AS other FROM delegation",
    "CHANGE": "SELECT number AS value, reason AS says, '' AS other FROM policy_change",
    "STAFF": "SELECT code AS value, name AS says, '' AS other FROM staff WHERE active = 1",
    "LOCATION": "SELECT code AS value, name AS says, '' AS other FROM location",
}
_SAME = {"CODE": "PRODUCT", "DOCUMENT": "ORDER"}
# What is read about: of the manual, of the register of errors.
_READ = ("TOPIC", "ERROR")


def offers(before: Sequence[str], start: str) -> list[Offer]:
    """What may follow the words before, beginning with what is typed of it: value and meaning."""
    return list(_offers(list(before), start))


def _offers(before: list[str], start: str) -> Iterator[Offer]:
    known = {each.name: each for each in GLOBALS}
    if before and before[-1] in known and known[before[-1]].value:
        yield from _values(known[before[-1]].value, start)
        return
    before = _plain(before)
    if not before:
        yield from _starting(start, [(name, _(g.help)) for name, g in registry.GROUPS.items()])
        yield from _globals(start)
        return
    name = registry.canonical(before[0])
    if name is None:
        return
    command: Any = load(name)
    words = before[1:]
    if hasattr(command, "commands"):
        if not words:
            verbs = command.commands
            yield from _starting(start, [(verb, verbs.line_of(verb)) for verb in verbs])
            return
        command, words = command.commands.get(words[0]), words[1:]
    if command is not None:
        yield from _of_command(command, words, start)


def _plain(words: list[str]) -> list[str]:
    """The words without options for the whole program and their values."""
    takes_value = {each.name for each in GLOBALS if each.value}
    kept, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word in takes_value:
            skip = True
        elif word.partition("=")[0] not in {each.name for each in GLOBALS}:
            kept.append(word)
    return kept


def _globals(start: str) -> Iterator[Offer]:
    if start.startswith("-"):
        yield from _starting(start, [(each.name, _(each.help)) for each in GLOBALS])


def _of_command(command: Any, words: list[str], start: str) -> Iterator[Offer]:
    """Options, the value of an option, or the argument whose turn it is."""
    options = {name: each for each in command.params for name in each.opts if name[0] == "-"}
    if start.startswith("-"):
        listed = dict.fromkeys(options.values())
        yield from _starting(start, [(max(o.opts, key=len), o.help or "") for o in listed])
        return
    waiting = options.get(words[-1]) if words else None
    if waiting is not None and not waiting.is_flag:
        yield from _values(_meant(waiting), start)
        return
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    turn = _typed(words, options)
    if arguments:
        place = min(turn, len(arguments) - 1)
        if turn < len(arguments) or arguments[-1].nargs == -1:
            yield from _values(_meant(arguments[place]), start)


def _typed(words: list[str], options: dict[str, Any]) -> int:
    """How many arguments stand among the words."""
    count, skip = 0, False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in options and not options[word].is_flag
        else:
            count += 1
    return count


def _meant(parameter: Any) -> str:
    """What stands for a value, in the words of the source."""
    shown = (parameter.metavar or "").lstrip("[")
    for name in [*_LIVE, *_SAME, *_READ]:
        if shown.startswith(_(name)):
            return name
    return shown or (parameter.help or "")


def _values(meant: str, start: str) -> Iterator[Offer]:
    kind = _SAME.get(meant, meant)
    if meant in ("DOCUMENT", "ERROR") and start[:1].upper() == "E":
        yield from _starting(start.upper(), errorbook.codes())
    if meant in _READ:
        topics = [(each["topic"], str(each["title"])) for each in manual.listed()]
        yield from _starting(start, topics)
    if kind in _LIVE:
        yield from _live(_LIVE[kind], start)
    elif meant == "LANG":
        yield from _starting(start, [("en", "English"), ("zh_CN", "中文")])
    elif "|" in meant and meant.replace("|", "").replace("_", "").replace("-", "").isalnum():
        yield from _starting(start, [(word, "") for word in meant.split("|")])


def _starting(start: str, known: list[Offer]) -> Iterator[Offer]:
    return (offer for offer in known if offer[0].startswith(start))


def _live(sql: str, start: str) -> Iterator[Offer]:
    """What the ledger holds: by the beginning of its number, else by name or pinyin initials.

    Found by a name, the name itself is offered as long as several begin so; the number where one
    is left. The newest come first.
    """
    from kac.cli.places import ledger_path
    from kac.core.text import folded

    if not ledger_path().is_file():
        return
    plain = _escaped(start.upper())
    rows = _asked(f"SELECT * FROM ({sql}) AS live WHERE upper(value) LIKE :start", f"{plain}%")
    if rows or not start:
        yield from ((row["value"], row["says"]) for row in rows)
        return
    named = "upper(says) LIKE :start OR upper(other) LIKE :start"
    rows = _asked(f"SELECT * FROM ({sql}) AS live WHERE {named}", f"{_escaped(folded(start))}%")
    if len({row["says"] for row in rows}) == 1 and len(rows) == 1:
        yield rows[0]["value"], rows[0]["says"]
    else:
        for row in rows:
            by_name = row["says"].startswith(start)
            yield (row["says"], row["value"]) if by_name else (row["value"], row["says"])


def _escaped(written: str) -> str:
    return written.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _asked(sql: str, start: str) -> list[Any]:
    from kac.cli.places import ledger_path
    from kac.db.reader import reading

    with reading(ledger_path()) as reader:
        return reader.all(
            f"{sql.replace(':start', ':start ESCAPE :sign')} ORDER BY value DESC LIMIT :most",
            start=start,
            sign="\\",
            most=_MOST,
        )
