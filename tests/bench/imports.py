"""How fast orders come in from a file, beside what SQLite's own shell does with the same rows.

In each round, in one run: `kac import orders` of 200,000 lines, in UTF-8 and in GB18030; then
`sqlite3 .import` of every row that this import wrote, into the same tables with their indexes and
guards, in a copy of the ledger as it was before; and `sqlite-utils insert --csv` of the lines
alone, where it is installed. Then the same file with one bad row near its end, which is refused,
and with its lines in disorder. A figure is the median of the rounds' own ratios.

    python -m tests.bench.imports 5
"""

from __future__ import annotations

import csv
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.bench.startup import _environment

LINES = 200_000
FEW_LINES = 20_000
LINES_AN_ORDER = 5
KAC = (sys.executable, "-m", "kac")
# In the order that references ask for; `number_counter` is the one row that changes.
TABLES = ("sales_order", "order_line", "import_batch", "command", "audit")
HEADER = "外部单号,客户编码,要货日期,送货地址,商品编码,数量,成交价,赠品,备注"
LEAST_OF_SHELL = 2 / 3
LEAST_OF_UTILS = 4
MOST_FOR_GB18030 = 1.1
MOST_MIB = 96
MOST_GROWTH = 1.2
BAD_INPUT = 6


@dataclass
class Figures:
    """The ratios of every round, and the most memory that an import held."""

    of_shell: list[float] = field(default_factory=list)
    of_utils: list[float] = field(default_factory=list)
    gb18030: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    bad: list[float] = field(default_factory=list)
    apart: list[float] = field(default_factory=list)
    odd_mib: float = 0
    mib: float = 0
    few_mib: float = 0

    def table(self) -> str:
        """The figures as a Markdown table."""
        utils = f"{median(self.of_utils):.1f}" if self.of_utils else "not installed"
        shell, chinese = (f"{median(each):.2f}" for each in (self.of_shell, self.gb18030))
        growth = f"{self.mib / self.few_mib:.2f}"
        rows = [
            ("speed against `sqlite3 .import` of all rows it writes", shell, "≥ 0.67"),
            ("speed against `sqlite-utils insert --csv` of the lines", utils, "≥ 4"),
            ("time in GB18030 against UTF-8", chinese, f"≤ {MOST_FOR_GB18030}"),
            ("most memory, MiB", f"{self.mib:.0f}", f"≤ {MOST_MIB}"),
            ("memory against 20,000 lines", growth, f"≤ {MOST_GROWTH}"),
            (
                "time of one bad row near the end against the sound file",
                f"{median(self.bad):.1f}",
                "",
            ),
            ("time of lines in disorder against the sound file", f"{median(self.apart):.1f}", ""),
            ("most memory of either, MiB", f"{self.odd_mib:.0f}", f"≤ {MOST_MIB}"),
        ]
        lines = [f"| import of {LINES:,} order lines | measured | limit |", "| --- | ---: | ---: |"]
        lines += [f"| {name} | {value} | {limit} |" for name, value, limit in rows]
        said = f"The import took {median(self.seconds):.1f} s at the median."
        return "\n".join([*lines, "", said])


