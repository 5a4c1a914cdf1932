"""The keys of the config file: what each is for, what it may hold, and what it comes to as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import N_, _
from kac.core.values import dataclass

# The sheets that papers are printed on.
PROFILES = ("dm1", "dm2", "dm3", "a4", "a5", "th80")


@dataclass(frozen=True, slots=True)
class Wish:
    """A key of the file: what it is for, the words it may hold (none: any text), its default.

    Of kind `list` are several texts; they come out with a comma between them.
    """

    says: str
    words: tuple[str, ...] = ()
    kind: type = str
    default: str = ""


WISHES = {
    "db.path": Wish(N_("the ledger")),
    "db.backup_dir": Wish(N_("where backups go"), default="."),
    "db.busy_timeout_ms": Wish(
        N_("thousandths of a second that a command waits for another"), kind=int, default="30000"
    ),
    "company.name": Wish(N_("the company that kac init makes a ledger for")),
    "company.uscc": Wish(N_("the company's credit code, on contracts")),
    "company.address": Wish(N_("the company's address, on papers that go to customers")),
    "company.phone": Wish(N_("telephone, on quotations, contracts, statements, reminders")),
    "company.bank": Wish(N_("bank and account, on contracts, statements, reminders")),
    "ui.lang": Wish(N_("language of the screen"), ("en", "zh_CN")),
    "ui.color": Wish(N_("colours on a terminal"), ("auto", "always", "never"), default="auto"),
    "ui.pager": Wish(N_("what shows long lists, or off"), default="auto"),
    "ui.page_size": Wish(
        N_("rows of a list on the screen without --limit; 0 for all"), kind=int, default="0"
    ),
    "ui.ambiguous": Wish(N_("cells that √ and ─ take"), ("auto", "1", "2"), default="auto"),
    "ui.ascii": Wish(N_("no signs but those of ASCII"), kind=bool, default="no"),
    "ui.idle_lock": Wish(N_("minutes until the shell locks; 0 for never"), kind=int, default="15"),
    "print.default_profile": Wish(N_("the sheet that papers are printed on"), PROFILES),
    "print.font": Wish(N_("font file of a PDF, FILE or FILE#PLACE in a collection")),
    "print.matrix": Wish(N_("dot-matrix printer: a queue, or the path of a device")),
    "print.laser": Wish(N_("laser printer: a queue, or the path of a device")),
    "print.roll": Wish(N_("thermal printer: a queue, or the path of a device")),
    "import.inbox": Wish(N_("folder that statements of account are laid in")),
    "import.archive": Wish(N_("folder that statements go to once they are taken in")),
    "recon.profiles": Wish(N_("layouts of statements that this house gets; none: all"), kind=list),
    "report.mail_to": Wish(N_("who gets what reconcile run --check finds")),
}
# Each sheet may have a printer and a manner of its own: shown where they are set.
_OF_A_PROFILE = {
    "queue": Wish(N_("printer of this sheet: a queue, or the path of a device")),
    "copies": Wish(N_("copies: all in one printing, or each alone"), ("carbon", "each")),
}
PROFILED = {
    f"print.profiles.{name}.{key}": wish for name in PROFILES for key, wish in _OF_A_PROFILE.items()
}
KNOWN = WISHES | PROFILED
# What other programs keep in such a file and kac keeps elsewhere: the command that shows it.
_ELSEWHERE = {
    "recon.auto_min_score": "kac policy show bank",
    "import.profiles": "kac reconcile profiles",
}


def read(path: Path, written: str) -> Iterator[tuple[str, str] | EnvironmentTrouble]:
    """What a file says, key by key, or why it cannot; a file that is no TOML is one trouble."""
    import tomllib

    try:
        found = tomllib.loads(written)
    except ValueError as trouble:
        yield unreadable(path, _no_toml(str(trouble)))
        return
    for name, said in _flat(found):
        wish = KNOWN.get(name)
        yield _unknown(path, name) if wish is None else _checked(path, name, wish, said)


def unreadable(path: Path, trouble: str) -> EnvironmentTrouble:
    """The refusal of a file that says nothing."""
    return EnvironmentTrouble(
        _("the config file {path} cannot be read: {trouble}").format(path=path, trouble=trouble),
        code="E-CFG-001",
        fix=["kac doctor"],
    )


def _no_toml(said: str) -> str:
    import re

    place = re.search(r"at line (\d+), column (\d+)", said)
    if place is None:
        return _("it is no TOML")
    return _("it is no TOML at line {line}, column {column}").format(line=place[1], column=place[2])


def _flat(found: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, said in found.items():
        if isinstance(said, dict) and said:
            yield from _flat(said, f"{above}{key}.")
        elif not isinstance(said, dict):
            yield f"{above}{key}", said


def _checked(path: Path, name: str, wish: Wish, said: Any) -> tuple[str, str] | EnvironmentTrouble:
    if wish.words and str(said) in wish.words and not isinstance(said, bool):
        return name, str(said)
    fits = isinstance(said, wish.kind) and isinstance(said, bool) == (wish.kind is bool)
    if wish.kind is list and fits:
        fits = all(isinstance(each, str) and each and "," not in each for each in said)
    if wish.words or not fits or (wish.kind is int and said < 0):
        return EnvironmentTrouble(
            _("{path}: {name} cannot be {value}").format(path=path, name=name, value=said),
            code="E-CFG-003",
            cause=[_("it takes: {words}").format(words=_takes(wish))],
        )
    if wish.kind is list:
        return name, ",".join(said)
    return name, ("1" if said else "") if wish.kind is bool else str(said)


def _takes(wish: Wish) -> str:
    if wish.words:
        return ", ".join(wish.words)
    kinds = {
        bool: "true, false",
        int: _("a whole number"),
        list: _('texts in brackets: ["a", "b"]'),
    }
    return kinds.get(wish.kind, _("text"))


def _unknown(path: Path, name: str) -> EnvironmentTrouble:
    from difflib import get_close_matches

    if name in _ELSEWHERE:
        cause, fix = [_("kac keeps this elsewhere")], [_ELSEWHERE[name]]
    else:
        near = get_close_matches(name, KNOWN, n=1, cutoff=0.5)
        cause = [_("did you mean: {names}").format(names=near[0])] if near else []
        cause.append(_("known: {names}").format(names=", ".join([*WISHES, _profiled()])))
        fix = ["kac doctor"]
    return EnvironmentTrouble(
        _("{path}: unknown setting {name}").format(path=path, name=name),
        code="E-CFG-002",
        cause=cause,
        fix=fix,
    )


def _profiled() -> str:
    return f"print.profiles.{'|'.join(PROFILES)}.{'|'.join(_OF_A_PROFILE)}"
