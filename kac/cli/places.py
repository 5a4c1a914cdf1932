"""Where things lie: the ledger, the config file, the directory of sessions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from kac.cli import setting
from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import _

_KNOWN = {"db": {"path"}, "ui": {"lang"}}


def ledger_path() -> Path:
    """The ledger: `--db`, KAC_DB, the config file, then the user's data directory."""
    named = setting.current().db or os.environ.get("KAC_DB") or config("db", "path")
    if named:
        return Path(named).expanduser().absolute()
    return _home("XDG_DATA_HOME", ".local/share") / "ledger.db"


def state_dir() -> Path:
    """Where sessions lie."""
    return _home("XDG_STATE_HOME", ".local/state")


def config(section: str, key: str) -> str:
    """A value of the config file; empty where it is not set. Unknown keys are refused by name."""
    path = os.environ.get("KAC_CONFIG") or str(_home("XDG_CONFIG_HOME", ".config") / "config.toml")
    return str(_read(Path(path)).get(section, {}).get(key, ""))


def _home(variable: str, default: str) -> Path:
    base = os.environ.get(variable)
    return (Path(base) if base else Path.home() / default) / "kac"


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    import tomllib

    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as trouble:
        raise EnvironmentTrouble(
            _("the config file {path} cannot be read: {trouble}").format(
                path=path, trouble=trouble
            ),
            code="E-CFG-001",
        ) from trouble
    for section, values in found.items():
        strange = set(values) - _KNOWN.get(section, set())
        if strange or section not in _KNOWN:
            raise EnvironmentTrouble(
                _("{path}: unknown setting {name}").format(
                    path=path, name=".".join([section, *sorted(strange)[:1]])
                ),
                code="E-CFG-002",
                cause=[_("known: db.path, ui.lang")],
            )
    return found