def write_orders(path: Path, lines: int, ledger: Path, encoding: str = "utf-8") -> None:
    """A file of orders for customers and goods of the ledger, five lines each, as from a shop."""
    chance = random.Random(lines)
    with closing(sqlite3.connect(ledger)) as connection:
        goods = connection.execute("SELECT code, scale, list_price_fen FROM v_product").fetchall()
        customers = [number for (number,) in connection.execute("SELECT number FROM customer")]
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.split(","))
        for order in range(lines // LINES_AN_ORDER):
            head = _head(chance, order, customers)
            for code, scale, price in chance.sample(goods, LINES_AN_ORDER):
                many = f"{chance.randint(1, 400) / 10:g}" if scale > 1 else chance.randint(1, 120)
                each = price * chance.randint(90, 100) // 100
                agreed = "" if chance.random() < 0.3 else f"{each // 100}.{each % 100:02d}"
                writer.writerow([*head[:4], code, many, agreed, "", head[4]])


def _head(chance: random.Random, order: int, customers: Sequence[str]) -> tuple[str, ...]:
    address = f"学苑路{order % 900}号后门" if order % 3 == 0 else ""
    note = "" if order % 4 else "早上七点前送到"
    day = f"2030-12-{1 + order % 28:02d}"
    return f"WX-{order:06d}", chance.choice(customers), day, address, note


def run(
    words: Sequence[str], environment: dict[str, str], stdin: str = "", ends: int = 0
) -> tuple[float, float]:
    """(seconds, most memory in MiB) of a process that must end so."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            words, env=environment, stdin=subprocess.PIPE, stdout=said, stderr=said
        )
        assert child.stdin is not None
        child.stdin.write(stdin.encode())
        child.stdin.close()
        _pid, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        taken = time.perf_counter() - started
        said.seek(0)
        assert child.returncode == ends, said.read().decode()
    return taken, _mib(used)


def _mib(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


@dataclass(frozen=True)
class Place:
    """Where it is measured: a training ledger, files of orders, and copies to work on."""

    home: Path
    environment: dict[str, str]

    def fresh(self) -> Path:
        """The ledger as it was founded, at the place where kac finds it."""
        ledger = Path(self.environment["KAC_DB"])
        for suffix in ("", ".key"):
            shutil.copy(self.home / f"founded.db{suffix}", f"{ledger}{suffix}")
        return ledger

    def bring(self, name: str, ends: int = 0) -> tuple[float, float]:
        """Import a file of orders into the ledger as it was founded."""
        self.fresh()
        words = (*KAC, "--as", "importer", "import", "orders", "-q", str(self.home / name))
        return run(words, self.environment, ends=ends)


def prepared(home: Path) -> Place:
    """A training ledger and the files."""
    place = Place(home, _environment(home))
    ledger = Path(place.environment["KAC_DB"])
    run((*KAC, "init", "--training", "-q"), place.environment)
    for suffix in ("", ".key"):
        shutil.move(f"{ledger}{suffix}", home / f"founded.db{suffix}")
    founded = home / "founded.db"
    write_orders(home / "few.csv", FEW_LINES, founded)
    write_orders(home / "orders.csv", LINES, founded)
    text = (home / "orders.csv").read_text("utf-8")
    (home / "orders-gb18030.csv").write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
    (home / "orders.csv").write_bytes(text.replace("\n", "\r\n").encode())
    _write_odd(home)
    return place


def _write_odd(home: Path) -> None:
    """The same file with one bad row, and with the lines of every order far from one another.

    Line by line: what this process holds would count as the memory of those that it starts.
    """
    with (
        (home / "orders.csv").open(newline="") as file,
        (home / "bad.csv").open("w", newline="") as bad,
    ):
        for number, line in enumerate(file):
            bad.write(line if number != LINES * 9 // 10 else line.replace(",", ",x,", 1))
    with (home / "apart.csv").open("w", newline="") as apart:
        for turn in range(LINES_AN_ORDER):
            with (home / "orders.csv").open(newline="") as file:
                for number, line in enumerate(file):
                    if number % LINES_AN_ORDER == turn and (number or not turn):
                        apart.write(line)


def dump_written(place: Place) -> str:
    """Write what the import just made as CSV; the shell's commands that take it in again.

    The shell cannot import NULL: it gets 0 in its place, which weighs the same.
    """
    commands = [".mode csv"]
    with closing(sqlite3.connect(place.environment["KAC_DB"])) as connection:
        connection.execute("ATTACH ? AS founded", (str(place.home / "founded.db"),))
        for table in TABLES:
            before = f"(SELECT coalesce(max(id), 0) FROM founded.{table})"
            rows = connection.execute(f"SELECT * FROM {table} WHERE id > {before}")
            path = place.home / f"{table}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                for row in rows:
                    csv.writer(file).writerow([0 if value is None else value for value in row])
            commands.append(f".import {path} {table}")
    return "\n".join([*commands, ""])


def take_round(place: Place, figures: Figures) -> None:
    """One round: every program once, on the same machine in the same minute."""
    ours, mib = place.bring("orders.csv")
    commands = dump_written(place)
    shell, _mib_of_shell = run(
        ("sqlite3", "-bail", str(place.fresh())), place.environment, commands
    )
    _refuse_other(place)
    chinese, _mib_of_chinese = place.bring("orders-gb18030.csv")
    _few, few_mib = place.bring("few.csv")
    bad, bad_mib = place.bring("bad.csv", ends=BAD_INPUT)
    apart, apart_mib = place.bring("apart.csv")
    figures.bad.append(bad / ours)
    figures.apart.append(apart / ours)
    figures.odd_mib = max(figures.odd_mib, bad_mib, apart_mib)
    figures.of_shell.append(shell / ours)
    figures.gb18030.append(chinese / ours)
    figures.seconds.append(ours)
    figures.mib = max(figures.mib, mib)
    figures.few_mib = max(figures.few_mib, few_mib)
    if utils := shutil.which("sqlite-utils"):
        target = place.home / "utils.db"
        target.unlink(missing_ok=True)
        words = (utils, "insert", str(target), "lines", str(place.home / "orders.csv"), "--csv")
        figures.of_utils.append(run(words, place.environment)[0] / ours)


def _refuse_other(place: Place) -> None:
    """The shell has taken in every row, or the comparison is worth nothing."""
    with closing(sqlite3.connect(place.environment["KAC_DB"])) as connection:
        lines, orders = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("order_line", "sales_order")
        )
    assert lines >= LINES, lines
    assert orders >= LINES // LINES_AN_ORDER, orders


def measure(rounds: int) -> Figures:
    """The figures of so many rounds, after one that does not count."""
    with tempfile.TemporaryDirectory() as directory:
        place = prepared(Path(directory))
        take_round(place, Figures())
        figures = Figures()
        for _round in range(rounds):
            take_round(place, figures)
    return figures


def main() -> None:
    """Print the figures."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    sys.stdout.write(measure(rounds).table() + "\n")


if __name__ == "__main__":
    main()
