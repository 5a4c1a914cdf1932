"""The config file: a few wishes of the site and of the user, each checked and known by name.

No rule of the business stands here, and no secret. The site's file is read first, the user's over
it; a file that `--config` or KAC_CONFIG names stands alone.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from kac.cli import setting
from kac.core import i18n
from kac.core.errors import EnvironmentTrouble, system_says
from kac.core.i18n import _

SITE = Path("/etc/kac/config.toml")


def value(name: str) -> str:
    """What the files say of a key; empty where none does. Yes and no are `1` and empty."""
    return merged().get(name, ("", Path()))[0]


def merged() -> dict[str, tuple[str, Path]]:
    """Every key that is set, with the file that has the last word.

    Wrong files are refused, but for commands that must answer all the same: they go by what is
    right, and `troubles` tells what is not.
    """
    found: dict[str, tuple[str, Path]] = {}
    for path in files():
        said, wrong = _read(path)
        if wrong and not setting.current().lenient:
            raise wrong[0]
        found |= {name: (text, path) for name, text in said.items()}
    return found


def troubles() -> list[EnvironmentTrouble]:
    """Whatever is wrong with the files, one by one."""
    return [wrong for path in files() for wrong in _read(path)[1]]


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


def _read(path: Path) -> tuple[dict[str, str], list[EnvironmentTrouble]]:
    """(what a file says, what is wrong with it); none is there unless one was named."""
    try:
        found = path.stat()
    except OSError as trouble:
        missing = isinstance(trouble, FileNotFoundError | NotADirectoryError)
        if missing and not (setting.current().config or os.environ.get("KAC_CONFIG")):
            return {}, []
        from kac.cli import wishes

        return {}, [wishes.unreadable(path, system_says(trouble))]
    return _as_it_stands(path, (found.st_mtime_ns, found.st_size, found.st_ino), i18n.language())


@lru_cache(maxsize=4)
def _as_it_stands(
    path: Path, _marks: tuple[int, ...], _language: str
) -> tuple[dict[str, str], list[EnvironmentTrouble]]:
    from kac.cli import wishes

    try:
        written = path.read_text("utf-8-sig")
    except OSError as trouble:
        return {}, [wishes.unreadable(path, system_says(trouble))]
    except ValueError:
        return {}, [wishes.unreadable(path, _("it is not in UTF-8"))]
    told = list(wishes.read(path, written))
    wrong = [each for each in told if isinstance(each, EnvironmentTrouble)]
    if wrong:
        # An error that is raised twice tells of two ways: each reading has its own.
        _as_it_stands.cache_clear()
    return dict(each for each in told if not isinstance(each, EnvironmentTrouble)), wrong
