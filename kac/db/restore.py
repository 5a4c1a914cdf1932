"""Restoring: a proved backup takes the ledger's place; what stood there is kept aside, whole."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from kac.core.errors import EnvironmentTrouble, KacError, Refused
from kac.core.i18n import _, ngettext
from kac.core.values import dataclass
from kac.db import attachments, audit, backup, checks
from kac.db.engine import open_raw, refuse_odd_file
from kac.db.lock import turn_of
from kac.db.outbox import sync_directory
from kac.db.storage import translated

_BESIDE = ("", ".key", ".files", "-journal")


@dataclass(frozen=True)
class Comparison:
    """What a backup is to the ledger in whose place it would come.

    `code` is the backup's head as papers carry it, `lost` what would be lost in words, empty where
    nothing is.
    """

    code: str
    lost: str


def compared(copy: Path, ledger: Path) -> Comparison:
    """Prove a backup and hold its log against the ledger's.

    EnvironmentTrouble (E-ENV-026) where it fails any check of a ledger's file; Refused (E-RST-001)
    where it is a copy of another ledger.
    """
    _prove(copy)
    with translated(copy):
        connection = open_raw(copy, write=False)
        seq, digest, _at = audit.head(connection)
        whose = connection.execute("SELECT ledger_id FROM ledger_info").fetchone()[0]
        connection.close()
    code = f"{seq}-{digest[:8]}"
    return Comparison(code, _lost(ledger, whose, seq, digest) if ledger.exists() else "")


def _prove(copy: Path) -> None:
    try:
        faults = [finding for _name, found in checks.run(copy) for finding in found]
        causes = [finding.says for finding in faults[:5]]
    except KacError as trouble:
        causes = [trouble.message, *trouble.cause]
    if causes:
        raise EnvironmentTrouble(
            _("{path} is no sound backup; nothing was replaced").format(path=copy),
            code="E-ENV-026",
            cause=causes,
            fix=["kac guide disaster"],
        )


def _lost(ledger: Path, whose: str, seq: int, digest: str) -> str:
    """What the ledger has that the backup has not."""
    try:
        refuse_odd_file(ledger)
        with translated(ledger):
            connection = open_raw(ledger, write=False)
            present = connection.execute("SELECT ledger_id FROM ledger_info").fetchone()
            last, _hash, at = audit.head(connection)
            link = connection.execute("SELECT hash FROM audit WHERE seq = ?", (seq,)).fetchone()
            connection.close()
    except (KacError, sqlite3.Error):
        # So spoilt that it cannot say what it holds; it is kept aside for whoever can read it.
        return _("what the present ledger holds cannot be read")
    if present and present[0] != whose:
        raise Refused(
            _("{path} is a copy of another ledger").format(path=ledger.name),
            code="E-RST-001",
            fix=["kac init", "kac doctor"],
        )
    if link is None or link[0] != digest:
        return _("the present ledger went another way: its entry {seq} is not the backup's").format(
            seq=min(seq, last)
        )
    more = last - seq
    said = ngettext(
        "the present ledger has {count} entry more, the last of {at}",
        "the present ledger has {count} entries more, the last of {at}",
        more,
    )
    return said.format(count=more, at=at) if more else ""


def restore(copy: Path, ledger: Path, now: datetime) -> Path | None:
    """Put a backup in the ledger's place, and return where the former ledger was put, if any.

    The copy is written and proved beside the ledger before anything is moved: killed in between,
    either the one or the other stands there, or none and both lie beside it.
    """
    backup.refuse_full(copy, ledger.parent)
    part = ledger.with_name(f".{ledger.name}.restoring")
    with turn_of(ledger, "db restore"):
        try:
            for left in (part, audit.key_path(part)):
                left.unlink(missing_ok=True)
            backup.copy_of(copy, part)
            _prove(part)
            aside = _put_aside(ledger, now) if ledger.exists() else None
            attachments.take_over(part, ledger)
            audit.key_path(part).replace(audit.key_path(ledger))
            part.replace(ledger)
            sync_directory(ledger.parent)
        finally:
            for left in (part, audit.key_path(part)):
                left.unlink(missing_ok=True)
            attachments.discard(part)
    return aside


def _put_aside(ledger: Path, now: datetime) -> Path:
    """Rename a ledger with all that belongs to it; its files stay together under a new name."""
    aside = ledger.with_name(f"{ledger.stem}-replaced-{now:%Y%m%dT%H%M%S}{ledger.suffix}")
    for ending in _BESIDE:
        here = ledger.with_name(ledger.name + ending)
        if here.exists():
            here.replace(aside.with_name(aside.name + ending))
    return aside
