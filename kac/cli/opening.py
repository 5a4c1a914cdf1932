"""Opening balances at the counter: what a file brought, confirmed by another, settled by money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.onlooker import speaker
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
from kac.cli.show import Column, Part
from kac.core.i18n import _
from kac.desk.openings.rules import KINDS
from kac.desk.openings.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Opening balances: confirm them, settle what was owed"))

Sheet = Annotated[
    str, typer.Argument(metavar="SHEET", help=_("its number, or that of the import it came with"))
]
_LIST = [
    Column("number", _("opening balances"), "code"),
    Column("on_day", _("proposed on"), "day"),
    Column("lines", _("lines"), "count"),
    Column("state", _("state"), "state", words=LABELS),
    Column("proposed_by", _("proposed by"), "code"),
    Column("decided_by", _("decision by"), "code", priority=4),
    Column("source", _("import"), "code", priority=3),
]
_LINES = [
    Column("number", _("number"), "code"),
    Column("kind", _("what"), "state", words=KINDS),
    Column("customer", _("customer"), "code", priority=4),
    Column("customer_name", _("name"), priority=6),
    Column("amount", _("amount"), "money"),
    Column("since", _("since"), "day"),
    Column("due_on", _("due on"), "day", priority=3),
    Column("open", _("still owed"), "money"),
    Column("document", _("booked as"), "code"),
    Column("note", _("note"), priority=2),
]


@app.command(
    "list",
    help=_("List sheets of opening balances that wait for a second person."),
    epilog=examples("kac opening list", "kac opening list --state all --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[
        Any, choice_option("--state", of=(*LABELS, "all"), help=_("in this state"))
    ] = "waiting",
) -> None:
    """List the sheets."""
    from kac.desk.openings import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, "" if state == "all" else state or "waiting")
    show.rows(asked, _LIST, found, empty=_("no opening balance waits"))


@app.command(
    "show",
    help=_("Show a sheet of opening balances: each line and what became of it."),
    epilog=examples("kac opening show QC20261120-0001", "kac opening show QC20261120-0001 --json"),
)
@reading
def show_(asked: Reading, sheet: Sheet) -> None:
    """Show a sheet."""
    from kac.desk.openings import queries

    with reading_ledger() as reader:
        row = queries.find(reader, sheet, speaker(reader))
        lines = queries.lines(reader, row["id"])
    rows = [
        {**dict(line), "amount": line["amount_fen"], "open": line["open_fen"]} for line in lines
    ]
    show.record(asked, _LIST, row, [Part("balances", _("balances"), _LINES, rows)])


@app.command(
    "confirm",
    help=_("Book opening balances; never your own, and only into books empty of their kind."),
    epilog=examples("kac opening confirm QC20261120-0001"),
)
@writing
def confirm(asked: Writing, sheet: Sheet) -> None:
    """Confirm balances."""

    def act(work: Work) -> Outcome:
        from kac.desk.openings import actions

        return actions.confirm(work, sheet)

    write(asked, "opening confirm", act, {"sheet": sheet}, step_up=True)


@app.command(
    "reject",
    help=_("Refuse opening balances; who brought them takes them back so."),
    epilog=examples("kac opening reject QC20261120-0001 --reason 金额有误"),
)
@writing
def reject(asked: Writing, sheet: Sheet, reason: REASON = "") -> None:
    """Reject balances."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.openings import actions

        return actions.reject(work, sheet, why)

    write(asked, "opening reject", act, {"sheet": sheet, "reason": why})


@app.command(
    "settle",
    help=_("Use verified money of a customer for what was owed from before."),
    epilog=examples("kac opening settle QC20261120-0001.1 --payment SK20261120-0001"),
)
@writing
def settle(
    asked: Writing,
    line: Annotated[str, typer.Argument(metavar="LINE", help=_("number of the balance"))],
    payment: Annotated[
        str, typer.Option("--payment", metavar="MONEY", help=_("verified money of the customer"))
    ] = "",
    amount: Annotated[Any, money_option("--amount", help=_("not all of it, only this"))] = None,
) -> None:
    """Settle a balance."""
    paid_by = needed(payment, "--payment", _("Which payment?"))

    def act(work: Work) -> Outcome:
        from kac.desk.openings import actions

        return actions.settle(work, line, paid_by, amount)

    typed = {"line": line, "payment": paid_by, "amount": amount}
    write(asked, "opening settle", act, typed)
