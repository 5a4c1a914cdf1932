"""A ledger made of an export: every byte as it was written, and the chain proved, or no ledger."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import _
from kac.db import attachments, audit, checks, head, migrate
from kac.db.engine import open_raw
from kac.exchange.whole.manifest import (
    FILES,
    KEY,
    TABLES,
    Manifest,
    NotAsExported,
    Table,
    content,
    read,
    table_file,
)
from kac.exchange.whole.taking_out import columns_of, tables_of

_SCHEMA = "schema_info"


class _OnlyLooked(Exception):
    """Everything was proved, and nothing is to be kept."""


def take_in(ledger: Path, directory: Path, *, keep: bool = True) -> Manifest:
    """Make a ledger of an export at a path where none is; without `keep` only prove that one can.

    NotAsExported (exit 6) names the first thing that is not as it was exported.
    """
    manifest = read(directory)
    if manifest.schema != head.VERSION:
        raise EnvironmentTrouble(
            _("the export has schema {found}, this kac works with {wanted}").format(
                found=manifest.schema, wanted=head.VERSION
            ),
            code="E-ENV-033",
        )
    key = content(directory / KEY)
    _refuse_other_key(ledger, key)
    _refuse_changed(directory, manifest)
    try:
        with migrate.drafted(ledger) as draft:
            audit.key_path(draft).unlink()
            audit.write_key(draft, key)
            try:
                _fill(draft, directory, manifest)
                if not keep:
                    raise _OnlyLooked
                attachments.take_over(draft, ledger)
            finally:
                attachments.discard(draft)
    except _OnlyLooked:
        return manifest
    return manifest


def _refuse_other_key(ledger: Path, key: bytes) -> None:
    """A key that stands where the ledger is to go may be all that proves another one."""
    if audit.key_path(ledger).exists() and audit.read_key(ledger) != key:
        raise migrate.taken(audit.key_path(ledger))


def _refuse_changed(directory: Path, manifest: Manifest) -> None:
    """Every file has the hash that it should have, and none lies beside them."""
    wanted = {table_file(directory, table.name): table.sha256 for table in manifest.tables}
    wanted |= {directory / FILES / digest: digest for digest in manifest.files}
    for path, digest in wanted.items():
        if not path.is_file():
            raise NotAsExported(_("{path} is missing").format(path=path))
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise _changed(path)
    for path in sorted([*(directory / TABLES).glob("*"), *(directory / FILES).glob("*")]):
        if path not in wanted:
            raise NotAsExported(_("{path} does not belong to the export").format(path=path))


def _fill(draft: Path, directory: Path, manifest: Manifest) -> None:
    with closing(open_raw(draft, write=True)) as connection:
        _refuse_other_tables(connection, manifest)
        try:
            connection.execute("BEGIN IMMEDIATE")
            for table in manifest.tables:
                _take_table(connection, directory, table)
            connection.execute("COMMIT")
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError, OverflowError) as trouble:
            raise NotAsExported(
                _("the rows do not belong together: {trouble}").format(trouble=trouble)
            ) from trouble
    for digest in manifest.files:
        attachments.keep(draft, content(directory / FILES / digest), digest)
    _prove(draft, manifest)


def _refuse_other_tables(connection: sqlite3.Connection, manifest: Manifest) -> None:
    """Exactly the tables and columns of this schema."""
    here = {name: columns_of(connection, name) for name in tables_of(connection)}
    if {table.name: table.columns for table in manifest.tables} != here:
        raise NotAsExported(_("the manifest names other tables than this kac has"))


def _take_table(connection: sqlite3.Connection, directory: Path, table: Table) -> None:
    path = table_file(directory, table.name)
    rows = _rows(path, table)
    if table.name == _SCHEMA:
        if [tuple(row) for row in connection.execute(f"SELECT * FROM {_SCHEMA}")] != list(rows):
            raise NotAsExported(_("the export comes from tables of another make"))
        return
    names = ", ".join(f'"{name}"' for name in table.columns)
    places = ", ".join("?" for _name in table.columns)
    written = connection.executemany(
        f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', rows
    )
    if written.rowcount != table.rows:
        raise _changed(path)


def _rows(path: Path, table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows of a table one by one."""
    with path.open("rb") as file:
        for line in file:
            yield _row(line, path, len(table.columns))


def _row(line: bytes, path: Path, columns: int) -> tuple[Any, ...]:
    try:
        values = json.loads(line)
    except ValueError as trouble:
        raise _changed(path) from trouble
    plain = isinstance(values, list) and all(
        value is None or type(value) in (int, str) for value in values
    )
    if not plain or len(values) != columns:
        raise _changed(path)
    return tuple(values)


def _changed(path: Path) -> NotAsExported:
    return NotAsExported(_("{path} is not as it was exported").format(path=path))


def _prove(draft: Path, manifest: Manifest) -> None:
    faults = [finding.says for _name, found in checks.run(draft) for finding in found]
    with closing(open_raw(draft, write=False)) as connection:
        found = audit.code(connection)
        owner = connection.execute("SELECT ledger_id FROM ledger_info").fetchone()
    if found != manifest.head or not owner or owner[0] != manifest.ledger:
        faults.append(
            _("its head is {found}, the manifest says {told}").format(
                found=found, told=manifest.head
            )
        )
    if faults:
        raise NotAsExported(
            _("what was exported is not sound; no ledger was made of it"), cause=faults[:5]
        )
