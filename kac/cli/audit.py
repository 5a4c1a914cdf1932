"""The log of all acts at the counter, and the proof that nothing in it was changed."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kac.cli import counter, show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, day_option, examples, reading
from kac.cli.show import Column
from kac.core.errors import Exit
from kac.core.i18n import _

app = Noun(help=_("The log of all acts, and the proof that it is whole."))


@app.command(
    help=_("Show what was done, by whom, in order; of one document or one person."),
    epilog=examples("kac audit log DD20261120-0001", "kac audit log --user finance --since -1w"),
)
@reading
def log(
    asked: Reading,
    document: Annotated[
        str, typer.Argument(metavar="[DOCUMENT]", help=_("its number, or a part of it"))
    ] = "",
    user: Annotated[
        str, typer.Option("--user", metavar="STAFF", help=_("only what this person did"))
    ] = "",
    since: Annotated[Any, day_option("--since", help=_("from this business day on"))] = None,
) -> None:
    """Show the log."""
    from kac.db import events

    with counter.reading_ledger() as reader:
        found = events.log(reader, document, user, since)
    columns = [
        Column("seq", _("entry"), "count"),
        Column("at", _("time"), "moment"),
        Column("actor", _("who"), "code"),
        Column("verb", _("did"), "code"),
        Column("subject", _("what"), "code"),
        Column("before", _("from"), "code"),
        Column("after", _("to"), "code"),
        Column("reason", _("reason"), priority=6),
        Column("facts", _("figures"), priority=3),
        Column("command", _("command"), priority=2),
        Column("on_day", _("business day"), "day"),
        Column("request", _("request id"), priority=1),
    ]
    show.rows(asked, columns, found, empty=_("nothing was done"))


@app.command(
    help=_("Prove the chain of entries, and that every row is as it was written; else exit 9."),
    epilog=examples("kac audit verify", "kac audit verify --json"),
)
@reading
def verify(asked: Reading) -> None:
    """Prove the chain."""
    from kac.db import checks
    from kac.db.audit import code

    ledger = counter.ledger_path()
    with counter.reading_ledger() as reader:
        head = code(reader.connection)
        faults = list(checks.chain_is_whole(reader.connection, ledger))
    columns = [
        Column("head", _("last entry"), "code"),
        Column("sound", _("sound"), "flag"),
        Column("faults", _("faults"), "count"),
    ]
    listed = [{"fault": fault} for fault in faults]
    part = show.Part("found", _("What is wrong"), [Column("fault", _("fault"))], listed)
    row = {"head": head, "sound": not faults, "faults": len(faults)}
    show.record(asked, columns, row, [part])
    if faults:
        raise typer.Exit(int(Exit.ENVIRONMENT))
