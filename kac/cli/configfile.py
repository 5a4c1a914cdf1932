"""The config file: a few wishes of the site and of the user, each checked and known by name.

No rule of the business stands here, and no secret. The site's file is read first, the user's over
it; a file that `--config` or KAC_CONFIG names stands alone.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from kac.cli import setting
from kac.core.errors import EnvironmentTrouble, system_says
from kac.core.i18n import N_, _
from kac.core.values import dataclass

SITE = Path("/etc/kac/config.toml")
PROFILES = ("dm1", "dm2", "dm3", "a4", "a5", "th80")


@dataclass(frozen=True, slots=True)
class Wish:
    """A key of the file: what it is for, the words it may hold (none: any text), its default."""

    says: str
    words: tuple[str, ...] = ()
    kind: type = str
    default: str = ""


WISHES = {
    "db.path": Wish(N_("the ledger")),
    "db.backup_dir": Wish(N_("where backups go"), default="."),
    "ui.lang": Wish(N_("language of the screen"), ("en", "zh_CN")),
    "ui.color": Wish(N_("colours on a terminal"), ("auto", "always", "never"), default="auto"),
    "ui.pager": Wish(N_("what shows long lists, or off"), default="auto"),
    "ui.ambiguous": Wish(N_("cells that √ and ─ take"), ("auto", "1", "2"), default="auto"),
    "ui.ascii": Wish(N_("no signs but those of ASCII"), kind=bool, default="no"),
    "print.default_profile": Wish(N_("the sheet that papers are printed on"), PROFILES),
    "print.font": Wish(N_("font file of a PDF, FILE or FILE#PLACE in a collection")),
    "print.matrix": Wish(N_("dot-matrix printer: a queue, or the path of a device")),
    "print.laser": Wish(N_("laser printer: a queue, or the path of a device")),
    "print.roll": Wish(N_("thermal printer: a queue, or the path of a device")),
    "import.inbox": Wish(N_("folder that statements of account are laid in")),
    "ui.idle_lock": Wish(N_("minutes until the shell locks; 0 for never"), kind=int, default="15"),
}


def value(name: str) -> str:
    """What the files say of a key; empty where none does. Yes and no are `1` and empty."""
    return merged().get(name, ("", Path()))[0]


def merged() -> dict[str, tuple[str, Path]]:
    """Every key that is set, with the file that has the last word; wrong files are refused."""
    found: dict[str, tuple[str, Path]] = {}
    for path in files():
        found |= {name: (said, path) for name, said in _read(path).items()}
    return found


def files() -> list[Path]:
    """The files that are looked for, the one with the last word at the end."""
    if setting.current().no_config:
        return []
    named = setting.current().config or os.environ.get("KAC_CONFIG")
    if named:
        return [Path(named).expanduser().absolute()]
    return [*([SITE] if os.name == "posix" else []), home("config") / "config.toml"]


def home(kind: str) -> Path:
    """The user's directory of kac for `config`, `data` or `state`."""
    base = os.environ.get(f"XDG_{kind.upper()}_HOME")
    inside = {"config": ".config", "data": ".local/share", "state": ".local/state"}[kind]
    if os.name == "nt":
        base = base or os.environ.get("APPDATA" if kind == "config" else "LOCALAPPDATA")
        inside = "AppData/Roaming" if kind == "config" else "AppData/Local"
    return (Path(base) if base else Path.home() / inside) / "kac"


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        if setting.current().config or os.environ.get("KAC_CONFIG"):
            raise _unreadable(path, _("no such file or directory"))
        return {}
    import tomllib

    try:
        found = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as trouble:
        raise _unreadable(path, system_says(trouble)) from trouble
    except ValueError as trouble:
        raise _unreadable(path, str(trouble)) from trouble
    return {name: _checked(path, name, said) for name, said in _flat(found).items()}


def _flat(found: dict[str, Any]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for section, values in found.items():
        if isinstance(values, dict):
            named |= {f"{section}.{key}": said for key, said in values.items()}
        else:
            named[section] = values
    return named


def _checked(path: Path, name: str, said: Any) -> str:
    wish = WISHES.get(name)
    if wish is None:
        raise _unknown(path, name)
    fits = isinstance(said, wish.kind) and isinstance(said, bool) == (wish.kind is bool)
    if wish.words and str(said) in wish.words and not isinstance(said, bool):
        return str(said)
    if wish.words or not fits or (wish.kind is int and said < 0):
        raise EnvironmentTrouble(
            _("{path}: {name} cannot be {value}").format(path=path, name=name, value=said),
            code="E-CFG-003",
            cause=[_("it takes: {words}").format(words=_takes(wish))],
        )
    return ("1" if said else "") if wish.kind is bool else str(said)


def _takes(wish: Wish) -> str:
    if wish.words:
        return ", ".join(wish.words)
    if wish.kind is bool:
        return "true, false"
    return _("a whole number") if wish.kind is int else _("text")


def _unknown(path: Path, name: str) -> EnvironmentTrouble:
    from difflib import get_close_matches

    near = get_close_matches(name, WISHES, n=1, cutoff=0.5)
    cause = [_("did you mean: {names}").format(names=near[0])] if near else []
    return EnvironmentTrouble(
        _("{path}: unknown setting {name}").format(path=path, name=name),
        code="E-CFG-002",
        cause=[*cause, _("known: {names}").format(names=", ".join(sorted(WISHES)))],
    )


def _unreadable(path: Path, trouble: str) -> EnvironmentTrouble:
    return EnvironmentTrouble(
        _("the config file {path} cannot be read: {trouble}").format(path=path, trouble=trouble),
        code="E-CFG-001",
    )
