"""`kac status`: whether a command was written, by its request id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import counter, show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column
from kac.core.errors import NotFound
from kac.core.i18n import N_, _

if TYPE_CHECKING:
    from kac.db.reader import Reader

app = Noun(single=True)
_STATES = {
    "committed": N_("written"),
    "left": N_("begun, and not written"),
}


@app.command(
    help=_("Tell whether a command was written, by its request id."),
    epilog=examples("kac status 4b1d…", "kac status 4b1d… --json"),
)
@reading
def status(
    asked: Reading,
    request_id: Annotated[str, typer.Argument(metavar="ID", help=_("the request id"))],
) -> None:
    """Tell what became of a command."""
    from kac.db import outbox

    ledger = counter.ledger_path()
    with counter.reading_ledger() as reader:
        found = of_request(reader, request_id, dict(outbox.pending(ledger)).get(request_id))
    columns = [
        Column("request", _("request id"), "code"),
        Column("state", _("state"), "state", words=_STATES),
        Column("command", _("command")),
        Column("number", _("document"), "code"),
        Column("actor", _("who"), "code"),
        Column("at", _("time"), "moment"),
    ]
    show.record(asked, columns, found)
    if found["state"] == "left":
        show.err(_("next: {command}").format(command="kac retry"))


def of_request(reader: Reader, request_id: str, left: Any) -> dict[str, Any]:
    """What the ledger and the outbox know of a request id; NotFound where it is nothing."""
    from kac.db.events import committed

    row = committed(reader, request_id)
    if row is not None:
        return {
            "request": request_id,
            "state": "committed",
            "command": row["name"],
            "number": row["document"],
            "actor": row["actor"],
            "at": row["at"],
        }
    if left is None:
        raise NotFound(
            _("nothing was written under the request id {id}").format(id=request_id),
            cause=[_("nor was it begun on this machine")],
        )
    return {
        "request": request_id,
        "state": "left",
        "command": left["command"],
        "number": None,
        "actor": left["actor"],
        "at": left["at"],
    }
