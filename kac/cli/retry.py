"""`kac retry`: what was begun and never answered is asked after, and sent again where needed."""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from kac.cli import counter, setting, show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column
from kac.core.errors import Exit, NotFound
from kac.core.i18n import N_, _

app = Noun(single=True)
_STATES = {
    "committed": N_("was written already"),
    "sent": N_("is written now"),
    "refused": N_("is refused now"),
    "left": N_("is still to be sent"),
    "unclear": N_("means something else by now: type it with full numbers"),
}
# `@` is the last document touched and `-` what was piped in: neither is the same a second time.
_FLEETING = re.compile(r"@\d*|-")


@app.command(
    help=_("Send again what was begun and never answered; each work is done once."),
    epilog=examples("kac retry --list", "kac retry", "kac retry --drop 4b1d…"),
)
@reading
def retry(
    asked: Reading,
    only_list: Annotated[
        bool, typer.Option("--list", help=_("show what is left, send nothing"))
    ] = False,
    drop: Annotated[
        str, typer.Option("--drop", metavar="ID", help=_("give up what was not written"))
    ] = "",
) -> None:
    """Settle the outbox; exit code of the first command that is refused."""
    from kac.db import outbox

    ledger = counter.ledger_path()
    left = outbox.pending(ledger)
    if drop:
        _drop(ledger, drop, left)
        return
    told = [_settled(ledger, request_id, entry, only_list) for request_id, entry in left]
    columns = [
        Column("request", _("request id"), "code"),
        Column("command", _("command")),
        Column("state", _("state"), "state", words=_STATES),
        Column("number", _("document"), "code"),
        Column("actor", _("who"), "code"),
        Column("says", _("answer"), priority=3),
    ]
    show.rows(asked, columns, told, empty=_("nothing is left to be sent"))
    if codes := [row["exit"] for row in told if row["exit"]]:
        raise typer.Exit(codes[0])


def _drop(ledger: Path, request_id: str, left: list[tuple[str, Any]]) -> None:
    from kac.db import outbox

    if request_id not in dict(left):
        raise NotFound(
            _("{id} is not in the outbox").format(id=request_id), fix=["kac retry --list"]
        )
    outbox.settle(ledger, request_id)
    show.err(_("{id} will not be sent again").format(id=request_id))


def _settled(ledger: Path, request_id: str, entry: Any, only_list: bool) -> dict[str, Any]:
    """What became of one entry of the outbox, after sending it again where that is right."""
    from kac.db import outbox

    row = {"request": request_id, "command": entry["command"], "actor": entry["actor"], "exit": 0}
    if (written := _written(ledger, request_id)) is not None:
        outbox.settle(ledger, request_id)
        return {**row, **written, "state": "committed"}
    nothing = {"number": None, "says": []}
    if any(_FLEETING.fullmatch(word) for word in entry["argv"]):
        return {**row, **nothing, "state": "unclear", "exit": 0 if only_list else int(Exit.REFUSED)}
    if only_list:
        return {**row, **nothing, "state": "left"}
    code = _sent(request_id, entry)
    if (written := _written(ledger, request_id)) is not None:
        return {**row, **written, "state": "sent"}
    return {**row, **nothing, "state": "refused", "exit": code}


def _sent(request_id: str, entry: Any) -> int:
    from kac.cli.main import main

    again = setting.Repeat(request_id, date.fromisoformat(entry["today"]), entry["actor"])
    with redirect_stdout(io.StringIO()):
        return main(entry["argv"], setting.current().now, again)


def _written(ledger: Path, request_id: str) -> dict[str, Any] | None:
    from kac.db.events import committed
    from kac.db.reader import reading as looking

    with looking(ledger) as reader:
        row = committed(reader, request_id)
    if row is None:
        return None
    return {"number": row["document"], "says": json.loads(row["result"])["says"]}
