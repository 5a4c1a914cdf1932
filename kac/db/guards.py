"""Triggers that stand behind the code: nothing is deleted, and history is not changed.

In SQLite's words; PostgreSQL will have its own version of this one file.
"""

from __future__ import annotations


def no_delete(table: str) -> list[str]:
    """Statements that refuse to delete from a table; REPLACE counts as deleting."""
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


def fixed(table: str, *columns: str) -> list[str]:
    """Statements that hold the named columns of a table as they were first written."""
    return [
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {', '.join(columns)} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{', '.join(columns)} of {table} never change'); END"
    ]
