"""Refunds at the counter: ask for money back, pay it out, drop it, print the slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON, REFERENCE
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    examples,
    money,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.approvals.states import LABELS as APPROVALS
from kac.desk.payments.states import WAYS
from kac.desk.refunds.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Refunds: ask for money back, pay it out, print the slip"))

Refund = Annotated[str, typer.Argument(metavar="REFUND", help=_("its number, or a part of it"))]
_LIST = [
    Column("number", _("refund"), "code"),
    Column("payment", _("money"), "code"),
    Column("order_number", _("order"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("amount", _("amount"), "money"),
    Column("method", _("by"), "state", words=WAYS),
    Column("state", _("state"), "state", words=LABELS),
    Column("approval", _("approval"), "code"),
    Column("approval_state", _("signatures"), "state", words=APPROVALS),
    Column("requested_by", _("made by"), "code", priority=2),
]
_MORE = [
    Column("reason", _("reason")),
    Column("cancellation", _("given up by the customer"), "flag"),
    Column("on_day", _("on"), "day"),
    Column("reference", _("reference"), "code"),
    Column("paid_by", _("paid by"), "code"),
    Column("paid_on", _("paid on"), "day"),
]


@app.command(
    "request",
    help=_("Ask for money back that is for nothing yet: of a payment, or of what an order had."),
    epilog=examples(
        "kac refund request SK20261120-0001 --amount 88 --reason 多付",
        "kac refund request DD20261120-0003 --amount 4020 --reason 客户取消 --cancellation",
        "kac refund request KS20261120-0001 --amount 400 --reason 退回两张卡",
        "kac refund request PF20261120-0001 --amount 260 --reason 退回一台",
    ),
)
@writing
def request(
    asked: Writing,
    document: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT", help=_("the money, or the order, cards or goods that it was for")
        ),
    ],
    amount: Annotated[Any, money_option("--amount", help=_("how much"))] = None,
    reason: REASON = "",
    cancellation: Annotated[
        bool, typer.Option("--cancellation", help=_("the customer gave the order up"))
    ] = False,
) -> None:
    """Request a refund."""
    how_much = needed(amount, "--amount", _("How much?"))
    typed = {
        "amount": money(how_much) if isinstance(how_much, str) else how_much,
        "reason": needed(reason, "--reason", _("Why does it go back?")),
        "cancellation": cancellation,
    }

    def act(work: Work) -> Outcome:
        from kac.desk.refunds import actions

        return actions.request(work, document, actions.Wish(**typed))

    write(asked, "refund request", act, {"document": document, **typed})


@app.command(
    "pay",
    help=_("Pay an approved refund out by the way its money came; finance does."),
    epilog=examples("kac refund pay TK20261120-0001 --ref 2026112400099"),
)
@writing
def pay(asked: Writing, refund: Refund, ref: REFERENCE = "") -> None:
    """Pay a refund."""

    def act(work: Work) -> Outcome:
        from kac.desk.refunds import actions

        return actions.pay(work, refund, ref)

    write(asked, "refund pay", act, {"refund": refund, "ref": ref}, step_up=True)


@app.command(
    "drop",
    help=_("Give a refund up before it is paid; its money is free again."),
    epilog=examples("kac refund drop TK20261120-0001 --reason 客户改订别的"),
)
@writing
def drop(asked: Writing, refund: Refund, reason: REASON = "") -> None:
    """Drop a refund."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.refunds import actions

        return actions.drop(work, refund, why)

    write(asked, "refund drop", act, {"refund": refund, "reason": why})


papers.printing(
    app,
    "refund",
    Refund,
    "kac.desk.refunds.actions",
    help=_("Print the refund slip in two copies: finance's and the customer's."),
    epilog=examples("kac refund print TK20261120-0001", "kac refund print @ -o refund.html"),
)


@app.command(
    "list",
    help=_("List refunds, the newest first."),
    epilog=examples("kac refund list --state requested", "kac refund list --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
) -> None:
    """List refunds."""
    from kac.desk.refunds import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, state or "")
    rows = [{**dict(row), "amount": row["amount_fen"]} for row in found]
    show.rows(asked, _LIST, rows, empty=_("no refund"))


@app.command("show", help=_("Show one refund."), epilog=examples("kac refund show TK20261120-0001"))
@reading
def show_(asked: Reading, refund: Refund) -> None:
    """Show a refund."""
    from kac.cli.orderview import gate_columns, gate_row
    from kac.desk.refunds import queries

    with reading_ledger() as reader:
        row = queries.find(reader, refund, speaker(reader))
        gates, _after = queries.case(reader, row, setting.today())
    rows = [gate_row(gate) for gate in gates]
    show.record(
        asked,
        [*_LIST, *_MORE],
        {**dict(row), "amount": row["amount_fen"]},
        [Part("gates", _("checklist"), gate_columns(), rows)],
    )
