"""Payments at the counter: take money, verify it, print the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, show, spreading
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import (
    COLUMNS,
    DECLARED,
    METHOD,
    PAYER,
    REASON,
    REFERENCE,
    list_money,
    receipt_of,
)
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    examples,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.cli.spreading import SHARES, share_of
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.payments.states import KINDS, LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Payments: record and verify money"))

Money = Annotated[
    str, typer.Argument(metavar="MONEY", help=_("its number, or the bank's reference"))
]

_MORE = [
    Column("payer", _("payer")),
    Column("cash_reason", _("reason")),
    Column("declared_by", _("declared by"), "code"),
    Column("declared_for", _("declared for"), "code"),
    Column("taken_back_by", _("taken back by"), "code"),
    Column("taken_back_reason", _("taken back because")),
]
_ALLOCATIONS = [
    Column("order_number", _("order"), "code"),
    Column("kind", _("kind"), "state", words=KINDS),
    Column("amount", _("amount"), "money"),
    Column("taken_away", _("taken away"), "flag"),
    Column("reason", _("reason")),
    Column("allocated_by", _("who"), "code"),
    Column("on_day", _("on"), "day"),
]


@app.command(
    "record",
    help=_("Take money for a reviewed order, for several, or on account; only finance does."),
    epilog=examples(
        "kac payment record @ --amount 9380 --ref 2026112100010002",
        "kac payment record @ --declared 2026112100010009",
        "kac payment record -c KH0001 --amount 9380 --ref W3 --to DD20261120-0001:9380",
    ),
)
@writing
def record(
    asked: Writing,
    order: Annotated[str, typer.Argument(metavar="[ORDER]", help=_("the order"))] = "",
    amount: Annotated[Any, money_option("--amount", help=_("how much"))] = None,
    method: METHOD = "transfer",
    ref: REFERENCE = "",
    payer: PAYER = "",
    reason: REASON = "",
    declared: DECLARED = "",
    customer: Annotated[
        str,
        typer.Option(
            "-c",
            "--customer",
            metavar="CUSTOMER",
            help=_("whose money it is, when for no one order"),
        ),
    ] = "",
    to: SHARES = [],  # noqa: B006
) -> None:
    """Record a payment."""
    if not customer:
        order = needed(order, "ORDER", _("For which order?"))
    shares = [share_of(each) for each in to]
    typed = receipt_of(amount, method, ref, payer, reason, declared)

    def act(work: Work) -> Outcome:
        from kac.desk.allocations import actions
        from kac.desk.payments.actions import Receipt, declared_receipt

        receipt = declared_receipt(work, declared) if declared else Receipt(**typed)
        if customer:
            return actions.on_account(work, customer, receipt, shares, declared)
        return actions.record(work, order, receipt, declared)

    told = {"order": order, "customer": customer, "to": to, "declared": declared, **typed}
    write(asked, "payment record", act, told)


@app.command(
    "declare",
    help=_("Write down that a customer says money was sent; finance then looks for it."),
    epilog=examples("kac payment declare @ --amount 9380 --ref 2026112100010002"),
)
@writing
def declare(
    asked: Writing,
    order: Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))],
    amount: Annotated[Any, money_option("--amount", help=_("how much"))] = None,
    method: METHOD = "transfer",
    ref: REFERENCE = "",
    payer: PAYER = "",
) -> None:
    """Declare a payment."""
    typed = receipt_of(amount, method, ref, payer, "")

    def act(work: Work) -> Outcome:
        from kac.desk.allocations import actions
        from kac.desk.payments.actions import Receipt

        return actions.declare(work, order, Receipt(**typed))

    write(asked, "payment declare", act, {"order": order, **typed})


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


papers.printing(
    app,
    "payment",
    Money,
    "kac.desk.payments.actions",
    help=_("Print the receipt in two copies: the customer's and finance's."),
    epilog=examples("kac payment print @", "kac py print SK20261120-0001 -o receipt.html"),
)


@app.command(
    "list",
    help=_("List money received, the newest first."),
    epilog=examples("kac payment list --state received", "kac py list --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
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
    from kac.desk.allocations import queries as allocations
    from kac.desk.payments import queries

    with reading_ledger() as reader:
        row = queries.find(reader, money, speaker(reader))
        history = allocations.history(reader, row["id"])
    shown = {**dict(row), "amount": row["amount_fen"], "free": row["free_fen"]}
    allocated = [{**dict(each), "amount": each["amount_fen"]} for each in history]
    show.record(
        asked,
        [*COLUMNS, *_MORE],
        shown,
        [Part("allocations", _("what it is for"), _ALLOCATIONS, allocated)],
    )


app.registered_commands += spreading.app.registered_commands
