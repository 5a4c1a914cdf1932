"""Security deposits at the counter: take one, verify it, print its receipt, give it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import PAYER, REASON, REFERENCE, receipt_of
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    examples,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.payments.states import WAYS
from kac.desk.securities.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Security deposits under contracts: take, verify, give them back"))

Security = Annotated[str, typer.Argument(metavar="SECURITY", help=_("its number"))]
_LIST = [
    Column("number", _("security"), "code"),
    Column("contract", _("contract"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("amount", _("amount"), "money"),
    Column("method", _("by"), "state", words=WAYS),
    Column("reference", _("reference"), "code", priority=4),
    Column("state", _("state"), "state", words=LABELS),
    Column("on_day", _("on"), "day"),
    Column("received_by", _("taken by"), "code", priority=2),
    Column("verified_by", _("verified by"), "code", priority=2),
    Column("returned_by", _("given back by"), "code", priority=2),
    Column("returned_on", _("given back on"), "day", priority=2),
]


@app.command(
    "record",
    help=_("Take a security deposit (保证金) under a long-term supply contract."),
    epilog=examples(
        "kac security record HT20261120-0001 --amount 50000 --ref 2026112000010003",
    ),
)
@writing
def record(
    asked: Writing,
    contract: Annotated[str, typer.Argument(metavar="CONTRACT", help=_("the contract"))],
    amount: Annotated[Any, money_option("--amount", help=_("how much"))] = None,
    method: Annotated[
        Any,
        choice_option("--method", of=("transfer", "cash"), help=_("how the money came")),
    ] = "transfer",
    ref: REFERENCE = "",
    payer: PAYER = "",
) -> None:
    """Take a security deposit."""
    said = receipt_of(amount, method, ref, payer, "")
    said.pop("reason")

    def act(work: Work) -> Outcome:
        from kac.desk.securities import actions

        return actions.record(work, contract, actions.Sum(**said))

    write(asked, "security record", act, {"contract": contract, **said})


@app.command(
    "verify",
    help=_("Confirm that the money is there; only then does it cover anything."),
    epilog=examples("kac security verify BZ20261120-0001"),
)
@writing
def verify(asked: Writing, security: Security) -> None:
    """Verify a deposit."""

    def act(work: Work) -> Outcome:
        from kac.desk.securities import actions

        return actions.verify(work, security)

    write(asked, "security verify", act, {"security": security})


@app.command(
    "return",
    help=_("Give a deposit back, when nothing rests on it any more."),
    epilog=examples("kac security return BZ20261120-0001 --ref 2026112000010004 --reason 合同期满"),
)
@writing
def return_(asked: Writing, security: Security, ref: REFERENCE = "", reason: REASON = "") -> None:
    """Give a deposit back."""
    why = needed(reason, "--reason", _("Why is it given back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.securities import actions

        return actions.give_back(work, security, ref, why)

    typed = {"security": security, "ref": ref, "reason": why}
    write(asked, "security return", act, typed, step_up=True)


papers.printing(
    app,
    "security",
    Security,
    "kac.desk.securities.actions",
    help=_("Print the receipt of a security deposit in two copies."),
    epilog=examples("kac security print BZ20261120-0001"),
)


@app.command(
    "list",
    help=_("List security deposits, the newest first."),
    epilog=examples("kac security list", "kac security list -c KH0001 --state verified --json"),
)
@reading
def list_(
    asked: Reading,
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("of this customer"))
    ] = "",
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
) -> None:
    """List deposits."""
    from kac.desk.customers.queries import find
    from kac.desk.securities import queries

    with reading_ledger() as reader:
        who = find(reader, customer)["id"] if customer else 0
        found = queries.listing(reader, who, state or "")
    rows = [{**dict(row), "amount": row["amount_fen"]} for row in found]
    show.rows(asked, _LIST, rows, empty=_("no security deposit"))
