"""Somebody with the file: triggers dropped, a row touched, the schema put back as it was.

Nothing stops that on one machine. The chain tells it afterwards, with table and row.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kac.db import audit
from kac.db.engine import check_schema, manifest
from kac.schema import whole_metadata
from tests.faults.crammed import SINGLE

SEALED = sorted(set(whole_metadata().tables) - audit.UNSEALED - {"schema_info"})


@dataclass
class Intruder:
    """A connection past kac, in a transaction that is given up."""

    ledger: Path
    connection: sqlite3.Connection

    def rows(self, table: str) -> list[sqlite3.Row]:
        return self.connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()

    def columns(self, table: str) -> list[tuple[str, str]]:
        found = self.connection.execute(f"PRAGMA table_info({table})").fetchall()
        return [(row["name"], row["type"]) for row in found]

    def faults_after(self, *statements: tuple[str, tuple[object, ...]]) -> list[str]:
        """Run statements with every trigger away, put these back, ask the chain, undo."""
        self.connection.execute("SAVEPOINT attack")
        guards = self.connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for guard in guards:
            self.connection.execute(f"DROP TRIGGER {guard['name']}")
        for statement, values in statements:
            assert self.connection.execute(statement, values).rowcount > 0, statement
        for guard in guards:
            self.connection.execute(guard["sql"])
        check_schema(self.connection, self.ledger)
        found = list(audit.verify(self.connection, audit.read_key(self.ledger)))
        self.connection.execute("ROLLBACK TO attack")
        return found


@pytest.fixture
def intruder(crammed) -> Iterator[Intruder]:
    """Somebody with the file."""
    ledger = crammed.ledger
    connection = sqlite3.connect(f"file:{ledger}?mode=rw", uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("BEGIN")
    assert list(audit.verify(connection, audit.read_key(ledger))) == [], "no false alarm"
    yield Intruder(ledger, connection)
    connection.execute("ROLLBACK")
    connection.close()


def another(value: Any, kind: str) -> object:
    """A value that the column takes, and that is not the one it has."""
    if kind == "INTEGER":
        # So far away that no other row has it.
        return (value or 0) + 1_000_003
    return f"{value or ''}x"


WIDEST = max(len(whole_metadata().tables[table].columns) for table in SEALED)


@pytest.mark.parametrize("place", range(1, WIDEST))
def test_every_column_that_is_edited_is_told_with_its_row(intruder, place) -> None:
    """Of every table the last row, in its first column, then in its second, and so on."""
    edits, expected = [], []
    for table in SEALED:
        row, columns = intruder.rows(table)[-1], intruder.columns(table)
        if place < len(columns):
            name, kind = columns[place]
            values = (another(row[name], kind), row["id"])
            edits.append((f'UPDATE {table} SET "{name}" = ? WHERE id = ?', values))
            expected.append(f"{table} {row['id']} was changed outside of kac")
    assert intruder.faults_after(*edits) == expected


def test_a_row_of_any_table_that_is_deleted_is_told(intruder) -> None:
    keys = {table: intruder.rows(table)[0]["id"] for table in SEALED}
    cuts = [(f"DELETE FROM {table} WHERE id = ?", (key,)) for table, key in keys.items()]
    expected = [f"{table} {key} was deleted outside of kac" for table, key in keys.items()]
    assert intruder.faults_after(*cuts) == expected


def test_a_row_that_is_slipped_into_any_table_is_told(intruder) -> None:
    inserts, expected = [], []
    for table in SEALED:
        row, kinds = intruder.rows(table)[-1], dict(intruder.columns(table))
        forged = {name: another(row[name], kind) for name, kind in kinds.items()}
        forged["id"] = row["id"] + 1
        names, marks = ", ".join(f'"{name}"' for name in forged), ", ".join("?" for _ in forged)
        inserts.append((f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(forged.values())))
        expected.append(f"{table} {forged['id']} was inserted outside of kac")
    assert intruder.faults_after(*inserts) == expected


def test_a_row_below_the_first_id_is_told(intruder) -> None:
    """No program of ours writes one; the chain is read beside every row there is."""
    copy = (
        "INSERT INTO vehicle_run SELECT -5, number || 'x', vehicle, driver, loaded_by, on_day, at"
    )
    found = intruder.faults_after((f"{copy} FROM vehicle_run WHERE id = 1", ()))
    assert found == ["vehicle_run -5 was inserted outside of kac"]


def test_two_rows_of_any_table_that_changed_places_are_told(intruder) -> None:
    moves, expected = [], []
    for table in sorted(set(SEALED) - SINGLE):
        first, second = [row["id"] for row in intruder.rows(table)][-2:]
        move = f"UPDATE {table} SET id = ? WHERE id = ?"
        moves += [(move, (-7, first)), (move, (first, second)), (move, (second, -7))]
        expected += [f"{table} {key} was changed outside of kac" for key in (first, second)]
    assert intruder.faults_after(*moves) == expected


def test_a_guard_taken_away_for_good_is_told_though_the_schemas_digest_fits(intruder) -> None:
    """The digest of the schema is made anew by the intruder; the chain had sealed the first."""
    shell = intruder.connection
    shell.execute("SAVEPOINT attack")
    shell.execute("DROP TRIGGER posting_no_update")
    shell.execute("UPDATE schema_info SET manifest = ?", (manifest(shell),))
    check_schema(shell, intruder.ledger)
    found = list(audit.verify(shell, audit.read_key(intruder.ledger)))
    shell.execute("ROLLBACK TO attack")
    assert found == ["schema_info 1 was changed outside of kac"]


LINKS = [column.name for column in whole_metadata().tables["audit"].columns]


@pytest.mark.parametrize("column", LINKS)
def test_every_column_of_the_chain_itself_is_proved(intruder, column) -> None:
    links = intruder.rows("audit")
    kinds = dict(intruder.columns("audit"))
    for link in (links[0], links[len(links) // 2], links[-1]):
        value = another(link[column], kinds[column])
        value = value + 1000 if isinstance(value, int) else value
        edit = (f"UPDATE audit SET {column} = ? WHERE id = ?", (value, link["id"]))
        found = intruder.faults_after(edit)
        assert found
        assert any("audit row" in fault for fault in found), found


@pytest.mark.parametrize("body", ["", "汉字", "[]", "{}", '{"rows": 7}', '{"rows": [[1]]}', "null"])
def test_a_link_made_unreadable_is_told_and_not_stumbled_over(intruder, body) -> None:
    middle = intruder.rows("audit")[5]
    for column in ("body", "hash"):
        edit = (f"UPDATE audit SET {column} = ? WHERE id = ?", (body, middle["id"]))
        found = intruder.faults_after(edit)
        assert f"audit row {middle['seq']} does not follow from the one before" in found


def test_a_link_taken_out_or_moved_is_told(intruder) -> None:
    links = intruder.rows("audit")
    out = intruder.faults_after(("DELETE FROM audit WHERE seq = 5", ()))
    assert "audit row 5 is missing" in out
    assert "audit row 6 does not follow from the one before" in out
    first = intruder.faults_after(("DELETE FROM audit WHERE seq = 1", ()))
    assert "audit row 1 is missing" in first
    move = "UPDATE audit SET id = ?, seq = ? WHERE seq = ?"
    a, b = links[6]["seq"], links[7]["seq"]
    swapped = intruder.faults_after((move, (-1, -1, a)), (move, (a, a, b)), (move, (b, b, -1)))
    assert f"audit row {a} does not follow from the one before" in swapped


def test_a_chain_reckoned_anew_without_its_key_is_told(intruder) -> None:
    """An amount is changed and every hash made to fit, by somebody who has all but the key."""
    payment = intruder.rows("payment")[0]
    changed = dict(payment) | {"amount_fen": payment["amount_fen"] + 1}
    digest = hashlib.sha256(audit.canonical(changed).encode()).hexdigest()
    edits: list[tuple[str, tuple[object, ...]]] = []
    previous = audit.FIRST
    for link in intruder.rows("audit"):
        body = json.loads(link["body"])
        for row in body["rows"]:
            if row[:2] == ["payment", payment["id"]]:
                row[2] = digest
        text = audit.canonical(body)
        guess = hmac.new(b"not the key", f"{previous}|1|{text}".encode(), hashlib.sha256)
        values = (text, previous, guess.hexdigest(), link["id"])
        edits.append(("UPDATE audit SET body = ?, previous = ?, hash = ? WHERE id = ?", values))
        previous = guess.hexdigest()
    found = intruder.faults_after(*edits)
    assert len(found) >= len(edits), "every link is told, from the first on"


@pytest.mark.parametrize("cut", [1, 3, 10])
def test_a_tail_cut_off_the_chain_is_told_by_what_it_had_sealed(intruder, cut) -> None:
    last = intruder.rows("audit")[-1]["seq"]
    found = intruder.faults_after(("DELETE FROM audit WHERE seq > ?", (last - cut,)))
    commands = intruder.rows("command")[-cut:]
    for command in commands:
        assert f"command {command['id']} was inserted outside of kac" in found


def test_an_older_ledger_put_back_is_sound_and_only_a_paper_tells(again) -> None:
    """What the chain cannot know alone: that there once was more of it.

    The tail cut off with all that it wrote is the same as an older copy of the file. Every link
    that is left holds. The code on a paper, `sequence-hash`, is of a link that is not there.
    """
    desk = again.desk
    older = desk.home / "older.db"
    shutil.copy(desk.ledger, older)
    desk.ok("order new -c KH0001 -l P0003:1 --need-by +7d", as_="gp_specialist")
    on_paper = desk.ok("audit verify --json").json["head"]
    shutil.copy(older, desk.ledger)
    verified = desk.ok("audit verify --json").json
    assert verified["sound"]
    seq, _dash, digest = on_paper.partition("-")
    links = desk.sql("SELECT seq, substr(hash, 1, 8) FROM audit")
    assert (int(seq), digest) not in links
    assert int(verified["head"].split("-")[0]) < int(seq)


ATTACKS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "payment 1 was changed": lambda c: c.execute("UPDATE payment SET amount_fen = 1 WHERE id = 1"),
    "posting 2 was deleted": lambda c: c.execute("DELETE FROM posting WHERE id = 2"),
    "location 99 was inserted": lambda c: c.execute("INSERT INTO location VALUES (99, 'X', 'X')"),
}


@pytest.mark.parametrize("told_as", ATTACKS)
def test_verify_and_check_say_it_at_the_counter_and_exit_9(again, told_as) -> None:
    table = told_as.split()[0]
    connection = sqlite3.connect(again.desk.ledger)
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall()
    for name, _sql in guards:
        connection.execute(f"DROP TRIGGER {name}")
    ATTACKS[told_as](connection)
    for _name, sql in guards:
        connection.execute(sql)
    connection.commit()
    connection.close()
    verified = again.desk.run("audit verify --json")
    assert verified.exit == 9
    assert [fault["fault"] for fault in verified.json["found"]] == [f"{told_as} outside of kac"]
    checked = again.desk.run("db check --json")
    assert checked.exit == 9
    assert f"{told_as} outside of kac" in checked.out
    nightly = again.desk.run("reconcile run --check --json", as_="finance")
    assert nightly.exit == 7
    assert f"{told_as} outside of kac" in nightly.out
