"""Goods on their way to the door, at the counter: rung, checked, the vehicle here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli.counter import write
from kac.cli.lazy import Noun
from kac.cli.lines import rung_lines
from kac.cli.options import Writing, examples, needed, writing
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.reader import Row
    from kac.db.work import Outcome, Work

app = Noun()
Slip = Annotated[str, typer.Argument(metavar="SLIP", help=_("its number, that of its order, or @"))]


@app.command(
    "till",
    help=_("Ring the till receipt from the goods of a slip: every line with its quantity."),
    epilog=examples(
        "kac dispatch till @ 1:50 --ref 088123", "kac dispatch till @ 1:50@267.50 --ref 088123"
    ),
)
@writing
def till(
    asked: Writing,
    slip: Slip,
    rung: Annotated[
        list[str], typer.Argument(metavar="LINE:QTY[@PRICE]…", help=_("what was rung"))
    ],
    ref: Annotated[
        str, typer.Option("--ref", metavar="NUMBER", help=_("the number of the till receipt"))
    ] = "",
) -> None:
    """Ring the goods."""
    found, prices = rung_lines(rung)
    number = needed(ref, "--ref", _("Which till receipt?"))

    def act(work: Work) -> Outcome:
        from kac.desk.fulfilments import actions

        return actions.ring(work, _meant(work, slip), found, number, prices)

    typed = {"slip": slip, "rung": found, "prices": prices, "ref": number}
    write(asked, "dispatch till", act, typed)


@app.command(
    "check",
    help=_("Loss prevention checks the goods by their till receipt, before loading."),
    epilog=examples("kac dispatch check @"),
)
@writing
def check(asked: Writing, slip: Slip) -> None:
    """Check the goods."""

    def act(work: Work) -> Outcome:
        from kac.desk.fulfilments import actions

        return actions.check(work, _meant(work, slip))

    write(asked, "dispatch check", act, {"slip": slip})


@app.command(
    "arrived",
    help=_("The vehicle is here: its goods are on it within minutes."),
    epilog=examples("kac dispatch arrived @"),
)
@writing
def arrived(asked: Writing, slip: Slip) -> None:
    """Note that the vehicle came."""

    def act(work: Work) -> Outcome:
        from kac.desk.fulfilments import actions

        return actions.arrived(work, _meant(work, slip))

    write(asked, "dispatch arrived", act, {"slip": slip})


def _meant(work: Work, slip: str) -> Row:
    from kac.desk.dispatch import queries

    found: Any = queries.find(work.reader, slip, work.speaker)
    return found
