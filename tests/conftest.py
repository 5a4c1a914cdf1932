"""The desk as tests use it: a training ledger of its own, and commands typed at the counter."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import settings

from kac.cli.main import main
from kac.core import i18n
from kac.core.errors import Exit
from kac.db.audit import key_path
from kac.db.outbox import outbox_of

# Speed is measured in tests/bench, never asserted: a busy machine fails no property.
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")

DAY = "2026-11-20"
MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
_OURS = ("KAC_", "XDG_", "LC_", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS")


def pytest_runtest_setup() -> None:
    """Every test begins in English, whatever the one before it spoke in this process."""
    i18n.speak("en")


@dataclass(frozen=True)
class Result:
    """What a command left behind: its exit code, and what it wrote on both streams."""

    exit: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The JSON that it wrote on stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The JSON error that it wrote on stderr."""
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found


@dataclass
class Desk:
    """A counter with a ledger of its own.

    Its clock goes on by a minute with every command, and to nine o'clock of a later day.
    """

    home: Path
    now: datetime = MORNING
    on: str = DAY
    lang: str = "en"
    env: dict[str, str] = field(default_factory=dict)

    @property
    def ledger(self) -> Path:
        """The ledger file."""
        return self.home / "ledger.db"

    def run(
        self,
        command: str | list[str],
        *,
        as_: str = "",
        on: str = "",
        env: Mapping[str, str] | None = None,
        stdin: str = "",
    ) -> Result:
        """Type a command, as a member of staff, on a business day; streams are pipes."""
        words = shlex.split(command) if isinstance(command, str) else list(command)
        if as_:
            words = ["--as", as_, *words]
        self.now = max(self.now + timedelta(minutes=1), _nine_of(on or self.on))
        given = self.environment(on) | dict(env or {})
        with _streams(stdin) as (out, err), _environment(given):
            code = main(words, now=self.now)
        return Result(code, out.getvalue(), err.getvalue())

    def ok(self, command: str | list[str], **how: Any) -> Result:
        """Type a command that must succeed."""
        result = self.run(command, **how)
        assert result.exit == Exit.DONE, f"{command}\n{result.out}{result.err}"
        return result

    def refused(
        self,
        command: str | list[str],
        *rules: str,
        exit: int = Exit.REFUSED,
        **how: Any,
    ) -> Result:
        """Type a command that must be refused, with these rules named and nothing written."""
        before = contents(self.ledger)
        result = self.run(command, **how)
        assert result.exit == exit, f"{command}: exit {result.exit}\n{result.out}{result.err}"
        assert contents(self.ledger) == before, f"{command}: refused, and yet something was written"
        box = outbox_of(self.ledger)
        assert not box.is_dir() or not list(box.iterdir()), "a refusal leaves nothing to retry"
        for rule in rules:
            assert rule in result.err, f"{command}: {rule} is not named\n{result.err}"
        return result

    def environment(self, on: str = "") -> dict[str, str]:
        """The environment of this counter, and nothing of the machine's."""
        day = on or self.on
        return {
            "KAC_DB": str(self.ledger),
            "KAC_LANG": self.lang,
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "LC_ALL": "C.UTF-8",
            **({"KAC_ON": day} if day else {}),
            **self.env,
        }

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the ledger, past all of kac."""
        with sqlite3.connect(self.ledger) as connection:
            return connection.execute(query, values).fetchall()


def _nine_of(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=1, tzinfo=UTC) if day else MORNING


def contents(ledger: Path) -> dict[str, str]:
    """A digest of every table, row by row: equal when nothing at all was written."""
    with sqlite3.connect(ledger) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name: _digest(connection, name) for (name,) in tables.fetchall()}


def _digest(connection: sqlite3.Connection, table: str) -> str:
    rows = connection.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@contextmanager
def _streams(stdin: str) -> Iterator[tuple[io.StringIO, io.StringIO]]:
    out, err = io.StringIO(), io.StringIO()
    with ExitStack() as stack:
        for name, stream in (
            ("stdout", out),
            ("stderr", err),
            ("stdin", io.StringIO(stdin)),
        ):
            stack.enter_context(mock.patch.object(sys, name, stream))
        yield out, err


@contextmanager
def _environment(given: Mapping[str, str]) -> Iterator[None]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    with mock.patch.dict(os.environ, kept | dict(given), clear=True):
        yield


@pytest.fixture(scope="session")
def training_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training ledger as `kac init --training` makes it, made once."""
    first = Desk(tmp_path_factory.mktemp("training"))
    first.ok("init --training --language en")
    return first.ledger


