"""Rows past kac: whatever program opens the file, history stays, and nothing odd comes in.

The connections here are SQLite's own, with none of kac's settings: `recursive_triggers` is off.
"""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import CheckConstraint

from kac.schema import MUTABLE, whole_metadata
from tests.faults.crammed import SINGLE

TABLES = sorted(set(whole_metadata().tables) - {"schema_info"})
APPEND_ONLY = [name for name in TABLES if name not in MUTABLE]


@pytest.fixture(scope="module")
def opened(crammed) -> Iterator[sqlite3.Connection]:
    """The whole ledger, schema and rows, taken into memory once: page by page, as a backup is."""
    file = sqlite3.connect(f"file:{crammed.ledger}?mode=ro", uri=True)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    file.backup(connection)
    file.close()
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.fixture
def shell(opened) -> Iterator[sqlite3.Connection]:
    """A shell on the ledger in a transaction that is given up."""
    opened.execute("BEGIN")
    yield opened
    opened.execute("ROLLBACK")


def rows(shell: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in shell.execute(f"SELECT * FROM {table} ORDER BY id")]


def columns(shell: sqlite3.Connection, table: str) -> list[sqlite3.Row]:
    return shell.execute(f"PRAGMA table_info({table})").fetchall()


def unique_keys(shell: sqlite3.Connection, table: str) -> list[list[str]]:
    found = shell.execute(f"PRAGMA index_list({table})").fetchall()
    names = [row["name"] for row in found if row["unique"]]
    keys = [shell.execute(f"PRAGMA index_info({name})").fetchall() for name in names]
    return [[column["name"] for column in key] for key in keys]


