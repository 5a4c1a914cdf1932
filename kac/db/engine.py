"""The door to the ledger: every connection is made here, with settings that were measured.

Rollback journal TRUNCATE with synchronous EXTRA: SQLite's own default lost acknowledged commits
in emulated power cuts, and write-ahead logging carries a corruption bug on most machines.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import _
from kac.db import head, patience

if TYPE_CHECKING:
    from sqlalchemy import Engine

APPLICATION_ID = 0x6B616331
_WRITER = {
    "journal_mode": "truncate",
    "synchronous": 3,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "temp_store": 2,
}
_READER = {"query_only": 1, "trusted_schema": 0, "cell_size_check": 1}


class Connection(sqlite3.Connection):
    """A connection that knows under which marks it was checked, and SQLAlchemy's engine over it."""

    checked: tuple[int, ...] = ()
    engine: Engine | None = None


def connect(path: Path, *, write: bool, checked: tuple[int, ...] = ()) -> Connection:
    """An open, checked connection to the ledger at `path`; never creates a file.

    `checked` are the marks under which another connection checked this very file a moment ago:
    where they are the same still, so is the schema. EnvironmentTrouble says what is wrong with the
    file and the command that mends it. SQLite's own errors come through as they are:
    `storage.translated` says what they mean.
    """
    refuse_odd_file(path)
    connection = open_raw(path, write=write)
    try:
        found = marks(connection)
        if found != checked:
            check_schema(connection, path)
        connection.checked = found
    except BaseException:
        connection.close()
        raise
    return connection


def open_raw(path: Path, *, write: bool) -> Connection:
    """A connection with the settings on and read back, its schema not yet checked.

    A reader opens the file for writing too, and is held back by `query_only`: only so can it put
    back what a killed writer left half done, without which nobody could read any more.
    """
    options: dict[str, object] = {
        "uri": True,
        "timeout": patience.seconds(),
        "isolation_level": None,
        "factory": Connection,
    }
    if sys.version_info >= (3, 12):
        options["autocommit"] = sqlite3.LEGACY_TRANSACTION_CONTROL
    uri = f"file:{quote(os.path.abspath(path))}?mode=rw"
    connection: Connection = sqlite3.connect(uri, **options)  # type: ignore[call-overload]
    connection.row_factory = sqlite3.Row
    wanted = _WRITER if write else _READER
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name}={value}").fetchall()
    for name, value in wanted.items():
        if name not in {"trusted_schema", "secure_delete", "cell_size_check"}:
            _read_back(connection, name, value)
    return connection


def _read_back(connection: sqlite3.Connection, name: str, value: object) -> None:
    found = connection.execute(f"PRAGMA {name}").fetchone()[0]
    if found != value:
        raise EnvironmentTrouble(
            _("the ledger would not take the setting {name}={value}; it stays {found}").format(
                name=name, value=value, found=found
            ),
            code="E-ENV-008",
        )


def refuse_odd_file(path: Path) -> None:
    """Refuse what cannot be a ledger before SQLite touches it."""
    where = {"path": str(path)}
    if not path.exists():
        raise EnvironmentTrouble(
            _("there is no ledger at {path}").format(path=path),
            code="E-ENV-001",
            fix=["kac init", "kac init --training"],
            refs=where,
        )
    if not path.is_file() or path.stat().st_nlink > 1:
        raise EnvironmentTrouble(
            _("{path} is a directory or has several names: not a ledger").format(path=path),
            code="E-ENV-002",
            refs=where,
        )


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse another application's file, an older or newer schema, and a changed one."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise EnvironmentTrouble(
            _("{path} is not a kac ledger").format(path=path), code="E-ENV-003"
        )
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version < head.VERSION:
        raise EnvironmentTrouble(
            _("the ledger's schema is {found}, this kac works with {wanted}").format(
                found=version, wanted=head.VERSION
            ),
            code="E-ENV-005",
            fix=["kac db upgrade"],
        )
    if version > head.VERSION:
        raise EnvironmentTrouble(
            _("the ledger was upgraded to schema {found}; this kac knows {wanted}").format(
                found=version, wanted=head.VERSION
            ),
            code="E-ENV-006",
            cause=[_("upgrade kac on this machine; nothing was read or written")],
        )
    if manifest(connection) != stored_manifest(connection):
        raise EnvironmentTrouble(
            _("tables, triggers or views of {path} were changed by another program").format(
                path=path
            ),
            code="E-ENV-007",
            cause=[_("restore a backup, or have the auditor look at it")],
        )


def marks(connection: sqlite3.Connection) -> tuple[int, ...]:
    """What stands in the file's head about its schema; SQLite's own count of changes is part of it.

    When that count has not changed, SQLite goes on with the schema it has read, unread by others.
    """
    names = ("application_id", "user_version", "schema_version")
    return tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)


def manifest(connection: sqlite3.Connection) -> str:
    """A digest of everything that the schema consists of, triggers included."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name"
    ).fetchall()
    return _sha256("\n".join("\t".join(row) for row in rows).encode())


def _sha256(data: bytes) -> str:
    """The digest without OpenSSL where Python has its own: to load that is half of a short read."""
    try:
        from _sha2 import sha256
    except ImportError:
        try:
            from _sha256 import sha256  # type: ignore[import-not-found, no-redef]
        except ImportError:
            from hashlib import sha256
    return str(sha256(data).hexdigest())


def stored_manifest(connection: sqlite3.Connection) -> str:
    """The digest that the last migration left behind."""
    row = connection.execute("SELECT manifest FROM schema_info WHERE id = 1").fetchone()
    return str(row[0]) if row else ""


def engine_over(connection: Connection) -> Engine:
    """SQLAlchemy on one open connection, with its own transaction handling replaced.

    Its default start of a transaction loses updates; here every transaction is IMMEDIATE. The
    engine lives as long as the connection, so that no statement is compiled twice on it, and
    leaves closing it to whoever opened it.
    """
    if connection.engine is None:
        connection.engine = _engine(connection)
    return connection.engine


def _engine(connection: Connection) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    engine = create_engine(
        "sqlite://", creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def begin_immediate(opened: object) -> None:
        opened.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]

    return engine


def scratch() -> sqlite3.Connection:
    """A database to work with, no ledger: a file of this process alone, gone when it is closed."""
    return sqlite3.connect("", isolation_level=None)
