"""Where things lie: the ledger and the directory of sessions."""

from __future__ import annotations

import os
from pathlib import Path

from kac.cli import configfile, setting


def ledger_path() -> Path:
    """The ledger: `--db`, KAC_DB, the config file, then the user's data directory."""
    named = setting.current().db or os.environ.get("KAC_DB") or config("db", "path")
    if named:
        return Path(named).expanduser().absolute()
    return configfile.home("data") / "ledger.db"


def state_dir() -> Path:
    """Where sessions lie."""
    return configfile.home("state")


def config(section: str, key: str) -> str:
    """A value of the config file; empty where it is not set."""
    return configfile.value(f"{section}.{key}")
