"""`kac last`: what one has done, the newest first, with what comes next and what can be undone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show, undoing
from kac.cli.counter import reading_ledger
from kac.cli.lazy import Noun
from kac.cli.onlooker import myself
from kac.cli.options import Reading, count, examples, reading
from kac.cli.show import Column
from kac.core.errors import Refused
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.reader import Reader, Row

app = Noun(single=True)
_USUAL = 5


@app.command(
    help=_("Show what you did last, what comes next, and what `kac undo` would do."),
    epilog=examples("kac last", "kac last 20 --json"),
)
@reading
def last(
    asked: Reading,
    most: Annotated[Any, typer.Argument(metavar="N", help=_("how many acts"), parser=count)] = None,
) -> None:
    """Show one's last acts."""
    from kac.cli.audit import VERBS
    from kac.db import events

    with reading_ledger() as reader:
        who = myself(reader)
        latest = undoing.latest(reader, who.code, most or _USUAL)
        did = events.verbs_of(reader, [row["request_id"] for row in latest])
        found = [_act(row, did[row["request_id"]]) for row in latest]
        if found:
            found[0]["undo"] = _undo(reader, latest[0])
    columns = [
        Column("at", _("time"), "moment"),
        Column("command", _("command"), "code"),
        Column("number", _("document"), "code"),
        Column("did", _("what it did"), priority=4, words=VERBS),
        Column("says", _("said"), aside=True),
        Column("next", _("next"), priority=3),
        Column("undo", _("kac undo"), priority=6),
        Column("request", _("request id"), "code", aside=True),
    ]
    show.rows(asked, columns, found, empty=_("you have done nothing yet"))


def _act(row: Row, did: list[str]) -> dict[str, Any]:
    """An act; what was said of it then is in the language of then."""
    told = json.loads(row["result"])
    return {
        "did": list(dict.fromkeys(did)),
        "at": row["at"],
        "command": row["name"],
        "number": row["document"],
        "says": told["says"][0] if told["says"] else "",
        "next": told["hints"],
        "undo": "",
        "request": row["request_id"],
    }


def _undo(reader: Reader, row: Row) -> str:
    """What undoing the last act would do; the reason where nothing leads back."""
    try:
        undoing.refuse_past(reader, row)
    except Refused as trouble:
        return "; ".join(trouble.cause) or trouble.message
    return undoing.way_back(row["name"])
