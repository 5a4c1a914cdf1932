"""Boxes at the counter: pack and seal the goods of a slip, open a box again, list them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.lines import counted_lines
from kac.cli.moneyview import REASON
from kac.cli.onlooker import speaker
from kac.cli.options import Reading, Writing, count_option, examples, needed, reading, writing
from kac.cli.show import Column
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.reader import Row
    from kac.db.work import Outcome, Work

app = Noun()
Slip = Annotated[str, typer.Argument(metavar="SLIP", help=_("its number, that of its order, or @"))]
_BOXES = [
    Column("box", _("box"), "count"),
    Column("line", _("line"), "count"),
    Column("code", _("code"), "code", priority=4),
    Column("name", _("name"), priority=9),
    Column("quantity", _("quantity"), "quantity"),
    Column("unit", _("unit")),
    Column("place", _("place"), priority=5),
    Column("sealed_by", _("sealed by"), "code", priority=3),
    Column("opened_on", _("opened on"), "day", priority=3),
    Column("opened_why", _("why"), priority=2),
]


@app.command(
    "box",
    help=_("Seal boxes of a slip: what is in each, with name and quantity on its lid."),
    epilog=examples("kac dispatch box @ 1:20 --times 2", "kac dispatch box @ 1:10 --place A3"),
)
@writing
def box(
    asked: Writing,
    slip: Slip,
    packed: Annotated[list[str], typer.Argument(metavar="LINE:QTY…", help=_("what is in one box"))],
    times: Annotated[Any, count_option("--times", help=_("so many boxes of it"))] = None,
    place: Annotated[
        str, typer.Option("--place", metavar="PLACE", help=_("where they stand"))
    ] = "",
) -> None:
    """Seal boxes."""
    found = _contents(packed)
    count = times or 1

    def act(work: Work) -> Outcome:
        from kac.desk.boxes import actions

        return actions.pack(work, _meant(work, slip), found, count, place)

    write(asked, "dispatch box", act, {"slip": slip, "packed": found, "times": count, "at": place})


@app.command(
    "unbox",
    help=_("Open a sealed box again; its goods are in no box then."),
    epilog=examples("kac dispatch unbox @ 2 --reason 装错"),
)
@writing
def unbox(
    asked: Writing,
    slip: Slip,
    number: Annotated[int, typer.Argument(metavar="BOX", help=_("the number of the box"))],
    reason: REASON = "",
) -> None:
    """Open a box."""
    why = needed(reason, "--reason", _("Why is it opened?"))

    def act(work: Work) -> Outcome:
        from kac.desk.boxes import actions

        return actions.unpack(work, _meant(work, slip), number, why)

    write(asked, "dispatch unbox", act, {"slip": slip, "box": number, "reason": why})


@app.command(
    "boxes",
    help=_("List the boxes of a slip, those that were opened again too."),
    epilog=examples("kac dispatch boxes SH20261120-0001"),
)
@reading
def boxes(asked: Reading, slip: Slip) -> None:
    """List boxes."""
    from kac.desk.boxes import queries
    from kac.desk.dispatch import queries as dispatch

    with reading_ledger() as reader:
        row = dispatch.find(reader, slip, speaker(reader))
        found = queries.every(reader, row["id"])
    show.rows(asked, _BOXES, found, empty=_("no box yet"))


def _contents(words: Sequence[str]) -> dict[int, str]:
    """{line: quantity as written}; a line that says none is kept, for its gate to refuse."""
    bare = {int(word.rstrip(":")): "" for word in words if word.rstrip(":").isdigit()}
    said = [word for word in words if not word.rstrip(":").isdigit()]
    return {**bare, **counted_lines(said)}


def _meant(work: Work, slip: str) -> Row:
    from kac.desk.dispatch import queries

    found: Row = queries.find(work.reader, slip, work.speaker)
    return found
