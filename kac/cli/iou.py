"""IOUs at the counter: write, print, withdraw, void them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    examples,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.approvals.states import LABELS as APPROVALS
from kac.desk.card_sales.states import LABELS as SALES
from kac.desk.ious.states import LABELS
from kac.desk.papers.rules import HOLDERS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("IOUs for cards: write, print, withdraw them"))

Iou = Annotated[str, typer.Argument(metavar="IOU", help=_("its number, or its sale's"))]
_LIST = [
    Column("number", _("IOU"), "code"),
    Column("sale", _("sale of cards"), "code"),
    Column("customer_name", _("customer"), priority=6),
    Column("amount", _("amount"), "money"),
    Column("owed", _("still owed"), "money"),
    Column("state", _("state"), "state", words=LABELS),
    Column("approval_state", _("signatures"), "state", words=APPROVALS),
    Column("sale_state", _("cards are"), "state", words=SALES, priority=4),
    Column("holder", _("held by"), "state", words=HOLDERS, priority=5),
    Column("writer", _("written by"), "code", priority=3),
]


@app.command(
    "write",
    help=_("Write the IOU of a spot sale and ask for the signature of its amount."),
    epilog=examples("kac iou write KS20261120-0001"),
)
@writing
def write_(
    asked: Writing,
    sale: Annotated[str, typer.Argument(metavar="SALE", help=_("the sale of cards"))],
) -> None:
    """Write an IOU."""

    def act(work: Work) -> Outcome:
        from kac.desk.ious import actions

        return actions.write(work, sale)

    write(asked, "iou write", act, {"sale": sale})


papers.printing(
    app,
    "iou",
    Iou,
    "kac.desk.ious.actions",
    help=_("Print the signed IOU; the window keeps it until all is paid."),
    epilog=examples("kac iou print QT20261120-0001", "kac iou print @ -o iou.html"),
    copies=False,
)


@app.command(
    "withdraw",
    help=_("Give the IOU back at the window; only when all is paid."),
    epilog=examples("kac iou withdraw QT20261120-0001"),
)
@writing
def withdraw(asked: Writing, iou: Iou) -> None:
    """Withdraw an IOU."""

    def act(work: Work) -> Outcome:
        from kac.desk.ious import actions

        return actions.withdraw(work, iou)

    write(asked, "iou withdraw", act, {"iou": iou})


@app.command(
    "void",
    help=_("Make an IOU void while no card is with the customer; its paper is kept."),
    epilog=examples("kac iou void QT20261120-0001 --reason 金额写错"),
)
@writing
def void(
    asked: Writing,
    iou: Iou,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))] = "",
) -> None:
    """Void an IOU."""
    why = needed(reason, "--reason", _("Why is it void?"))

    def act(work: Work) -> Outcome:
        from kac.desk.ious import actions

        return actions.void(work, iou, why)

    write(asked, "iou void", act, {"iou": iou, "reason": why})


@app.command(
    "list",
    help=_("List IOUs, the newest first."),
    epilog=examples("kac iou list", "kac iou list --state written --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
) -> None:
    """List IOUs."""
    from kac.desk.ious import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, state or "")
    rows = [{**dict(row), "amount": row["amount_fen"], "owed": row["owed_fen"]} for row in found]
    show.rows(asked, _LIST, rows, empty=_("no IOU"))


@app.command(
    "show",
    help=_("Show an IOU, its checklist, and who holds it."),
    epilog=examples("kac iou show QT20261120-0001"),
)
@reading
def show_(asked: Reading, iou: Iou) -> None:
    """Show an IOU."""
    from kac.cli import cardview, setting
    from kac.cli.orderview import gate_columns, gate_row
    from kac.desk.card_sales import queries as sales
    from kac.desk.ious import queries
    from kac.desk.papers import queries as papers

    with reading_ledger() as reader:
        row = queries.find(reader, iou, speaker(reader))
        sale = sales.by_number(reader, row["sale"])
        gates, _after = sales.case(reader, sale, setting.today())
        held = papers.history(reader, row["number"])
    moves = [{**dict(one), "document": row["number"]} for one in held]
    columns = [
        *_LIST,
        Column("withdrawn_by", _("withdrawn by"), "code"),
        Column("withdrawn_on", _("withdrawn on"), "day"),
        Column("on_day", _("made on"), "day"),
        Column("end_reason", _("ended because")),
    ]
    head = {**dict(row), "amount": row["amount_fen"], "owed": sale["owed_fen"]}
    listed = [gate_row(gate) for gate in gates] if row["state"] != "voided" else []
    show.record(
        asked,
        columns,
        head,
        [
            Part("gates", _("checklist"), gate_columns(), listed),
            Part("papers", _("papers"), cardview.paper_columns(), moves),
        ],
    )
