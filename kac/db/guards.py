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
    """Statements that refuse to put a row in the place of another, which REPLACE would do.

    `keys` are the unique keys beside `id`. SQLite deletes what is replaced without asking the
    trigger of deletions, unless a program has switched on `recursive_triggers`.
    """
    same = [" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys]
    taken = " OR ".join(["id = NEW.id", *same])
    others = f"id <> OLD.id AND ({taken})"
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} has this row already'); END"
    return [
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) {refusal}",
        f"CREATE TRIGGER {table}_no_swap BEFORE UPDATE ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {others}) {refusal}",
    ]


def fixed(table: str, *columns: str) -> list[str]:
    """Statements that hold the named columns of a table as they were first written."""
    return [
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {', '.join(columns)} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{', '.join(columns)} of {table} never change'); END"
    ]
