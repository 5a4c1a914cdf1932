"""The front door stays light: nobody who only reads waits for SQLModel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kac.cli.registry import GROUPS

ROOT = Path(__file__).parents[2]
HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "alembic", "prompt_toolkit")
READERS = (
    *("", "--version", "--help", "order --help", "staff add --help", "completion bash"),
    *("__complete -- or", "__complete -- staff l", "__complete -- order show DD"),
    *("ordr", "order lst", "staff list --nothing", "whoami", "staff list", "staff list --json"),
    *("staff show finance", "staff roles --csv", "policy show", "policy list", "audit log"),
    *("policy history", "policy diff 1 1", "policy export --set distributor"),
    *("audit verify", "db check", "db version", "doctor", "status none", "retry", "retry --list"),
    *("customer list", "customer show KH0001", "product list", "product show P0001", "stock list"),
    *("stock check P0001:1", "order list", "order list --json", "order show @", "approval list"),
    *("payment list", "dispatch list", "todo", "explain @", "rule list", "rule show RTL-DEP-06"),
    *("contract list", "contract show @", "customer applications", "customer application KH0001"),
    *("explain HT20261120-0001", "reconcile list", "calendar show", "inquiry list"),
    *("quote list --json", "explain XJ1", "export beancount", "export hledger --goods"),
    *("report sales --by season", "report margin", "report deposits", "report officers"),
    *("report punctuality --json",),
)
PROBE = """
import sys
from kac.cli.main import main
main(sys.argv[2:])
found = [name for name in sys.argv[1].split() if name in sys.modules]
sys.stdout.flush()
ours = [name for name in sys.modules if name.startswith("kac.cli.")]
sys.stderr.write(f"\\nLOADED {found} {len(ours)}\\n")
"""


def loaded(desk, words: list[str]) -> str:
    """What of the heavy modules a fresh process has loaded after a command, as it tells itself."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "KAC_USER": "auditor",
        **desk.environment(),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROBE, " ".join(HEAVY), *words],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "E-SYS-" not in done.stderr, done.stderr
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("command", READERS)
def test_reading_loads_no_orm(desk, command: str) -> None:
    assert "LOADED []" in loaded(desk, command.split()), f"kac {command}"


def test_the_probe_sees_what_a_writing_command_loads(desk) -> None:
    told = loaded(
        desk, ["--as", "administrator", "staff", "add", "wang", "wang", "--role", "finance"]
    )
    assert "sqlmodel" in told
    assert "alembic" not in told


def test_root_help_imports_no_group(desk) -> None:
    told = loaded(desk, ["--help"])
    groups = {group.module for group in GROUPS.values()}
    assert int(told.split()[-1]) < len(groups), told
