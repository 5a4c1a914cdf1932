"""The schema as the migrations make it: all that the models say, and every guard behind it."""

from __future__ import annotations

import sqlite3

import pytest

from kac.db.audit import UNSEALED
from kac.db.engine import engine_over, manifest, open_raw, stored_manifest
from kac.schema import MUTABLE, whole_metadata
from tests.conftest import Desk

WHOLE = whole_metadata()
GUARDED = sorted(set(WHOLE.tables) - {"schema_info"})
REFERS = [
    (table.name, column.name, column.info["refers"])
    for table in WHOLE.sorted_tables
    for column in table.columns
    if "refers" in column.info
]


def test_the_migrations_make_what_the_models_say_and_nothing_else(training_ledger) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    connection = open_raw(training_ledger, write=True)
    with engine_over(connection).connect() as wrapped:
        context = MigrationContext.configure(wrapped, opts={"compare_type": True})
        assert compare_metadata(context, WHOLE) == []


def test_every_check_and_unique_key_of_the_models_is_in_the_file(training_ledger) -> None:
    """What alembic's comparison does not look at."""
    with sqlite3.connect(training_ledger) as connection:
        query = "SELECT sql FROM sqlite_master WHERE type = 'table'"
        made = " ".join(sql for (sql,) in connection.execute(query))
    for table in WHOLE.tables.values():
        for constraint in table.constraints:
            assert f"CONSTRAINT {constraint.name} " in made, constraint.name
        for check in table.constraints:
            if hasattr(check, "sqltext"):
                assert f"CONSTRAINT {check.name} CHECK ({check.sqltext})" in made


@pytest.mark.parametrize(("table", "column", "parent"), REFERS)
def test_every_column_that_refers_has_its_deferred_foreign_key(
    training_ledger, table, column, parent
) -> None:
    with sqlite3.connect(training_ledger) as connection:
        keys = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
        ).fetchone()
    assert (parent, column, "id") in {(key[2], key[3], key[4]) for key in keys}
    clause = sql[sql.index(f"FOREIGN KEY({column})") :].split("\n")[0]
    assert "DEFERRABLE INITIALLY DEFERRED" in clause


@pytest.mark.parametrize("table", GUARDED)
def test_every_table_has_its_guards(training_ledger, table) -> None:
    with sqlite3.connect(training_ledger) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        found = {name for (name,) in connection.execute(query, (table,))}
    wanted = {"no_delete", "no_replace"} | ({"no_swap"} if table in MUTABLE else {"no_update"})
    assert {f"{table}_{guard}" for guard in wanted} <= found


def test_no_table_stands_outside_of_the_models(training_ledger) -> None:
    with sqlite3.connect(training_ledger) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        made = {name for (name,) in connection.execute(query)}
    assert made - set(WHOLE.tables) == {"alembic_version"}
    assert set(WHOLE.tables) >= MUTABLE
    assert made >= UNSEALED, "what is left out of the chain is known by name"


def test_two_ledgers_have_the_same_schema_and_know_it(training_ledger, tmp_path) -> None:
    other = Desk(tmp_path)
    other.ok("init --training")
    digests = set()
    for ledger in (training_ledger, other.ledger):
        connection = open_raw(ledger, write=False)
        assert manifest(connection) == stored_manifest(connection)
        digests.add(manifest(connection))
        connection.close()
    assert len(digests) == 1


def test_every_view_can_be_read(training_ledger) -> None:
    with sqlite3.connect(training_ledger) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'view'"
        views = [name for (name,) in connection.execute(query)]
        assert len(views) > 10
        for view in views:
            connection.execute(f"SELECT * FROM {view} LIMIT 3").fetchall()
