"""The ledger file at the counter: check it, back it up, bring it to this version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kac.cli import counter, setting, show
from kac.cli.checkwords import CHECKS
from kac.cli.lazy import Noun
from kac.cli.options import (
    Reading,
    Writing,
    confirm_option,
    examples,
    reading,
    typed_out,
    writing,
)
from kac.cli.places import config
from kac.cli.show import Column
from kac.core.errors import Exit
from kac.core.i18n import _

app = Noun(help=_("The ledger file: check, back up, upgrade."))


@app.command(
    help=_("Prove the file, its chain and its books; exit 9 or 7 where something is wrong."),
    epilog=examples("kac db check", "kac db check --json"),
)
@reading
def check(asked: Reading) -> None:
    """Prove the ledger: exit 9 for the file, 7 where only the books differ."""
    from kac.db import checks as file_checks
    from kac.ledger import checks as books

    done = file_checks.run(counter.ledger_path(), books.CHECKS)
    columns = [
        Column("check", _("check"), "state", words=CHECKS),
        Column("sound", _("sound"), "flag"),
        Column("subject", _("subject"), "code"),
        Column("says", _("what is wrong")),
    ]
    listed = []
    for name, found in done:
        listed += [_row(name, False, each.subject, each.says) for each in found]
        listed += [] if found else [_row(name, True, "", "")]
    show.rows(asked, columns, listed)
    of_the_file = {each.__name__ for each in file_checks.CHECKS}
    failed = {name for name, found in done if found}
    if failed:
        spoilt = not failed.isdisjoint(of_the_file)
        raise typer.Exit(int(Exit.ENVIRONMENT if spoilt else Exit.DIFFERENCES))


def _row(name: str, sound: bool, subject: str, says: str) -> dict[str, object]:
    return {"check": name, "sound": sound, "subject": subject or None, "says": says or None}


@app.command(
    help=_("Copy the ledger, its key and its files to a directory; proved first."),
    epilog=examples("kac db backup --to /srv/kac/backup", "kac db backup --to . -q"),
)
@writing
def backup(
    asked: Writing,
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="DIRECTORY", help=_("where the copy goes; else db.backup_dir, or here")
        ),
    ] = "",
) -> None:
    """Back the ledger up; the ledger itself is not written to."""
    from kac.db import backup as backups
    from kac.db.work import Outcome

    ledger = counter.ledger_path()
    directory = Path(to or config("db", "backup_dir") or ".").expanduser().absolute()
    if asked.dry_run:
        backups.refuse_full(ledger, directory)
        counter.answer(asked, Outcome({"number": "", "state": "backed_up"}, dry=True))
        return
    copy = backups.back_up(ledger, directory)
    document = {"number": copy.name, "state": "backed_up", "path": str(copy)}
    said = _("{copy} is a sound copy; its key lies beside it").format(copy=copy)
    counter.answer(asked, Outcome(document, (said,)))


@app.command(
    help=_("Put a backup in the ledger's place, once it is proved; the former one is kept aside."),
    epilog=examples(
        "kac db restore backup/ledger-2026-11-20-17-921bc84a.db",
        "kac db restore ledger-2026-11-20-17-921bc84a.db --confirm 17-921bc84a",
    ),
)
@writing
def restore(
    asked: Writing,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("the backup, its key beside it"))],
    confirm: Annotated[str, confirm_option()] = "",
) -> None:
    """Restore a backup; what the present ledger has beyond it is lost, and must be confirmed."""
    from kac.db import restore as restoring
    from kac.db.work import Outcome

    ledger, copy = counter.ledger_path(), Path(file).expanduser().absolute()
    found = restoring.compared(copy, ledger)
    if found.lost:
        typed_out(asked, found.code, "", confirm, found.lost)
    aside = None if asked.dry_run else restoring.restore(copy, ledger, setting.current().now)
    document = {
        "number": found.code,
        "state": "restored",
        "path": str(ledger),
        "replaced": str(aside) if aside else None,
        "lost": found.lost or None,
    }
    says = [_("{ledger} is the backup of entry {code}").format(ledger=ledger, code=found.code)]
    if aside:
        says.append(_("the former ledger lies at {path}").format(path=aside))
    counter.answer(asked, Outcome(document, tuple(says), ("kac db check",), dry=asked.dry_run))


@app.command(
    help=_("Bring an older ledger to the schema of this kac; all of it or nothing."),
    epilog=examples("kac db upgrade"),
)
@writing
def upgrade(asked: Writing) -> None:
    """Upgrade the ledger's schema."""
    from kac.db import migrate
    from kac.db.lock import turn_of
    from kac.db.work import Outcome

    ledger = counter.ledger_path()
    before, wanted = migrate.versions(ledger)
    if before < wanted and not asked.dry_run:
        with turn_of(ledger, "db upgrade"):
            migrate.upgrade(ledger, setting.current().now, asked.on)
    document = {"number": str(wanted), "state": "upgraded", "before": before, "after": wanted}
    said = (
        _("the ledger's schema went from {before} to {after}").format(before=before, after=wanted)
        if before < wanted
        else _("the ledger's schema is {version}, as it should be").format(version=wanted)
    )
    counter.answer(asked, Outcome(document, (said,), dry=asked.dry_run))


@app.command(
    help=_("Show the schema of the ledger and of this kac."), epilog=examples("kac db version")
)
@reading
def version(asked: Reading) -> None:
    """Show the versions that matter."""
    import sqlite3

    from kac import __version__
    from kac.db import migrate

    found, wanted = migrate.versions(counter.ledger_path())
    show.record(
        asked,
        [
            Column("ledger", _("ledger")),
            Column("schema", _("schema of the ledger"), "count"),
            Column("wanted", _("schema of this kac"), "count"),
            Column("kac", "kac", "code"),
            Column("sqlite", "SQLite", "code"),
        ],
        {
            "ledger": str(counter.ledger_path()),
            "schema": found,
            "wanted": wanted,
            "kac": __version__,
            "sqlite": sqlite3.sqlite_version,
        },
    )