def refused(shell: sqlite3.Connection, table: str, statement: str) -> None:
    """The statement is refused by a trigger, and the table stays as it was."""
    before = rows(shell, table)
    assert before, f"nothing stands in {table}: the test would prove nothing"
    with pytest.raises(sqlite3.IntegrityError) as refusal:
        shell.execute(statement)
    assert refusal.value.sqlite_errorname == "SQLITE_CONSTRAINT_TRIGGER", statement
    assert rows(shell, table) == before, statement


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_column_of_a_row_of_history_is_changed(shell, table) -> None:
    for column in columns(shell, table):
        name = column["name"]
        refused(shell, table, f"UPDATE {table} SET {name} = {name}")


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_deleted_of_any_table(shell, table) -> None:
    refused(shell, table, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_replaced_by_its_key(shell, table) -> None:
    for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"):
        refused(shell, table, f"{verb} INTO {table} SELECT * FROM {table} ORDER BY id LIMIT 1")


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_replaced_by_any_other_key_that_is_unique(shell, table) -> None:
    others = ", ".join(c["name"] for c in columns(shell, table) if c["name"] != "id")
    for key in unique_keys(shell, table):
        filled = " AND ".join(f"{name} IS NOT NULL" for name in key)
        copy = f"SELECT {others} FROM {table} WHERE {filled} LIMIT 1"
        refused(shell, table, f"INSERT OR REPLACE INTO {table} ({others}) {copy}")


@pytest.mark.parametrize("table", sorted(MUTABLE - SINGLE))
def test_no_row_takes_the_place_of_another(shell, table) -> None:
    first, second = [row[0] for row in rows(shell, table)[:2]]
    refused(shell, table, f"UPDATE OR REPLACE {table} SET id = {second} WHERE id = {first}")
    for key in unique_keys(shell, table):
        filled = " AND ".join(f"{name} IS NOT NULL" for name in key)
        if not shell.execute(
            f"SELECT 1 FROM {table} WHERE id = ? AND {filled}", [second]
        ).fetchone():
            continue  # what is not there is nobody's place
        taken = ", ".join(
            f"{name} = (SELECT {name} FROM {table} WHERE id = {second})" for name in key
        )
        refused(shell, table, f"UPDATE OR REPLACE {table} SET {taken} WHERE id = {first}")


@pytest.mark.parametrize("table", TABLES)
def test_what_a_document_was_made_with_never_changes(shell, table) -> None:
    fixed = re.findall(
        r"BEFORE UPDATE OF (.+?) ON", " ".join(sql(shell, "trigger", table)), re.DOTALL
    )
    if table in {"sales_order", "payment", "dispatch", "approval", "customer", "product", "staff"}:
        assert fixed, f"nothing of {table} is fixed"
    for names in fixed:
        for name in names.split(", "):
            refused(shell, table, f"UPDATE {table} SET {name} = {name}")


def sql(shell: sqlite3.Connection, kind: str, table: str) -> list[str]:
    query = "SELECT sql FROM sqlite_master WHERE type = ? AND tbl_name = ? AND sql IS NOT NULL"
    return [row["sql"] for row in shell.execute(query, (kind, table))]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_strict_and_every_constraint_has_a_name(shell, table) -> None:
    (statement,) = sql(shell, "table", table)
    assert re.search(r"\)\s*STRICT\s*$", statement)
    for kind in ("CHECK", "UNIQUE", "FOREIGN KEY", "PRIMARY KEY"):
        named = re.findall(rf"CONSTRAINT \w+ {kind}\b", statement)
        assert len(named) == len(re.findall(rf"\b{kind}\b", statement)), (table, kind)


NOT_WHOLE = (12.5, "abc", "12.5", b"12", 1e30)


@pytest.mark.parametrize("table", TABLES)
def test_a_whole_number_column_takes_nothing_but_whole_numbers(shell, table) -> None:
    _drop_triggers(shell, table)
    for column in columns(shell, table):
        if column["type"] == "INTEGER":
            for value in NOT_WHOLE:
                with pytest.raises(sqlite3.Error, match="cannot store|datatype mismatch"):
                    shell.execute(f"UPDATE {table} SET {column['name']} = ?", (value,))


def test_amounts_and_quantities_are_whole_numbers(shell) -> None:
    """CRH-DAT-02: every amount is a count of fen, every quantity one of base units."""
    seen = 0
    for table in TABLES:
        for column in columns(shell, table):
            if column["name"].endswith("_fen") or column["name"] == "quantity":
                assert column["type"] == "INTEGER", (table, column["name"])
                seen += 1
    assert seen > 10


def _drop_triggers(shell: sqlite3.Connection, table: str) -> None:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    for (name,) in shell.execute(query, (table,)).fetchall():
        shell.execute(f"DROP TRIGGER {name}")


# In an order of their own, since every process of the test run must count them alike.
CHECKS = sorted(
    (name, str(constraint.name), str(constraint.sqltext))
    for name, table in whole_metadata().tables.items()
    for constraint in table.constraints
    if isinstance(constraint, CheckConstraint)
)
TRIALS = ("0", "1", "-1", "2", "9", "10000000000000", "''", "'nonsense'", "NULL")


@pytest.mark.parametrize(("table", "name", "condition"), CHECKS, ids=[c[1] for c in CHECKS])
def test_every_check_refuses_something_and_says_its_name(shell, table, name, condition) -> None:
    """What the models promise is what the file keeps, whoever writes to it."""
    alone = _with_one_check(shell, table, name)
    told = f"CHECK constraint failed: {name}"
    assert any(_refusal(shell, trial) == told for trial in _trials(shell, alone, condition))


def _with_one_check(shell: sqlite3.Connection, table: str, name: str) -> str:
    """A copy of a table that keeps this CHECK and no other, which might refuse first."""
    (statement,) = sql(shell, "table", table)
    lines = [
        line
        for line in statement.splitlines()
        if " CHECK " not in line or f"CONSTRAINT {name} " in line
    ]
    alone = re.sub(rf'CREATE TABLE "?{table}"?', "CREATE TABLE alone", "\n".join(lines), count=1)
    shell.execute(re.sub(r",\s*\)(\s*STRICT)", r")\1", alone))
    shell.execute(f"INSERT INTO alone SELECT * FROM {table}")
    return "alone"


def _trials(shell: sqlite3.Connection, table: str, condition: str) -> Iterator[str]:
    """Changes of one column that the condition speaks of, then of that and another one.

    Another CHECK of the same table may refuse first; with a second column changed it does not.
    """
    every = [column["name"] for column in columns(shell, table)]
    spoken_of = [column for column in every if re.search(rf"\b{column}\b", condition)]
    values = (*TRIALS, *spoken_of, *re.findall(r"'[^']+'", condition))
    keys = [key for (key,) in shell.execute(f"SELECT id FROM {table}").fetchall()][-3:]
    for key, column, value in itertools.product(keys, spoken_of, values):
        yield f"UPDATE {table} SET {column} = {value} WHERE id = {key}"
    others = sorted(every[1:], key=lambda name: name not in spoken_of)
    for key, other, column, value, another in itertools.product(
        keys, others, spoken_of, values, TRIALS
    ):
        if other != column:
            yield f"UPDATE {table} SET {column} = {value}, {other} = {another} WHERE id = {key}"


def _refusal(shell: sqlite3.Connection, statement: str) -> str:
    shell.execute("SAVEPOINT trial")
    try:
        shell.execute(statement)
        return ""
    except sqlite3.IntegrityError as refusal:
        return str(refusal)
    finally:
        shell.execute("ROLLBACK TO trial")
