"""Triggers that stand behind the code: nothing is deleted, and history is not changed.

In SQLite's words; PostgreSQL will have its own version of this one file.
"""

from __future__ import annotations

from collections.abc import Sequence


def no_delete(table: str) -> list[str]:
    """Statements that refuse to delete from a table."""
    return [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is never deleted from'); END"
    ]


def append_only(table: str) -> list[str]:
    """Statements that let rows be added to a table and nothing else."""
    return [
        *no_delete(table),
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    ]


def no_replace(table: str, keys: Sequence[Sequence[str]]) -> list[str]:
    """Statements that refuse to insert a row in the place of another.

    `keys` are the unique keys beside `id`. SQLite deletes what INSERT OR REPLACE replaces without
    asking the trigger of deletions, unless the program has switched on `recursive_triggers`.
    """
    return [
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {_same(keys)})"
        f" BEGIN SELECT RAISE(ABORT, '{table} has this row already'); END"
    ]


def no_swap(table: str, keys: Sequence[Sequence[str]]) -> list[str]:
    """Statements that refuse to change a row into another one, as UPDATE OR REPLACE would."""
    return [
        f"CREATE TRIGGER {table}_no_swap BEFORE UPDATE ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id <> OLD.id AND ({_same(keys)}))"
        f" BEGIN SELECT RAISE(ABORT, '{table} has this row already'); END"
    ]


def _same(keys: Sequence[Sequence[str]]) -> str:
    whole = [" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys]
    return " OR ".join(["id = NEW.id", *whole])


def fixed(table: str, *columns: str) -> list[str]:
    """Statements that hold the named columns of a table as they were first written."""
    return [
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {', '.join(columns)} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{', '.join(columns)} of {table} never change'); END"
    ]
