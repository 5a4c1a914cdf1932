"""Founding and upgrading: all of it or nothing, whoever is killed, however many come at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from pathlib import Path
from random import Random

import pytest

from kac.cli.main import main
from kac.db import checks, head, migrate
from kac.db.audit import key_path
from tests.conftest import contents
from tests.faults import hands
from tests.faults.test_storage import no_file_beyond

NEXT = """
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE customer ADD COLUMN vip INTEGER NOT NULL DEFAULT 0")
    op.execute("CREATE INDEX ix_customer_vip ON customer (vip)")
    op.execute("INSERT INTO location (code, name) VALUES ('S99', 'opened by a migration')")
{more}
"""


def sound(ledger: Path) -> list[str]:
    return [finding.says for _name, found in checks.run(ledger) for finding in found]


# --- founding ------------------------------------------------------------------------------------


def founded(ledger: Path) -> int:
    """Found a ledger in a process of its own; its id."""
    child = os.fork()
    if child == 0:
        try:
            hands.settle_in(ledger)
            code = hands.type_words(["init", "--training"]).exit
        finally:
            os._exit(code)
    return child


def test_a_founding_that_is_killed_leaves_no_ledger_and_is_done_again(tmp_path) -> None:
    """Killed at moments of chance; what the next `kac init` finds is not in its way."""
    chance = Random(3)
    whole = 0
    for place in range(3):
        ledger = tmp_path / f"{place}" / "ledger.db"
        ledger.parent.mkdir()
        child = founded(ledger)
        time.sleep(chance.uniform(0.02, 0.5))
        hands.kill(child)
        if ledger.exists():
            whole += 1
        else:
            assert os.waitstatus_to_exitcode(os.waitpid(founded(ledger), 0)[1]) == 0
        assert sound(ledger) == []
        names = {path.name for path in ledger.parent.glob("*ledger*")}
        assert names <= {"ledger.db", "ledger.db.key", "ledger.db.lock"}
    assert whole < 3, "no founding was killed in the middle"


@pytest.mark.parametrize("room", [0, 3_000, 40_000, 150_000, 300_000])
def test_a_founding_that_fails_half_way_leaves_no_ledger(tmp_path, room) -> None:
    ledger = tmp_path / "ledger.db"
    answer = hands.in_child(ledger, ["init", "--training"], lambda: no_file_beyond(room))
    assert answer.exit == 9, answer
    assert {path.name for path in tmp_path.glob("*ledger*")} <= {"ledger.db.lock"}


def test_of_several_who_found_a_ledger_at_once_one_does(tmp_path) -> None:
    ledger = tmp_path / "ledger.db"
    children = [founded(ledger) for _clerk in range(3)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert sorted(codes) == [0, 9, 9]
    assert sound(ledger) == []


# --- upgrading -----------------------------------------------------------------------------------


@pytest.fixture
def newer_kac(monkeypatch, tmp_path):
    """A kac of tomorrow, with one more migration, which may do more things."""

    ours = migrate.migrations_dir()

    def release(more: str = "") -> None:
        directory = tmp_path / f"migrations-{len(list(tmp_path.glob('migrations-*')))}"
        shutil.copytree(ours, directory)
        (directory / "versions" / "0002_next.py").write_text(NEXT.format(more=more), "utf-8")
        monkeypatch.setattr(migrate, "migrations_dir", lambda: directory)
        monkeypatch.setattr(head, "VERSION", 2)
        monkeypatch.setattr(head, "REVISION", "0002")

    return release


def test_an_upgrade_keeps_every_row_and_seals_what_it_changed(desk, newer_kac) -> None:
    before = desk.sql("SELECT id, number, name FROM customer ORDER BY id")
    entries = desk.sql("SELECT count(*) FROM audit")[0][0]
    newer_kac()
    behind = desk.run("order list")
    assert (behind.exit, "E-ENV-005" in behind.err) == (9, True)
    told = desk.ok("db upgrade --json").json
    assert (told["before"], told["after"]) == (1, 2)
    assert desk.sql("SELECT id, number, name FROM customer ORDER BY id") == before
    assert desk.sql("SELECT count(*) FROM audit") == [(entries + 1,)]
    assert sound(desk.ledger) == []
    assert desk.ok("audit verify --json").json["sound"]
    desk.ok("customer edit KH0001 --phone 0769-22113344", as_="administrator")
    assert sound(desk.ledger) == []
    assert desk.ok("db upgrade --json").json["before"] == 2


def test_an_upgraded_ledger_is_refused_by_the_kac_of_before(desk, newer_kac, monkeypatch) -> None:
    newer_kac()
    desk.ok("db upgrade")
    monkeypatch.undo()
    refusal = desk.run("order list")
    assert (refusal.exit, "E-ENV-006" in refusal.err) == (9, True)


@pytest.mark.parametrize(
    "more",
    [
        "    raise ValueError('a migration with a fault')",
        "    op.execute('UPDATE posting SET amount_fen = 1')",
        "    op.execute('DELETE FROM audit')",
        '    op.execute(\'INSERT INTO customer_contact VALUES (9999, 9999, 1, "x", "1", "")\')',
    ],
    ids=["exception", "history changed", "history deleted", "reference to nothing"],
)
def test_an_upgrade_that_fails_changes_nothing(desk, newer_kac, more) -> None:
    newer_kac(f"    op.execute('CREATE TABLE late (id INTEGER PRIMARY KEY) STRICT')\n{more}")
    before = contents(desk.ledger)
    assert desk.run("db upgrade").exit in (1, 9)
    assert contents(desk.ledger) == before
    assert desk.sql("SELECT name FROM sqlite_master WHERE name = 'late'") == []
    newer_kac()
    desk.ok("db upgrade")
    assert sound(desk.ledger) == []


def test_an_upgrade_that_is_killed_is_whole_or_not_begun(desk, newer_kac) -> None:
    chance = Random(5)
    newer_kac()
    child, versions = 0, set()
    for _kill in range(6):
        child = os.fork()
        if child == 0:
            hands.settle_in(desk.ledger)
            hands.type_words(["db", "upgrade"])
            os._exit(0)
        time.sleep(chance.uniform(0, 0.25))
        hands.kill(child)
        (version,) = desk.sql("PRAGMA user_version")[0]
        columns = [row[1] for row in desk.sql("PRAGMA table_info(customer)")]
        assert ("vip" in columns) == (version == 2)
        versions.add(version)
    desk.ok("db upgrade")
    assert sound(desk.ledger) == []
    assert versions <= {1, 2}


def test_several_upgrades_at_once_are_one(desk, newer_kac) -> None:
    newer_kac()
    entries = desk.sql("SELECT count(*) FROM audit")[0][0]
    children = []
    for _terminal in range(4):
        child = os.fork()
        if child == 0:
            hands.settle_in(desk.ledger)
            os._exit(main(["db", "upgrade", "-q"]))
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes == [0, 0, 0, 0]
    assert desk.sql("SELECT count(*) FROM audit") == [(entries + 1,)]
    assert sound(desk.ledger) == []


TAMPERED = {
    "row": "UPDATE customer SET address = 'elsewhere' WHERE id = 1",
    "trigger": "DROP TRIGGER posting_no_update",
    "view": "DROP VIEW v_account",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_an_upgrade_does_not_launder_what_was_changed_outside_of_kac(desk, newer_kac, what) -> None:
    """Else it would seal the change anew, and nobody could tell it any more."""
    with sqlite3.connect(desk.ledger) as connection:
        connection.execute(TAMPERED[what])
        connection.execute("PRAGMA user_version=0")
    before = contents(desk.ledger)
    refusal = desk.run("db upgrade")
    assert (refusal.exit, "E-ENV-025" in refusal.err) == (9, True), refusal.err
    newer_kac()
    assert desk.run("db upgrade").exit == 9
    assert contents(desk.ledger) == before


def test_an_upgrade_needs_the_key_of_the_chain(desk, newer_kac) -> None:
    newer_kac()
    key_path(desk.ledger).unlink()
    before = contents(desk.ledger)
    assert desk.run("db upgrade").exit == 9
    assert contents(desk.ledger) == before
