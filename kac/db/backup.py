"""Backups: the ledger as of one moment, its key and its files, proved before they count."""

from __future__ import annotations

import os
from pathlib import Path

from kac.core.errors import EnvironmentTrouble, system_says
from kac.core.i18n import _
from kac.db import attachments, audit, checks
from kac.db.engine import connect, open_raw
from kac.db.outbox import sync_directory
from kac.db.storage import translated

_SPARE_BYTES = 64 * 2**20


def back_up(ledger: Path, directory: Path) -> Path:
    """Copy a ledger into a directory; the copy is named for its last entry and sound.

    EnvironmentTrouble where there is no room, or where the copy fails any check of the file: then
    no copy is left.
    """
    with translated(ledger):
        connect(ledger, write=False).close()
    refuse_full(ledger, directory)
    copy = directory / f".{ledger.name}.{os.getpid()}.part"
    try:
        copy_of(ledger, copy)
        _prove(copy)
        return _put_in_place(copy)
    except OSError as trouble:
        raise EnvironmentTrouble(
            _("{path} cannot be written: {trouble}").format(
                path=directory, trouble=system_says(trouble)
            ),
            code="E-ENV-015",
        ) from trouble
    finally:
        for part in (copy, audit.key_path(copy)):
            part.unlink(missing_ok=True)
        attachments.discard(copy)


def refuse_full(ledger: Path, directory: Path) -> None:
    """Refuse to begin where twice the ledger and some room to work do not fit."""
    import shutil

    if not directory.is_dir():
        raise EnvironmentTrouble(
            _("there is no directory {path}").format(path=directory), code="E-ENV-015"
        )
    wanted = 2 * ledger.stat().st_size + attachments.total_bytes(ledger) + _SPARE_BYTES
    free = shutil.disk_usage(directory).free
    if free < wanted:
        raise EnvironmentTrouble(
            _("{path} has {free} MiB left, {wanted} MiB are needed").format(
                path=directory, free=free // 2**20, wanted=wanted // 2**20
            ),
            code="E-ENV-011",
        )


def copy_of(ledger: Path, copy: Path) -> None:
    """Write a ledger anew as of one moment, with its key and its files beside it."""
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with translated(ledger):
        connection = open_raw(ledger, write=True)
        connection.execute("VACUUM INTO ?", (str(copy),))
        connection.close()
        copied = open_raw(copy, write=False)
        attachments.copy_all(copied, ledger, copy)
        copied.close()
    audit.write_key(copy, audit.read_key(ledger))


def _prove(copy: Path) -> None:
    faults = [finding for _name, found in checks.run(copy) for finding in found]
    if faults:
        raise EnvironmentTrouble(
            _("the copy is not sound, and was thrown away"),
            code="E-ENV-019",
            cause=[finding.says for finding in faults[:5]],
            fix=["kac db check"],
        )


def _put_in_place(copy: Path) -> Path:
    connection = open_raw(copy, write=False)
    seq, digest, _at = audit.head(connection)
    row = connection.execute("SELECT max(on_day) FROM audit").fetchone()
    connection.close()
    final = copy.with_name(f"ledger-{row[0]}-{seq}-{digest[:8]}.db")
    attachments.take_over(copy, final)
    for part, whole in ((audit.key_path(copy), audit.key_path(final)), (copy, final)):
        _sync(part)
        part.replace(whole)
    sync_directory(final.parent)
    return final


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
