"""`kac doctor`: whether this machine, this terminal and this ledger are fit for the desk."""

from __future__ import annotations

from typing import Any

import typer

from kac.cli import counter, show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column
from kac.cli.verdict import BAD, DOUBTFUL, FINE
from kac.core.errors import Exit
from kac.core.i18n import N_, _

app = Noun(single=True)
_WHAT = {
    "program": N_("program"),
    "assertions": N_("assertions"),
    "wal": N_("write-ahead log"),
    "packages": N_("packages"),
    "files": N_("files of kac"),
    "extras": N_("extras"),
    "bytecode": N_("byte-code"),
    "language": N_("language"),
    "script": N_("kac on the PATH"),
    "terminal": N_("terminal"),
    "encoding": N_("encoding"),
    "width": N_("width"),
    "ambiguous": N_("wide signs"),
    "pager": N_("pager"),
    "config": N_("config file"),
    "font": N_("font"),
    "printer": N_("printer"),
    "company": N_("company"),
    "inbox": N_("inbox"),
    "mail": N_("mail"),
    "clock": N_("clock"),
    "ledger": N_("ledger"),
    "schema": N_("schema"),
    "settings": N_("settings"),
    "key": N_("key file"),
    "pages": N_("pages"),
    "permissions": N_("permissions"),
    "disk": N_("disk"),
    "file system": N_("file system"),
    "queue": N_("queue"),
    "outbox": N_("outbox"),
    "staff": N_("staff"),
    "backup": N_("backup"),
    "calendar": N_("calendar"),
    "sessions": N_("sessions"),
}
_WORDS = {FINE: N_("fine"), DOUBTFUL: N_("doubtful"), BAD: N_("bad")}
_TONES = {FINE: "green", DOUBTFUL: "yellow", BAD: "bold red"}


@app.command(
    help=_("Look over this machine and the ledger; exit 9 where something is bad."),
    epilog=examples("kac doctor", "kac doctor --json"),
)
@reading
def doctor(asked: Reading) -> None:
    """Look over the machine and the ledger."""
    from kac.cli import ledgerlooks, machinelooks, paperlooks

    ledger = counter.ledger_path()
    looks = (*machinelooks.LOOKS, *paperlooks.LOOKS)
    found = [verdict for look in looks for verdict in look()]
    found += [verdict for look in ledgerlooks.LOOKS for verdict in look(ledger)]
    columns = [
        Column("what", _("what"), "state", words=_WHAT),
        Column("verdict", _("verdict"), "state", words=_WORDS, tones=_TONES),
        Column("says", _("found"), priority=7),
        Column("mend", _("mend"), priority=6),
    ]
    listed: list[dict[str, Any]] = [
        {"what": each.what, "verdict": each.verdict, "says": each.says, "mend": each.mend or None}
        for each in found
    ]
    show.rows(asked, columns, listed)
    if any(row["verdict"] == BAD for row in listed):
        raise typer.Exit(int(Exit.ENVIRONMENT))
