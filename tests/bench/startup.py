"""How long a command keeps a clerk waiting, as a multiple of starting Python for nothing.

Whole processes, measured in turns: in each round `python -c pass` and every command once, so that
a busy machine slows both. A figure is the median of the rounds' own ratios.

    python -m tests.bench.startup 15
"""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
SCRIPT = Path(sys.executable).with_name("kac")
PEERS = {
    "hledger": "--version",
    "bean-check": "--version",
    "sqlite-utils": "--version",
    "alembic": "--help",
}
PEAK_MIB = 30
BARE = (sys.executable, "-c", "pass")
_BARE_RUNS = 3
NEW = ("--as", "gp_specialist", "order", "new", "-c", "KH0001", "-l", "P0003:1", "-q", "--yes")


@dataclass
class Case:
    """A command, the most it may take in starts of Python, and what it took, round by round."""

    name: str
    words: tuple[str, ...]
    limit: float | None
    terminal: bool = False
    peer: bool = False
    ratios: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return median(self.ratios)

    @property
    def is_over(self) -> bool:
        """Whether it took longer than is promised."""
        return self.limit is not None and self.ratio > self.limit


def cases() -> list[Case]:
    """What is measured: each kind of command that a desk types all day."""
    return [
        Case("`kac --help`", ("--help",), 7.5),
        Case("`kac order --help`", ("order", "--help"), 7.5),
        Case("`kac order new --help`", ("order", "new", "--help"), 7.5),
        Case("TAB after `kac order sh`", ("__complete", "--", "order", "sh"), 7.5),
        Case("TAB after `kac order show DD`", ("__complete", "--", "order", "show", "DD"), 7.5),
        Case("`kac staff list --json`", ("staff", "list", "--json"), 8),
        Case("`kac order list --json`", ("order", "list", "--json"), 8),
        # It judges every gate of the order, by the rules of nine nouns.
        Case("`kac order show 1 --json`", ("order", "show", "1", "--json"), 8),
        Case("`kac order list`, piped", ("order", "list"), 14),
        Case("`kac order list`, on a terminal", ("order", "list"), 14, terminal=True),
        # Of a write `import sqlmodel` alone takes 25.
        Case("`kac order new …`", (*NEW, "--need-by", "+7d"), 32),
        Case("`kac order new … --submit`", (*NEW, "--need-by", "+7d", "--submit"), 32),
    ]


def peers() -> list[Case]:
    """Programs that people know, as far as they are installed here, for comparison."""
    here = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = [(name, option, shutil.which(name, path=here)) for name, option in PEERS.items()]
    return [
        Case(f"`{name} {option}`", (path, option), None, peer=True)
        for name, option, path in found
        if path is not None
    ]


_LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_mib(command: tuple[str, ...]) -> float:
    """The most memory that a reading command holds at once, in MiB."""
    with tempfile.TemporaryDirectory() as directory:
        environment = _environment(Path(directory))
        subprocess.run([*command, "init", "--training", "-q"], env=environment, check=True)
        # A child counts what its parent held when it was made: so a small one makes it.
        words = [sys.executable, "-S", "-c", _LAUNCHER, *command, "order", "list", "--json"]
        told = subprocess.run(words, env=environment, check=True, capture_output=True, text=True)
        return int(told.stdout) / (2**20 if sys.platform == "darwin" else 2**10)


def measure(rounds: int, command: tuple[str, ...]) -> tuple[float, list[Case]]:
    """(milliseconds that Python alone takes, the cases with their ratios)."""
    with tempfile.TemporaryDirectory() as directory:
        environment = _environment(Path(directory))
        subprocess.run([*command, "init", "--training", "-q"], env=environment, check=True)
        measured = [*cases(), *peers()]
        bare: list[float] = []
        for counted in range(-1, rounds):
            alone = median(_seconds(BARE, environment) for _run in range(_BARE_RUNS))
            taken = [
                _seconds(case.words if case.peer else (*command, *case.words), environment, case)
                for case in measured
            ]
            if counted >= 0:
                bare.append(alone)
                for case, seconds in zip(measured, taken, strict=True):
                    case.ratios.append(seconds / alone)
        return median(bare) * 1000, measured


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KAC_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    ours = {"KAC_DB": str(home / "ledger.db"), "KAC_LANG": "en", "LC_ALL": "C.UTF-8"}
    places = {f"XDG_{name}_HOME": str(home) for name in ("CONFIG", "STATE", "DATA")}
    screen = {"COLUMNS": "120", "TERM": "xterm", "KAC_PAGER": "off"}
    return kept | ours | places | screen | {"PYTHONPATH": str(ROOT)}


def _seconds(
    words: tuple[str, ...], environment: dict[str, str], case: Case | None = None
) -> float:
    run = _on_terminal if case is not None and case.terminal else _through_a_pipe
    started = time.perf_counter()
    code = run(words, environment)
    taken = time.perf_counter() - started
    assert code == 0, words
    return taken


def _through_a_pipe(words: tuple[str, ...], environment: dict[str, str]) -> int:
    done = subprocess.run(
        words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return done.returncode


def _on_terminal(words: tuple[str, ...], environment: dict[str, str]) -> int:
    ours, theirs = pty.openpty()
    child = subprocess.Popen(words, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    try:
        while os.read(ours, 65536):
            pass
    except OSError:
        # Linux says so when the last process has closed the terminal.
        pass
    finally:
        os.close(ours)
    return child.wait()


def table(title: str, bare_ms: float, measured: list[Case]) -> str:
    """The figures as a Markdown table."""
    lines = [f"| {title} | × `python -c pass` | limit |", "| --- | ---: | ---: |"]
    lines += [f"| {case.name} | {case.ratio:.1f} | {case.limit or ''} |" for case in measured]
    return "\n".join([*lines, "", f"`python -c pass` took {bare_ms:.0f} ms at the median."])


def ways() -> dict[str, tuple[str, ...]]:
    """How kac can be started here: as a module, and as the installed script where there is one."""
    found = {"`python -m kac`": (sys.executable, "-m", "kac")}
    if SCRIPT.exists():
        found["the `kac` script"] = (str(SCRIPT),)
    return found


def main() -> None:
    """Print a table for each way to start."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for title, command in ways().items():
        sys.stdout.write(table(title, *measure(rounds, command)) + "\n\n")
        sys.stdout.write(f"A read holds {peak_mib(command):.1f} MiB at most.\n\n")


if __name__ == "__main__":
    main()
