"""What SQLite's errors mean to a clerk: busy, full, damaged, or an outcome nobody knows yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kac.core.errors import Busy, EnvironmentTrouble, KacError, OutcomeUnknown
from kac.core.i18n import N_, _

# SQLite's usual reasons, by the beginning of their names.
_REASONS = {
    "SQLITE_NOTADB": N_("it is no database"),
    "SQLITE_CORRUPT": N_("its pages are damaged"),
    "SQLITE_READONLY": N_("it is read-only"),
    "SQLITE_CANTOPEN": N_("it cannot be opened"),
}


@contextmanager
def translated(ledger: Path) -> Iterator[None]:
    """Turn storage errors of the block, which came before the commit, into what to tell."""
    try:
        yield
    except KacError:
        raise
    except Exception as trouble:
        original = getattr(trouble, "orig", trouble)
        if isinstance(original, sqlite3.DatabaseError) and not _is_programs_fault(original):
            raise _before_commit(ledger, original) from trouble
        raise


@contextmanager
def committing(request_id: str) -> Iterator[None]:
    """Around the commit alone: an error here leaves the outcome unknown.

    A reader that stays too long is no such error: the transaction is still open, and goes back.
    """
    try:
        yield
    except Exception as trouble:
        original = getattr(trouble, "orig", trouble)
        if isinstance(original, sqlite3.OperationalError) and not _is_busy(original):
            raise OutcomeUnknown(
                _("the disk failed while this was being committed: {trouble}").format(
                    trouble=original
                ),
                cause=[_("whether it was written is not known yet")],
                fix=[f"kac status {request_id}", "kac retry"],
            ) from trouble
        raise


def _is_programs_fault(trouble: sqlite3.DatabaseError) -> bool:
    """A broken constraint or a wrong statement: nothing is the matter with the file."""
    return isinstance(trouble, sqlite3.IntegrityError) or _name(trouble) == "SQLITE_ERROR"


def _is_busy(trouble: sqlite3.DatabaseError) -> bool:
    return _name(trouble).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _name(trouble: sqlite3.DatabaseError) -> str:
    return getattr(trouble, "sqlite_errorname", "") or ""


def _says(trouble: sqlite3.DatabaseError) -> str:
    """Why SQLite refused: a usual reason in our words, another in its own."""
    for name, says in _REASONS.items():
        if _name(trouble).startswith(name):
            return _(says)
    return str(trouble)


def _before_commit(ledger: Path, trouble: sqlite3.DatabaseError) -> KacError:
    name = _name(trouble)
    if _is_busy(trouble):
        return Busy(
            _("another program holds the ledger"), cause=[_("nothing was written; try again")]
        )
    if name.startswith("SQLITE_FULL"):
        return EnvironmentTrouble(
            _("the disk is full"), code="E-ENV-011", cause=[_("nothing was written")]
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return EnvironmentTrouble(
            _("{path} cannot be written: {trouble}").format(path=ledger, trouble=_says(trouble)),
            code="E-ENV-012",
            cause=[_("nothing was written")],
        )
    if name.startswith("SQLITE_IOERR"):
        return EnvironmentTrouble(
            _("the disk of {path} failed: {trouble}").format(path=ledger, trouble=_says(trouble)),
            code="E-ENV-021",
            cause=[_("nothing was written")],
            fix=["kac doctor"],
        )
    return EnvironmentTrouble(
        _("{path} cannot be read as a ledger: {trouble}").format(
            path=ledger, trouble=_says(trouble)
        ),
        code="E-ENV-004",
        cause=[_("nothing was written; restore a backup if this was a ledger")],
    )