@pytest.fixture
def desk(training_ledger: Path, tmp_path: Path) -> Desk:
    """A counter over a fresh copy of the training ledger."""
    return copied(training_ledger, tmp_path)


def copied(ledger: Path, home: Path) -> Desk:
    """A counter over a copy of a ledger, with the key of its chain."""
    made = Desk(home)
    shutil.copy(ledger, made.ledger)
    shutil.copy(key_path(ledger), key_path(made.ledger))
    return made


# After the story of the demo: a sale with a rebate in the month after, money held for an order
# that waits, and one that nobody delivered in time. (day, role, command); `{order}` is the newest.
_SOLD = (
    ("2026-12-03", "gp_specialist", "order new -c KH0001 -l P0001:50 --need-by +7d --submit"),
    ("2026-12-03", "merchant_supervisor", "order review {order}"),
    ("2026-12-03", "gp_specialist", "order print {order}"),
    ("2026-12-03", "finance_cashier", "payment record {order} --amount 13400 --ref R-1"),
    ("2026-12-03", "finance", "payment verify R-1"),
    ("2026-12-03", "finance_cashier", "payment print R-1"),
    ("2026-12-03", "gp_specialist", "rebate propose {order} --rate 2"),
    ("2026-12-03", "merchant_manager", "approval ok {approval}"),
    ("2026-12-03", "distribution_center", "dispatch new {order}"),
    ("2026-12-03", "distribution_center", "dispatch print {order}"),
    ("2026-12-03", "distribution_center", "dispatch count {order} 1:50"),
    ("2026-12-03", "merchant_staff", "dispatch count {order} 1:50"),
    ("2026-12-12", "distribution_center", "dispatch load {order} --truck 粤S12345 --driver 张师傅"),
    ("2026-12-12", "driver", "dispatch sign {order} --by 李主任"),
    ("2026-12-13", "distribution_center", "dispatch archive {order}"),
    ("2026-12-14", "finance_cashier", "rebate pay {rebate}"),
    ("2026-12-14", "gp_specialist", "order new -c KH0003 -l P0003:40 --need-by +1d --submit"),
    ("2026-12-14", "merchant_supervisor", "order review {order}"),
    ("2026-12-14", "gp_specialist", "order print {order}"),
    ("2026-12-14", "finance_cashier", "deposit record {order} --amount 720 --ref R-2"),
)


@pytest.fixture(scope="session")
def traded_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A ledger in which goods were sold, made once; use `traded` to write to it."""
    made = Desk(tmp_path_factory.mktemp("traded"))
    made.ok(f"demo --keep {made.ledger}")
    for day, role, command in _SOLD:
        names = {
            name: made.sql(f"SELECT max(number) FROM {table}")[0][0]
            for name, table in (
                ("order", "sales_order"),
                ("approval", "approval"),
                ("rebate", "rebate"),
            )
        }
        made.ok(f"{command.format(**names)} -q", as_=role, on=day)
    made.on = "2026-12-18"
    return made


@pytest.fixture
def traded(traded_desk: Desk, tmp_path: Path) -> Desk:
    """A counter over a copy of that ledger, some days later."""
    copy = copied(traded_desk.ledger, tmp_path)
    copy.now, copy.on = traded_desk.now, traded_desk.on
    return copy


@pytest.fixture
def empty_desk(tmp_path: Path) -> Desk:
    """A counter with no ledger yet."""
    return Desk(tmp_path)


@pytest.fixture
def desk_again(
    training_ledger: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Desk]:
    """Makes one counter after another, for properties that try many histories."""
    return lambda: copied(training_ledger, tmp_path_factory.mktemp("again"))


@pytest.fixture
def written(desk: Desk) -> Callable[[], dict[str, str]]:
    """Tells what stands in the desk's ledger, to compare before and after."""
    return lambda: contents(desk.ledger)


@pytest.fixture(scope="session")
def desk_class() -> type[Desk]:
    """The counter itself, for fixtures that found a ledger of another kind."""
    return Desk


@pytest.fixture(scope="session")
def copied_desk() -> Callable[[Path, Path], Desk]:
    """Makes a counter over a copy of any ledger: (ledger, home of the copy)."""
    return copied
