"""Goods held at an office: say why, accept that, ask for them, review, file and take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kac.cli.counter import write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.options import Writing, examples, needed, writing
from kac.cli.shipmentview import Shipment
from kac.cli.stockview import goods
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Goods held at offices"))

Draw = Annotated[str, typer.Argument(metavar="DRAW", help=_("the number of the request"))]


@app.command(
    "reason",
    help=_("Say in writing why goods are still held at the office."),
    epilog=examples("kac shipment reason FH20261120-0001 --reason 客户仓库装修,下月提货"),
)
@writing
def reason_(asked: Writing, shipment: Shipment, reason: REASON = "") -> None:
    """State a reason."""
    why = needed(reason, "--reason", _("Why are they held?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import holding

        return holding.reason(work, shipment, why)

    write(asked, "shipment reason", act, {"shipment": shipment, "reason": why})


@app.command(
    "accept",
    help=_("Accept why goods are held: they are no stock of the office any more."),
    epilog=examples("kac shipment accept FH20261120-0001"),
)
@writing
def accept(asked: Writing, shipment: Shipment) -> None:
    """Accept a reason."""

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import holding

        return holding.judge(work, shipment, accepted=True)

    write(asked, "shipment accept", act, {"shipment": shipment}, step_up=True)


@app.command(
    "decline",
    help=_("Do not accept why goods are held: they stay stock of the office."),
    epilog=examples("kac shipment decline FH20261120-0001 --reason 已超期,请尽快配送"),
)
@writing
def decline(asked: Writing, shipment: Shipment, reason: REASON = "") -> None:
    """Decline a reason."""
    why = needed(reason, "--reason", _("Why not?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import holding

        return holding.judge(work, shipment, accepted=False, why=why)

    write(asked, "shipment decline", act, {"shipment": shipment, "reason": why})


@app.command(
    "ask",
    help=_("Ask the sales company to let held goods be used for something else."),
    epilog=examples("kac shipment ask FH20261120-0001 P0001:2 --reason 抢险急用"),
)
@writing
def ask(
    asked: Writing,
    shipment: Shipment,
    what: Annotated[str, typer.Argument(metavar="CODE:QTY", help=_("what is wanted of them"))],
    reason: REASON = "",
) -> None:
    """Ask for held goods."""
    why = needed(reason, "--reason", _("What for?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import holding

        ((product, quantity),) = goods(work.reader, [what]).items()
        return holding.ask(work, shipment, product, quantity, why)

    write(asked, "shipment ask", act, {"shipment": shipment, "what": what, "reason": why})


@app.command(
    "review",
    help=_("Allow a request to draw on held goods; it is put on file besides."),
    epilog=examples("kac shipment review DY20261120-0001"),
)
@writing
def review(asked: Writing, draw: Draw) -> None:
    """Review a request."""

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import holding

        return holding.review(work, draw)

    write(asked, "shipment review", act, {"draw": draw}, step_up=True)


@app.command(
    "refuse",
    help=_("Say no to a request to draw on held goods."),
    epilog=examples("kac shipment refuse DY20261120-0001 --reason 该批货已约定交期"),
)
@writing
def refuse(asked: Writing, draw: Draw, reason: REASON = "") -> None:
    """Refuse a request."""
    why = needed(reason, "--reason", _("Why not?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import holding

        return holding.refuse(work, draw, why)

    write(asked, "shipment refuse", act, {"draw": draw, "reason": why})


@app.command(
    "file",
    help=_("Put a reviewed request on file, by its number there."),
    epilog=examples("kac shipment file DY20261120-0001 --ref BA-2026-031"),
)
@writing
def file(
    asked: Writing,
    draw: Draw,
    ref: Annotated[
        str, typer.Option("--ref", metavar="NUMBER", help=_("its number in the files"))
    ] = "",
) -> None:
    """File a request."""
    filing = needed(ref, "--ref", _("Under which number?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import holding

        return holding.file(work, draw, filing)

    write(asked, "shipment file", act, {"draw": draw, "ref": filing})


@app.command(
    "take",
    help=_("Take held goods after the review: they are free for something else."),
    epilog=examples("kac shipment take DY20261120-0001"),
)
@writing
def take_(asked: Writing, draw: Draw) -> None:
    """Take held goods."""

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import holding

        return holding.drawn(work, draw)

    write(asked, "shipment take", act, {"draw": draw})
