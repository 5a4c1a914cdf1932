"""What the benches of warm commands share: a desk in this process, and a watch on its SQL."""

from __future__ import annotations

import io
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest import mock

from kac.cli.main import main
from kac.db import engine

MILLI = 1000
NEW = "order new -c KH0001 -l P0009:1 --need-by +7d --yes"


@dataclass
class Watch:
    """Seconds spent in SQLite and in syncing, and the statements that wrote, by transaction.

    `synced` are those of them in which the disk was waited for: commits, and the outbox.
    """

    seconds: float = 0.0
    synced: float = 0.0
    written: list[list[tuple[str, Any]]] = field(default_factory=lambda: [[]])

    @contextmanager
    def timed(self, *, syncing: bool = False) -> Iterator[None]:
        """Count the time of the block."""
        begun = perf_counter()
        try:
            yield
        finally:
            took = perf_counter() - begun
            self.seconds += took
            self.synced += took if syncing else 0.0

    def noted(self, sql: str, values: Any) -> None:
        """Keep a statement that writes; a commit closes its transaction."""
        if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE"):
            self.written[-1].append((sql, values))


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch every connection that is opened in the block."""
    watch = Watch()

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, values: Any = ()) -> Any:
            watch.noted(sql, values)
            with watch.timed():
                return super().execute(sql, values)

        def executemany(self, sql: str, values: Any) -> Any:
            rows = list(values)
            for row in rows:
                watch.noted(sql, row)
            with watch.timed():
                return super().executemany(sql, rows)

        def fetchone(self) -> Any:
            with watch.timed():
                return super().fetchone()

        def fetchall(self) -> Any:
            with watch.timed():
                return super().fetchall()

    class Connection(engine.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, sql: str, values: Any = ()) -> Any:
            return self.cursor().execute(sql, values)

        def commit(self) -> None:
            with watch.timed(syncing=True):
                super().commit()
            watch.written.append([])

        def close(self) -> None:
            with watch.timed():
                super().close()

    fsync = os.fsync

    def synced(descriptor: int) -> None:
        with watch.timed(syncing=True):
            fsync(descriptor)

    with (
        mock.patch.object(engine, "Connection", Connection),
        mock.patch.object(os, "fsync", synced),
    ):
        yield watch


@contextmanager
def at_desk(home: Path, ledger: Path) -> Iterator[None]:
    """An environment in which commands of this process work on a ledger."""
    ours = {
        "KAC_DB": str(ledger),
        "KAC_LANG": "en",
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KAC_")}
    with mock.patch.dict(os.environ, kept | ours, clear=True):
        yield


def typed(words: list[str]) -> tuple[float, str]:
    """Run a command that must succeed; (seconds, what it wrote on stdout)."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        begun = perf_counter()
        code = main(words)
        took = perf_counter() - begun
    assert code == 0, f"{words}\n{out.getvalue()}{err.getvalue()}"
    return took, out.getvalue()


def life(order: str, reference: str) -> list[str]:
    """Seventeen commands from the counter to the archive; one durable commit each."""
    return [
        f"--as gp_specialist {NEW} --submit",
        f"--as merchant_supervisor order review {order}",
        f"--as gp_specialist order print {order} -q",
        f"--as finance_cashier deposit record {order} --amount 41.40 --ref {reference}1",
        f"--as gp_specialist order photocopy {order}",
        f"--as finance_cashier payment print {reference}1 -q",
        f"--as finance payment verify {reference}1",
        f"--as finance_cashier payment record {order} --amount 96.60 --ref {reference}2",
        f"--as finance_cashier payment print {reference}2 -q",
        f"--as finance payment verify {reference}2",
        f"--as distribution_center dispatch new {order}",
        f"--as distribution_center dispatch print {order} -q",
        f"--as distribution_center dispatch count {order} 1:1",
        f"--as merchant_staff dispatch count {order} 1:1",
        f"--as distribution_center dispatch load {order} --truck 粤S12345 --driver 张师傅",
        f"--as driver dispatch sign {order} --by 李主任",
        f"--as distribution_center dispatch archive {order}",
    ]


def told(line: str) -> None:
    """A line of the report."""
    sys.__stdout__.write(line + "\n")
