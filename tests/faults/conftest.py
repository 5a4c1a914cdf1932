"""Ledgers to be hurt: one with a row in every table, one for real processes, and hands at work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kac.core.actor import SYSTEM
from kac.db.audit import key_path
from kac.db.work import Outcome, Request, Work, perform
from kac.desk.staff import actions as staff
from tests.conftest import Desk, copied
from tests.faults.crammed import cram

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"


@dataclass(frozen=True)
class Told:
    """A ledger with a history: an order closed, one reviewed, one being voided, and more."""

    desk: Desk
    closed: str
    reviewed: str
    voided: str


@pytest.fixture(scope="session")
def told(training_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A history that left a row in every table; to be read, or copied."""
    desk = copied(training_ledger, tmp_path_factory.mktemp("told"))
    reviewed = _reviewed(desk)
    _taken_back(desk)
    voided = _voided(desk)
    closed = _closed(desk)
    desk.ok(["reconcile", "import", str(SAMPLES / "bank.csv")], as_="finance")
    assert desk.run("reconcile run --check", as_="finance").exit == 7
    for words in ("ignore 1 --reason 录错", "unlink 1 --reason 录错", "ignore 1 --reason 退款"):
        desk.ok(f"reconcile {words}", as_="finance")
    _note_wrong_pin(desk)
    return Told(desk, closed, reviewed, voided)


@pytest.fixture
def again(told: Told, tmp_path: Path) -> Told:
    """The same history on a fresh copy, to be hurt."""
    desk = copied(told.desk.ledger, tmp_path)
    desk.now = told.desk.now
    return Told(desk, told.closed, told.reviewed, told.voided)


@pytest.fixture(scope="session")
def crammed(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The history, and made-up rows in the tables that it did not come by; to be read only."""
    desk = copied(told.desk.ledger, tmp_path_factory.mktemp("crammed"))
    desk.now = told.desk.now
    cram(desk)
    return desk


def _order(desk: Desk, words: str) -> str:
    made = desk.ok(f"order new {words} --need-by +7d --submit -q", as_="gp_specialist")
    return made.out.strip()


def _reviewed(desk: Desk) -> str:
    """Sold below the list price and signed for; changed once; its deposit lowered by a fen."""
    number = _order(desk, "-c KH0001 -l P0006:10@188")
    desk.ok(f"order edit {number} -l P0006:10@189", as_="gp_specialist")
    while desk.ok("approval list --json").json:
        signers = ("merchant_manager", "operations_manager", "purchasing_manager")
        assert [who for who in signers if desk.run(f"approval ok {number}", as_=who).exit == 0]
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    waived = "--short 0.01 --part ordinary --reason 老客户零头"
    asked = desk.ok(f"deposit waive {number} {waived} --json", as_="gp_specialist").json
    desk.ok(f"approval ok {asked['approval']}", as_="merchant_manager")
    desk.ok(f"deposit record {number} --amount 566.99 --ref 55001", as_="finance_cashier")
    return number


def _taken_back(desk: Desk) -> None:
    """Money that was for an order and is for none any more."""
    number = _order(desk, "-c KH0002 -l P0001:1")
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    desk.ok(f"payment record {number} --amount 268 --ref 55002", as_="finance_cashier")
    desk.ok(f"payment unallocate 55002 {number} --reason 客户改单", as_="finance_cashier")


def _voided(desk: Desk) -> str:
    number = _order(desk, "-c KH0003 -l P0003:2")
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    desk.ok(f"order print {number} -q", as_="gp_specialist")
    desk.ok(f"order void {number} --reason 客户取消", as_="merchant_supervisor")
    desk.ok(f"order collect {number} --copy customer", as_="gp_specialist")
    return number


def _closed(desk: Desk) -> str:
    number = _order(desk, "-c KH0001 -l P0001:50")
    for who, words in (
        ("merchant_supervisor", f"order review {number}"),
        ("gp_specialist", f"order print {number} -q"),
        ("finance_cashier", f"deposit record {number} --amount 4020 --ref 2026112000010001"),
        ("gp_specialist", f"order photocopy {number}"),
        ("finance_cashier", "payment print 2026112000010001 -q"),
        ("finance_cashier", f"payment record {number} --amount 9380 --ref 2026112100010002"),
        ("finance_cashier", "payment print 2026112100010002 -q"),
        ("finance", "payment verify 2026112000010001"),
        ("finance", "payment verify 2026112100010002"),
        ("distribution_center", f"dispatch new {number}"),
        ("distribution_center", f"dispatch print {number} -q"),
        ("distribution_center", f"dispatch count {number} 1:50"),
        ("merchant_staff", f"dispatch count {number} 1:50"),
        ("distribution_center", f"dispatch load {number} --truck 粤S12345 --driver 张师傅"),
        ("driver", f"dispatch sign {number} --by 李主任"),
        ("distribution_center", f"dispatch archive {number}"),
    ):
        desk.ok(words, as_=who)
    return number


def _note_wrong_pin(desk: Desk) -> None:
    """What a wrong PIN leaves behind; a training ledger asks for none at the counter."""
    ((key,),) = desk.sql("SELECT id FROM staff WHERE code = 'finance'")

    def act(work: Work) -> Outcome:
        staff.note_attempt(work, key, "finance", right=False)
        return Outcome({"number": "finance", "state": "noted"})

    day = desk.now.date()
    perform(desk.ledger, Request("pin", "pin", "pin", desk.now, day), lambda _reader: SYSTEM, act)


@dataclass(frozen=True)
class House:
    """A ledger that real processes work on, by the machine's own clock."""

    ledger: Path

    @property
    def command(self) -> tuple[str, ...]:
        """What starts kac."""
        return (sys.executable, "-m", "kac")

    def environment(self) -> dict[str, str]:
        """What the processes are given."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KAC_", "XDG_"))}
        home = self.ledger.parent
        ours = {"KAC_DB": str(self.ledger), "KAC_LANG": "en", "LC_ALL": "C.UTF-8"}
        places = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "STATE", "DATA")}
        return kept | ours | places | {"PYTHONPATH": str(ROOT)}

    def run(
        self, *words: str, prefix: tuple[str, ...] = (), **how: object
    ) -> subprocess.CompletedProcess[str]:
        """Type a command as its own process; `prefix` goes before the interpreter."""
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [*prefix, *self.command, *words],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
            **given,
        )


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = House(tmp_path_factory.mktemp("house") / "ledger.db")
    done = house.run("init", "--training", "--language", "en")
    assert done.returncode == 0, done.stderr
    return house.ledger


@pytest.fixture
def new_house(_founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], House]:
    """Makes one fresh training ledger after another for real processes."""

    def make() -> House:
        house = House(tmp_path_factory.mktemp("house") / "ledger.db")
        shutil.copy(_founded, house.ledger)
        shutil.copy(key_path(_founded), key_path(house.ledger))
        return house

    return make


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A fresh training ledger for real processes."""
    return new_house()
