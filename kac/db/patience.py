"""How long a command waits for another one that holds the ledger."""

from __future__ import annotations

USUAL_SECONDS = 30.0
_seconds = USUAL_SECONDS


def seconds() -> float:
    """The longest wait, for a turn in the queue as for SQLite's own lock."""
    return _seconds


def wait(most: float) -> None:
    """Wait so long from here on, in every command of this process."""
    global _seconds
    _seconds = most
