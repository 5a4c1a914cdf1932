"""A fresh machine: both commands of the README, in a clean checkout with nothing but Python.

Installs what the commands install, over the network: `.venv/bin/python -m pytest -m slow
tests/journeys/test_fresh_machine.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS: dict[str, str] = dict(
    re.findall(
        r"<!-- command: (\w+) -->\n```sh\n(.+)\n```", (ROOT / "README.md").read_text("utf-8")
    )
)
# How this machine reaches a package index is not a matter of the project.
NETWORK = re.compile(r"(?i)pip_|(https?|all|no)_proxy$|ssl_cert|requests_ca|curl_ca")
# A few tests stand for all of them: the whole selection would come here again.
FEW = "tests/rules/test_money.py tests/journeys/test_journeys.py"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home, a search path with one Python, and a clean checkout of what is committed."""
    made = tmp_path_factory.mktemp("machine")
    for folder in ("home", "bin"):
        (made / folder).mkdir()
    (made / "bin" / "python3").symlink_to(python())
    subprocess.run(["git", "clone", "-q", ROOT, made / "kac"], check=True)
    return made


def python() -> str:
    """The interpreter under the virtual environment that these tests run in."""
    found = shutil.which(f"python3.{sys.version_info.minor}", path=sys.base_exec_prefix + "/bin")
    assert found, "no interpreter to stand for the fresh machine's"
    return found


def typed(machine: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Type a line at the shell of the machine, in its checkout."""
    environment = {name: value for name, value in os.environ.items() if NETWORK.match(name)}
    environment |= {
        "PATH": f"{machine / 'bin'}:/usr/bin:/bin",
        "HOME": str(machine / "home"),
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.run(
        ["sh", "-c", command],
        cwd=machine / "kac",
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=1800,
        check=False,
    )


def left_behind(machine: Path) -> str:
    """What stands in the checkout and is neither committed nor ignored."""
    git = ["git", "status", "--porcelain"]
    return subprocess.run(
        git, cwd=machine / "kac", capture_output=True, text=True, check=True
    ).stdout


def test_one_command_installs_kac_and_walks_an_order_through_the_desk(machine: Path) -> None:
    said = typed(machine, COMMANDS["demo"])
    assert said.returncode == 0, said.stdout + said.stderr
    for words in ("kac init --training", "SH", "reconcile run --check", "all of them answered"):
        assert words in said.stdout, f"{words}\n{said.stdout}"
    assert left_behind(machine) == "", "the demo leaves nothing in the checkout"


def test_the_installed_program_needs_no_checkout(machine: Path) -> None:
    (machine / "elsewhere").mkdir()
    said = typed(machine, "cd ../elsewhere && ../kac/.venv/bin/kac --version && ls -A")
    assert (said.returncode, said.stdout) == (0, "kac 0.1.0\n"), said.stderr


def test_one_command_sets_up_for_work_and_passes_the_tests(machine: Path) -> None:
    said = typed(machine, f"{COMMANDS['test']} {FEW}")
    assert said.returncode == 0, said.stdout + said.stderr
    assert re.search(r"\d+ passed", said.stdout), said.stdout
    assert left_behind(machine) == "", "the tests leave nothing in the checkout"
