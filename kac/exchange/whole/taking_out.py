"""A ledger written out whole: proved first, then every table, every file, and the key."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path
from typing import BinaryIO

from kac.core.errors import EnvironmentTrouble, UsageError, system_says
from kac.core.i18n import _
from kac.db import attachments, audit, head, info
from kac.db.audit import canonical
from kac.db.outbox import sync_directory
from kac.db.reader import Reader
from kac.exchange.whole.manifest import FILES, KEY, NAME, TABLES, Manifest, Table, table_file

# What a migration writes into every ledger of this schema.
NOT_EXPORTED = frozenset({"alembic_version"})


def export(reader: Reader, ledger: Path, directory: Path) -> Manifest:
    """Write a ledger into a directory that is not there yet, whole or not at all."""
    if os.path.lexists(directory):
        raise UsageError(
            _("there is already something at {path}").format(path=directory), code="E-CLI-034"
        )
    key = audit.read_key(ledger)
    _refuse_unsound(reader, key)
    part = directory.with_name(f".{directory.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        for path in (part, part / TABLES, part / FILES):
            path.mkdir(mode=0o700)
        written = _write(reader, ledger, part)
        _put(part / KEY, key)
        _put(part / NAME, written.text().encode())
        part.replace(directory)
        sync_directory(directory.parent)
    except OSError as trouble:
        raise EnvironmentTrouble(
            _("{path} cannot be written: {trouble}").format(
                path=directory, trouble=system_says(trouble)
            ),
            code="E-ENV-015",
        ) from trouble
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return written


def tables_of(connection: sqlite3.Connection) -> list[str]:
    """The tables that an export holds, in order."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " ORDER BY name"
    )
    return [row["name"] for row in rows if row["name"] not in NOT_EXPORTED]


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table, in order."""
    return tuple(row["name"] for row in connection.execute(f'PRAGMA table_info("{table}")'))


def _refuse_unsound(reader: Reader, key: bytes) -> None:
    faults = list(audit.verify(reader.connection, key))
    if faults:
        raise EnvironmentTrouble(
            _("this ledger is not as kac left it; nothing was exported"),
            code="E-ENV-032",
            cause=faults[:5],
            fix=["kac audit verify"],
        )


def _write(reader: Reader, ledger: Path, part: Path) -> Manifest:
    connection = reader.connection
    tables = tuple(_table(connection, name, part) for name in tables_of(connection))
    files = tuple(row["digest"] for row in reader.all(_ATTACHED))
    for digest in files:
        _put(part / FILES / digest, attachments.path_of(ledger, digest).read_bytes())
    return Manifest(info.of(reader).ledger_id, head.VERSION, audit.code(connection), tables, files)


_ATTACHED = "SELECT DISTINCT digest FROM attachment ORDER BY digest"


def _table(connection: sqlite3.Connection, name: str, part: Path) -> Table:
    digest = hashlib.sha256()
    rows = 0
    with _new(table_file(part, name)) as file:
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY id'):
            line = f"{canonical(list(row))}\n".encode()
            digest.update(line)
            file.write(line)
            rows += 1
        file.flush()
        os.fsync(file.fileno())
    return Table(name, columns_of(connection, name), rows, digest.hexdigest())


def _new(path: Path) -> BinaryIO:
    """A file that was not there, for its owner alone."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _put(path: Path, content: bytes) -> None:
    with _new(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
