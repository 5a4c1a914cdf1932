"""Making and upgrading ledgers; the only place that imports alembic.

One transaction for a whole upgrade: the schema, its triggers and views, the marks of the file
and the schema's digest are all there afterwards, or none is.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kac.core.errors import EnvironmentTrouble, system_says
from kac.core.i18n import _
from kac.db import audit, head
from kac.db.engine import (
    APPLICATION_ID,
    engine_over,
    manifest,
    open_raw,
    refuse_odd_file,
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
    with turn_of(ledger, "init"):
        _refuse_taken(ledger)
        _discard(draft)
        try:
            _create(draft, ledger)
            yield draft
            _put_in_place(draft, ledger)
        except BaseException:
            lock_path(ledger).unlink(missing_ok=True)
            raise
        finally:
            _discard(draft)


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


def upgrade(ledger: Path) -> tuple[int, int]:
    """Bring an older ledger to the newest schema; (version before, version after)."""
    before, wanted = versions(ledger)
    if before > wanted:
        raise EnvironmentTrouble(
            _("the ledger was upgraded to schema {found}; this kac knows {wanted}").format(
                found=before, wanted=wanted
            ),
            code="E-ENV-006",
        )
    if before < wanted:
        with translated(ledger):
            connection = open_raw(ledger, write=True)
            _upgrade(connection)
            connection.close()
    return before, wanted


def _upgrade(connection: sqlite3.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    connection.execute("PRAGMA foreign_keys=OFF")
    engine = engine_over(connection)
    with engine.connect() as wrapped, wrapped.begin():
        config = Config()
        config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
        config.attributes["connection"] = wrapped
        command.upgrade(config, head.REVISION)
        _mark(connection)


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
