"""What may stand where a word is being typed: commands, options, choices, what the ledger holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from kac.cli import livenames, manual, registry, states
from kac.cli.hoist import GLOBALS
from kac.cli.lazy import load
from kac.cli.livenames import LIVE, Offer
from kac.core import errorbook
from kac.core.i18n import _

# How goods stand in a line: their code, then what is wanted of it.
_GOODS = "CODE"
_SAME = {_GOODS: "PRODUCT", "DOCUMENT": "ORDER"}
_HEAD = re.compile(r"\[?(?P<name>[^\[\]:@/.…]+)(?P<rest>.*)")
# What is read about: of the manual, of the register of errors.
_READ = ("TOPIC", "ERROR")
# Finds what the ledger holds: (name in help, what is typed of it) -> offers.
Find = Callable[[str, str], Iterable[Offer]]


def beginning(name: str, start: str) -> Iterator[Offer]:
    """What the ledger holds that begins so: a shell drops whatever does not."""
    return livenames.begin(_SAME.get(name, name), start)


def offers(before: Sequence[str], start: str, find: Find = beginning) -> list[Offer]:
    """What may follow the words before, for what is typed of it: value and meaning."""
    return list(_offers(list(before), start, find))


def _offers(before: list[str], start: str, find: Find) -> Iterator[Offer]:
    known = {each.name: each for each in GLOBALS}
    if before and before[-1] in known and known[before[-1]].value:
        yield from _values(known[before[-1]].value, start, find)
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
        yield from _of_command(command, words, start, find)


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


def _of_command(command: Any, words: list[str], start: str, find: Find) -> Iterator[Offer]:
    """Options, the value of an option, or the argument whose turn it is."""
    options = {name: each for each in command.params for name in each.opts if name[0] == "-"}
    if start.startswith("-"):
        listed = dict.fromkeys(options.values())
        yield from _starting(start, [(max(o.opts, key=len), o.help or "") for o in listed])
        return
    waiting = options.get(words[-1]) if words else None
    if waiting is not None and not waiting.is_flag:
        yield from _values(waiting, start, find)
        return
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    turn = _typed(words, options)
    if arguments:
        place = min(turn, len(arguments) - 1)
        if turn < len(arguments) or arguments[-1].nargs == -1:
            yield from _values(arguments[place], start, find)


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


def names_in(written: str) -> list[str]:
    """The names of the ledger, the manual and the register that stand for a value on help pages."""
    known = {_(name): name for name in (*_READ, *_SAME, *LIVE, "LANG", "COMMAND")}
    found = []
    for part in written.split("|"):
        head = _HEAD.match(part)
        name = known.get(head["name"]) if head else None
        if name and head and _is_whole(name, head["rest"]):
            found.append(name)
    return found


def _is_whole(name: str, rest: str) -> bool:
    """A code is one of goods where a quantity or price follows; LINE:QTY is a line of a form."""
    if name == _GOODS:
        return rest.startswith((":", "@", "["))
    return name != "LINE" or not rest


def _values(parameter: Any, start: str, find: Find) -> Iterator[Offer]:
    written = parameter if isinstance(parameter, str) else (parameter.metavar or "")
    names = names_in(written)
    if ("DOCUMENT" in names or "ERROR" in names) and start[:1].upper() == "E":
        yield from _starting(start.upper(), errorbook.codes())
    if "COMMAND" in names:
        yield from _starting(start, [(name, _(g.help)) for name, g in registry.GROUPS.items()])
    if any(name in _READ for name in names):
        topics = [(each["topic"], str(each["title"])) for each in manual.listed()]
        yield from _starting(start, topics)
    if "LANG" in names:
        yield from _starting(start, [("en", "English"), ("zh_CN", "中文")])
    for name in names:
        if _SAME.get(name, name) in LIVE:
            yield from find(name, start)
    if known := states.called(parameter):
        yield from _called(start, known)
    elif not names:
        yield from _choices(written or getattr(parameter, "help", "") or "", start)


def _called(start: str, known: list[Offer]) -> Iterator[Offer]:
    """States by their codes; by what they are called for whoever begins with that."""
    yield from _starting(start, known)
    if start:
        yield from _starting(start, [(label, code) for code, label in known if label != code])


def _choices(written: str, start: str) -> Iterator[Offer]:
    words = written.split("|")
    if len(words) > 1 and all(re.fullmatch(r"[\w-]+", word) for word in words):
        yield from _starting(start, [(word, "") for word in words])


def _starting(start: str, known: list[Offer]) -> Iterator[Offer]:
    return (offer for offer in known if offer[0].startswith(start))
