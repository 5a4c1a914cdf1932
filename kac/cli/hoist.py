"""Options for the whole program, which may stand anywhere before `--`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kac.cli.setting import Repeat, Setting
from kac.core import i18n
from kac.core.errors import UsageError
from kac.core.i18n import N_, _
from kac.core.values import dataclass

COLORS = ("auto", "always", "never")


@dataclass(frozen=True, slots=True)
class Global:
    """One option: what is typed, the field of Setting that it fills, whether a value follows."""

    name: str
    field: str
    value: str
    help: str

    @property
    def shown(self) -> str:
        """The option as help shows it."""
        from kac.cli.helppage import placeholder

        return f"{self.name} {placeholder(self.value)}" if self.value else self.name


GLOBALS = (
    Global(
        "--db", "db", "PATH", N_("the ledger; else KAC_DB, the config file, your data directory")
    ),
    Global("--config", "config", "FILE", N_("this config file and no other")),
    Global("--no-config", "no_config", "", N_("no config file at all")),
    Global("--as", "staff", "STAFF", N_("act as this member of staff")),
    Global("--lang", "lang", "LANG", N_("en or zh_CN")),
    Global("--no-input", "no_input", "", N_("never ask; a missing value is exit 10")),
    Global("--color", "color", "|".join(COLORS), N_("colours on a terminal")),
    Global("--no-pager", "no_pager", "", N_("long lists run through")),
    Global("--debug", "debug", "", N_("show tracebacks of internal errors")),
)
_HELP = frozenset({"-h", "--help", "--version"})
# What helps out of a config file that is wrong is not stopped by it.
_ABOUT_KAC = _HELP | {"doctor", "config", "help", "guide", "completion", "__complete"}
_BY_NAME = {each.name: each for each in GLOBALS}


def hoist(
    argv: Sequence[str], now: datetime, repeat: Repeat | None = None
) -> tuple[Setting, list[str]]:
    """What was said for the whole program, and the words that remain for the command."""
    _refuse_broken(argv)
    found: dict[str, Any] = {}
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
            break
        name, has_value, value = word.partition("=")
        option = _BY_NAME.get(name)
        if option is None:
            rest.append(word)
        elif not option.value:
            found[option.field] = True
        else:
            found[option.field] = value if has_value else _next(words, option)
    if found.get("color", "auto") not in COLORS:
        raise UsageError(
            _("--color is one of: {words}").format(words=", ".join(COLORS)), code="E-CLI-005"
        )
    lenient = not _ABOUT_KAC.isdisjoint({*rest[:1], *(word for word in rest if word in _HELP)})
    return Setting(argv=tuple(argv), now=now, repeat=repeat, lenient=lenient, **found), rest


def _refuse_broken(argv: Sequence[str]) -> None:
    """Bytes that are no text in this terminal's encoding arrive as lone surrogates."""
    for word in argv:
        if not word.isascii() and any(unicodedata.category(c) == "Cs" for c in word):
            raise UsageError(
                _("{word} is not text in UTF-8").format(word=ascii(word)), code="E-CLI-010"
            )


def _next(words: Any, option: Global) -> str:
    value = next(words, None)
    if value is None:
        raise UsageError(
            _("{option} needs a value: {shown}").format(option=option.name, shown=option.shown),
            code="E-CLI-003",
        )
    return str(value)


def language_said(argv: Sequence[str]) -> str:
    """The language that `--lang` names, judged before anything is understood; empty for none."""
    before = list(argv[: argv.index("--")] if "--" in argv else argv)
    joined = [word.partition("=")[::2] for word in before]
    for name, value in reversed([*zip(before, before[1:], strict=False), *joined]):
        if name == "--lang" and i18n.is_spoken(value):
            return value
    return ""


def wants_json(argv: Sequence[str]) -> bool:
    """Whether errors are to be told as JSON, judged before anything is understood."""
    before = argv[: argv.index("--")] if "--" in argv else argv
    pairs = list(zip(before, before[1:], strict=False))
    return "--json" in before or "--format=json" in before or ("--format", "json") in pairs
