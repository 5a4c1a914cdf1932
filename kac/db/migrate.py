"""Making and upgrading ledgers; the only place that imports alembic.

One transaction for a whole upgrade: the schema, its triggers and views, the marks of the file
and the schema's digest are all there afterwards, or none is.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path

from kac.core.actor import SYSTEM
from kac.core.calendar import instant_text
from kac.core.errors import EnvironmentTrouble, OutcomeUnknown, system_says
from kac.core.i18n import _
from kac.core.values import dataclass
from kac.db import audit, head
from kac.db.engine import (
    APPLICATION_ID,
    Connection,
    engine_over,
    manifest,
    open_raw,
    refuse_odd_file,
    stored_manifest,
)
from kac.db.lock import lock_path, turn_of
from kac.db.outbox import sync_directory
from kac.db.storage import translated


def migrations_dir() -> Path:
    """Where the migrations lie: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "_migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


@contextmanager
def drafted(ledger: Path) -> Iterator[Path]:
    """An empty ledger with its key, for the block to fill, which is then put in place whole.

    Whoever is killed here leaves no ledger, and a draft that the next founding throws away.
    EnvironmentTrouble E-ENV-013 where a file stands at the path already: it is left alone.
    """
    _refuse_taken(ledger)
    _make_room(ledger)
    draft = ledger.with_name(f".{ledger.name}.draft")
    with turn_of(ledger, "init"), translated(ledger):
        _refuse_taken(ledger)
        _discard(draft)
        try:
            _create(draft, ledger)
            yield draft
            _put_in_place(draft, ledger)
        except OutcomeUnknown as trouble:
            lock_path(ledger).unlink(missing_ok=True)
            raise _not_founded(trouble) from trouble
        except BaseException:
            lock_path(ledger).unlink(missing_ok=True)
            raise
        finally:
            _discard(draft)


def _not_founded(trouble: OutcomeUnknown) -> EnvironmentTrouble:
    """Of a founding the outcome is known: the draft, whatever was written to it, is gone."""
    return EnvironmentTrouble(
        trouble.message, code="E-ENV-021", cause=[_("no ledger was made")], fix=["kac doctor"]
    )


def taken(path: Path) -> EnvironmentTrouble:
    """What to tell where a ledger is to be made and a file stands already."""
    return EnvironmentTrouble(
        _("there is already a file at {path}; it was left as it is").format(path=path),
        code="E-ENV-013",
        fix=["kac --db OTHER-PATH init"],
    )


def _refuse_taken(ledger: Path) -> None:
    """Refuse a path where something stands; a journal there would be played into the ledger."""
    for path in (ledger, ledger.with_name(ledger.name + "-journal")):
        if os.path.lexists(path):
            raise taken(path)


def _make_room(ledger: Path) -> None:
    try:
        ledger.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as trouble:
        raise EnvironmentTrouble(
            _("{path} cannot be made: {trouble}").format(path=ledger, trouble=system_says(trouble)),
            code="E-ENV-012",
        ) from trouble


def _create(draft: Path, ledger: Path) -> None:
    """Make the schema and the key; a key that stands beside no ledger yet is taken over.

    It may be all that proves a ledger which is kept elsewhere.
    """
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(open_raw(draft, write=True)) as connection:
        _upgrade(connection)
    if audit.key_path(ledger).exists():
        audit.write_key(draft, audit.read_key(ledger))
    else:
        audit.make_key(draft)


def _put_in_place(draft: Path, ledger: Path) -> None:
    audit.key_path(draft).replace(audit.key_path(ledger))
    draft.replace(ledger)
    sync_directory(ledger.parent)


def _discard(draft: Path) -> None:
    journal = draft.with_name(draft.name + "-journal")
    for path in (draft, audit.key_path(draft), journal, lock_path(draft)):
        path.unlink(missing_ok=True)


def versions(ledger: Path) -> tuple[int, int]:
    """(the schema of the ledger, the schema of this kac); EnvironmentTrouble for no ledger."""
    refuse_odd_file(ledger)
    with translated(ledger):
        connection = open_raw(ledger, write=False)
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        found = int(connection.execute("PRAGMA user_version").fetchone()[0])
        connection.close()
    if application != APPLICATION_ID:
        raise EnvironmentTrouble(
            _("{path} is not a kac ledger").format(path=ledger), code="E-ENV-003"
        )
    return found, head.VERSION


def upgrade(ledger: Path, now: datetime, on: date) -> tuple[int, int]:
    """Bring an older ledger to the newest schema; (version before, version after).

    The chain goes on with an entry of that moment and business day, over all that was changed.
    """
    before, wanted = versions(ledger)
    if before > wanted:
        raise EnvironmentTrouble(
            _("the ledger was upgraded to schema {found}; this kac knows {wanted}").format(
                found=before, wanted=wanted
            ),
            code="E-ENV-006",
        )
    if before < wanted:
        key = audit.read_key(ledger)
        with translated(ledger), closing(open_raw(ledger, write=True)) as connection:
            _upgrade(connection, _Sealer(key, now, on))
    return before, wanted


@dataclass(frozen=True, slots=True)
class _Sealer:
    """The key of a chain that an upgrade goes on with, and when that is."""

    key: bytes
    now: datetime
    on: date


def _upgrade(connection: Connection, sealer: _Sealer | None = None) -> None:
    """Run the migrations; with a sealer, on a ledger whose chain goes on with what they changed."""
    from alembic import command
    from alembic.config import Config

    connection.execute("PRAGMA foreign_keys=OFF")
    engine = engine_over(connection)
    with engine.connect() as wrapped, wrapped.begin():
        config = Config()
        config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
        config.attributes["connection"] = wrapped
        if sealer is not None:
            _refuse_unsound(connection, sealer.key)
        command.upgrade(config, head.REVISION)
        _mark(connection)
        if sealer is not None:
            _seal(connection, sealer)


def _refuse_unsound(connection: sqlite3.Connection, key: bytes) -> None:
    """What was changed outside of kac is not sealed anew as if kac had done it."""
    faults = list(audit.verify(connection, key))
    if manifest(connection) != stored_manifest(connection):
        faults.append(_("tables, triggers or views were changed by another program"))
    if faults:
        raise EnvironmentTrouble(
            _("this ledger is not as kac left it; it was not upgraded"),
            code="E-ENV-025",
            cause=faults[:5],
            fix=["kac audit verify"],
        )


def _seal(connection: sqlite3.Connection, sealer: _Sealer) -> None:
    facts = {
        "at": instant_text(sealer.now),
        "on_day": sealer.on.isoformat(),
        "actor": SYSTEM.code,
        "command": "db upgrade",
        "request_id": os.urandom(16).hex(),
    }
    event = {"verb": "upgrade", "subject": f"schema {head.VERSION}"}
    link = audit.next_link(connection, sealer.key, facts, [event], audit.stale(connection))
    names, marks = ", ".join(link), ", ".join("?" for _name in link)
    connection.execute(f"INSERT INTO audit ({names}) VALUES ({marks})", list(link.values()))


def _mark(connection: sqlite3.Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise EnvironmentTrouble(
            _("the upgrade would break references: {tables}").format(
                tables=", ".join(sorted({row[0] for row in broken}))
            ),
            code="E-ENV-014",
            cause=[_("nothing was changed")],
        )
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={head.VERSION}")
    found = manifest(connection)
    connection.execute("DELETE FROM schema_info")
    connection.execute("INSERT INTO schema_info (id, manifest) VALUES (1, ?)", (found,))
