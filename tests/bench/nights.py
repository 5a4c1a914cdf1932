"""How long a night takes, beside the same sums in SQLite's own shell and beside hledger.

For each size, in one run: a night of everything; the very statements of its checks in the
`sqlite3` shell; the checks alone, without the audit chain, which no SQL can prove; `hledger bal`
on the exported journal, where hledger is installed; then one more day of work and the night that
goes on from the first, held against one of everything.

    python -m tests.bench.nights 1000000

KAC_BENCH_HOME keeps the ledgers from run to run (1.2 GB for a million postings).
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kac.db.checkpoint import path_of
from kac.db.reader import reading
from kac.desk.night import queries
from tests.bench import night_ledger
from tests.bench.imports import run
from tests.bench.night_ledger import Template
from tests.bench.startup import _environment

FEW = 10_000
MANY = 1_000_000
A_DAY = 5_000
DAY = date(2026, 11, 20)
MOST_OF_SHELL = 1.25
LEAST_OF_HLEDGER = 10
MOST_GOING_ON = 0.15
MOST_MIB = 120
KAC = (sys.executable, "-m", "kac", "--as", "cron")
_CHECKS_ALONE = (
    "import sys; from datetime import date; from pathlib import Path;"
    " from kac.db.reader import reading; from kac.desk.night import queries;"
    " ledger = Path(sys.argv[1]);\n"
    "with reading(ledger) as reader: queries.run(reader, date.fromisoformat(sys.argv[2]))"
)


@dataclass
class Figures:
    """Seconds of one size, and the most memory in MiB that a night held."""

    postings: int
    everything: float
    checks: float
    shell: float
    hledger: float
    going_on: float
    full: float
    mib: float
    mib_of_hledger: float
    same: bool

    def table(self) -> str:
        """The figures as a Markdown table."""
        beside = "not installed"
        if self.hledger:
            beside = f"{self.hledger / self.checks:.1f} / {self.hledger / self.everything:.1f}"
        going_on = f"{self.going_on / self.everything:.2f}"
        rows = [
            ("checks against their SQL in the shell", f"{self.checks / self.shell:.2f}", "≤ 1.25"),
            ("`hledger bal` against checks / whole night", beside, "≥ 10"),
            ("night after a day of 5,000 postings", going_on, "≤ 0.15"),
            ("its result is that of `--full`", "yes" if self.same else "no", "yes"),
            ("most memory, MiB", f"{self.mib:.0f}", f"≤ {MOST_MIB}"),
        ]
        lines = [f"| {self.postings:,} postings | measured | limit |", "| --- | ---: | ---: |"]
        lines += [f"| {name} | {value} | {limit} |" for name, value, limit in rows]
        said = (
            f"Seconds: night of everything {self.everything:.1f}, checks alone {self.checks:.1f},"
            f" shell {self.shell:.1f}, hledger {self.hledger:.1f} ({self.mib_of_hledger:.0f} MiB),"
            f" going on {self.going_on:.1f}, --full {self.full:.1f}."
        )
        return "\n".join([*lines, "", said])


@contextmanager
def kept() -> Iterator[Path]:
    """Where ledgers are grown: kept from run to run where KAC_BENCH_HOME says so."""
    if home := os.environ.get("KAC_BENCH_HOME"):
        Path(home).mkdir(parents=True, exist_ok=True)
        yield Path(home)
    else:
        with tempfile.TemporaryDirectory() as made:
            yield Path(made)


def grown(home: Path, postings: int) -> tuple[Path, Template]:
    """A directory with a ledger of so many postings, and the lives that it was made of."""
    founded, made = home / "founded", home / f"grown-{postings}"
    if not (founded / "template").exists():
        shutil.rmtree(founded, ignore_errors=True)
        founded.mkdir()
        template = night_ledger.founded(founded, DAY)
        (founded / "template").write_bytes(pickle.dumps(template))
    template = pickle.loads((founded / "template").read_bytes())
    if not (made / "whole").exists():
        shutil.rmtree(made, ignore_errors=True)
        shutil.copytree(founded, made)
        night_ledger.grow(made / "ledger.db", template, postings)
        (made / "whole").touch()
    return made, template


def statements(ledger: Path) -> list[str]:
    """The SQL of every check, as SQLite was asked, with its values."""
    told: list[str] = []
    with reading(ledger) as reader:
        reader.connection.set_trace_callback(told.append)
        queries.run(reader, DAY)
        reader.connection.set_trace_callback(None)
    return [f"{sql.strip()};" for sql in told if sql.lstrip()[:6].upper() in ("SELECT", "WITH ")]


def measure(home: Path, postings: int) -> Figures:
    """The figures of one size."""
    made, template = grown(home, postings)
    small, _template = grown(home, FEW)
    asked = "\n".join([".output /dev/null", *statements(small / "ledger.db"), ""])
    with tempfile.TemporaryDirectory(dir=home) as directory:
        place = Path(directory)
        for name in ("ledger.db", "ledger.db.key"):
            shutil.copy(made / name, place / name)
        return _measured(place, template, postings, asked)


def _measured(place: Path, template: Template, postings: int, asked: str) -> Figures:
    environment, ledger = _environment(place), place / "ledger.db"
    night = (*KAC, "reconcile", "run", "--date", DAY.isoformat(), "-o", str(place / "night.json"))
    night = (*night, "--format", "json")
    _warm(ledger)
    shell, _mib = run(("sqlite3", str(ledger)), environment, asked)
    alone = (sys.executable, "-c", _CHECKS_ALONE, str(ledger), DAY.isoformat())
    checks, _mib = run(alone, environment)
    everything, mib = run(night, environment)
    assert path_of(ledger).exists(), "the night left no checkpoint"
    hledger, mib_of_hledger = _hledger(place, environment)
    night_ledger.work_a_day(ledger, template, A_DAY)
    night = tuple(word.replace(DAY.isoformat(), _next_day()) for word in night)
    going_on, mib_going_on = run(night, environment)
    said = _findings(place)
    full, mib_full = run((*night, "--full"), environment)
    most = max(mib, mib_going_on, mib_full)
    return Figures(
        *(postings, everything, checks, shell, hledger, going_on, full, most, mib_of_hledger),
        said == _findings(place),
    )


def _next_day() -> str:
    return (DAY + timedelta(days=1)).isoformat()


def _warm(ledger: Path) -> None:
    """The file is in the machine's memory for everybody."""
    with ledger.open("rb") as file:
        while file.read(1 << 24):
            pass


def _hledger(place: Path, environment: dict[str, str]) -> tuple[float, float]:
    if not shutil.which("hledger"):
        return 0, 0
    journal = place / "books.journal"
    export = ("--as", "auditor", "export", "hledger", "-o", str(journal))
    run((*KAC[:3], *export), environment)
    found = run(("hledger", "-f", str(journal), "bal"), environment)
    journal.unlink()
    return found


def _findings(place: Path) -> object:
    return json.loads((place / "night.json").read_text("utf-8"))


def main() -> None:
    """Print the figures of the sizes named, a million postings where none is."""
    with kept() as home:
        for size in [int(word) for word in sys.argv[1:]] or [MANY]:
            sys.stdout.write(measure(home, size).table() + "\n\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
