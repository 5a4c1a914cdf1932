"""Expenses at the counter: delivery costs and bags, signed, approved, reimbursed at month end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
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
from kac.desk.expenses.states import KINDS, LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Expenses: delivery costs and bags, reimbursed at the end of the month"))

Expense = Annotated[str, typer.Argument(metavar="EXPENSE", help=_("its number"))]
Sale = Annotated[str, typer.Argument(metavar="SALE", help=_("the wholesale"))]
Amount = Annotated[Any, money_option("--amount", help=_("how much"))]
Store = Annotated[
    str, typer.Option("--at", metavar="LOCATION", help=_("the store, the sale's unless said"))
]
_LIST = [
    Column("number", _("expense"), "code"),
    Column("kind", _("kind"), "state", words=KINDS),
    Column("document", _("for document"), "code"),
    Column("amount", _("amount"), "money"),
    Column("spender", _("spent by"), "code"),
    Column("state", _("state"), "state", words=LABELS),
    Column("signers", _("signed in the store"), "count", priority=4),
    Column("approval_state", _("signatures"), "state", words=APPROVALS, priority=4),
    Column("till_receipt", _("till receipt"), "code", priority=4),
    Column("on_day", _("on"), "day", priority=3),
]


@app.command(
    "delivery",
    help=_("Note a delivery cost with its written proof; two people of the store sign it."),
    epilog=examples("kac expense delivery PF20261120-0001 --amount 180 --proof 送货证明-031"),
)
@writing
def delivery(
    asked: Writing,
    sale: Sale,
    amount: Amount = None,
    proof: Annotated[
        str, typer.Option("--proof", metavar="NUMBER", help=_("the written proof"))
    ] = "",
    at: Store = "",
) -> None:
    """Note a delivery cost."""
    paper = needed(proof, "--proof", _("Which written proof?"))
    _note(asked, "expense delivery", sale, "delivery", amount, at, paper)


@app.command(
    "bags",
    help=_("Note shopping bags for a customer; the department approves before they are bought."),
    epilog=examples("kac expense bags PF20261120-0001 --amount 45"),
)
@writing
def bags(asked: Writing, sale: Sale, amount: Amount = None, at: Store = "") -> None:
    """Note bags."""
    _note(asked, "expense bags", sale, "bags", amount, at, "")


def _note(
    asked: Writing, command: str, sale: str, kind: str, amount: Any, at: str, proof: str
) -> None:
    much = needed(amount, "--amount", _("How much?"))
    value = money(much) if isinstance(much, str) else much

    def act(work: Work) -> Outcome:
        from kac.desk.expenses import actions

        return actions.note(work, sale, actions.Spent(kind, value, at, proof))

    write(asked, command, act, {"sale": sale, "amount": value, "at": at, "proof": proof})


@app.command(
    "sign",
    help=_("Sign the proof of a delivery cost in the store."),
    epilog=examples("kac expense sign BX20261120-0001"),
)
@writing
def sign(asked: Writing, expense: Expense) -> None:
    """Sign a delivery cost."""

    def act(work: Work) -> Outcome:
        from kac.desk.expenses import actions

        return actions.sign(work, expense)

    write(asked, "expense sign", act, {"expense": expense}, step_up=True)


@app.command(
    "receipt",
    help=_("Keep the till receipt of bags."),
    epilog=examples("kac expense receipt BX20261120-0001 --ref POS3-008812"),
)
@writing
def receipt(
    asked: Writing,
    expense: Expense,
    ref: Annotated[
        str, typer.Option("--ref", metavar="NUMBER", help=_("number of the till receipt"))
    ] = "",
) -> None:
    """Keep a receipt."""
    paper = needed(ref, "--ref", _("Which number has the till receipt?"))

    def act(work: Work) -> Outcome:
        from kac.desk.expenses import actions

        return actions.receipt(work, expense, paper)

    write(asked, "expense receipt", act, {"expense": expense, "ref": paper})


@app.command(
    "reimburse",
    help=_("Reimburse a month's expenses together; what is not proved is left out."),
    epilog=examples("kac expense reimburse 2026-10"),
)
@writing
def reimburse(
    asked: Writing,
    month: Annotated[str, typer.Argument(metavar="MONTH", help=_("such as 2026-11"))],
) -> None:
    """Reimburse a month."""

    def act(work: Work) -> Outcome:
        from kac.desk.expenses import actions

        return actions.reimburse(work, month)

    write(asked, "expense reimburse", act, {"month": month})


@app.command(
    "drop",
    help=_("Give an expense up."),
    epilog=examples("kac expense drop BX20261120-0001 --reason 客户自带袋"),
)
@writing
def drop(
    asked: Writing,
    expense: Expense,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))] = "",
) -> None:
    """Drop an expense."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.expenses import actions

        return actions.drop(work, expense, why)

    write(asked, "expense drop", act, {"expense": expense, "reason": why})


@app.command(
    "list",
    help=_("List expenses."),
    epilog=examples("kac expense list", "kac expense list --month 2026-11 --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
    month: Annotated[str, typer.Option("--month", metavar="MONTH", help=_("such as 2026-11"))] = "",
) -> None:
    """List expenses."""
    from kac.desk.expenses import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, state or "", month)
    rows = [{**dict(row), "amount": row["amount_fen"]} for row in found]
    show.rows(asked, _LIST, rows, empty=_("no expense"))


@app.command(
    "show", help=_("Show one expense."), epilog=examples("kac expense show BX20261120-0001")
)
@reading
def show_(asked: Reading, expense: Expense) -> None:
    """Show an expense."""
    from kac.cli.orderview import gate_columns, gate_row
    from kac.desk.expenses import queries

    with reading_ledger() as reader:
        row = queries.find(reader, expense, speaker(reader))
        gates, _after = queries.case(reader, row, setting.today())
    columns = [
        *_LIST,
        Column("location", _("store"), "code"),
        Column("proof", _("written proof"), "code"),
        Column("reimbursed_by", _("reimbursed by"), "code"),
        Column("reimbursed_on", _("reimbursed on"), "day"),
        Column("end_reason", _("ended because")),
    ]
    head = {**dict(row), "amount": row["amount_fen"]}
    checklist = Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates])
    show.record(asked, columns, head, [checklist])
