"""Payments at the counter: take money, verify it, print the receipt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import COLUMNS, METHOD, PAYER, REASON, REFERENCE, list_money, receipt_of
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    examples,
    money_option,
    reading,
    writing,
)
from kac.cli.show import Column
from kac.core.i18n import _
from kac.desk.payments.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Payments: record and verify money"))

Money = Annotated[
    str, typer.Argument(metavar="MONEY", help=_("its number, or the bank's reference"))
]


@app.command(
    "record",
    help=_("Take money for a reviewed order; only finance does."),
    epilog=examples("kac payment record @ --amount 9380 --ref 2026112100010002"),
)
@writing
def record(
    asked: Writing,
    order: Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))],
    amount: Annotated[Any, money_option("--amount", help=_("how much"))] = None,
    method: METHOD = "transfer",
    ref: REFERENCE = "",
    payer: PAYER = "",
    reason: REASON = "",
) -> None:
    """Record a payment."""
    typed = receipt_of(amount, method, ref, payer, reason)

    def act(work: Work) -> Outcome:
        from kac.desk.payments import actions

        return actions.record(work, order, actions.Receipt(**typed))

    write(asked, "payment record", act, {"order": order, **typed})


@app.command(
    "verify",
    help=_("Say for finance that the money is really there; not by the one who took it."),
    epilog=examples("kac payment verify SK20261120-0001", "kac py verify 2026112000010001"),
)
@writing
def verify(asked: Writing, money: Money) -> None:
    """Verify money."""

    def act(work: Work) -> Outcome:
        from kac.desk.payments import actions

        return actions.verify(work, money)

    write(asked, "payment verify", act, {"money": money}, step_up=True)


@app.command(
    "print",
    help=_("Print the receipt in two copies: the customer's and finance's."),
    epilog=examples("kac payment print @", "kac py print SK20261120-0001 -o receipt.html"),
)
@writing
def print_(
    asked: Writing,
    money: Money,
    reprint: Annotated[
        str, typer.Option("--reprint", metavar="REASON", help=_("why it is printed again"))
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help=_("to a .txt, .html or .prn file")),
    ] = None,
    copies: Annotated[
        Any,
        choice_option("--copies", of=("carbon", "each"), help=_("once for all, or each alone")),
    ] = "carbon",
) -> None:
    """Print a receipt."""
    from kac.cli import papers

    def act(work: Work) -> Outcome:
        from kac.desk.payments import actions

        return actions.print_(work, money, reprint)

    typed = {"money": money, "reprint": reprint}
    papers.printed(asked, "payment print", act, typed, output, copies)


@app.command(
    "list",
    help=_("List money received, the newest first."),
    epilog=examples("kac payment list --state received", "kac py list --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, choice_option("--state", of=tuple(LABELS), help=_("in this state"))] = "",
) -> None:
    """List payments."""
    list_money(asked, state=state or "")


@app.command(
    "show",
    help=_("Show one payment."),
    epilog=examples("kac payment show SK20261120-0001"),
)
@reading
def show_(asked: Reading, money: Money) -> None:
    """Show a payment."""
    from kac.desk.payments import queries

    with reading_ledger() as reader:
        row = queries.find(reader, money, speaker(reader))
    columns = [*COLUMNS, Column("payer", _("payer")), Column("cash_reason", _("reason"))]
    show.record(asked, columns, {**dict(row), "amount": row["amount_fen"]})
