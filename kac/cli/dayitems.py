"""Money of the day at the counter: report, vouch for, keep, settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    day_option,
    examples,
    money,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.takings.states import FUNDS, LABELS, PLACES

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("The day's money: report, keep, settle it"))

Item = Annotated[str, typer.Argument(metavar="ITEM", help=_("its number, or the cheque's"))]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))]
_LIST = [
    Column("number", _("item"), "code"),
    Column("customer_name", _("unit"), priority=6),
    Column("amount", _("amount"), "money"),
    Column("funds", _("funds"), "state", words=FUNDS),
    Column("document", _("for document"), "code"),
    Column("state", _("state"), "state", words=LABELS),
    Column("notes", _("notes"), priority=3),
    Column("manager", _("business manager"), "code", priority=4),
    Column("voucher", _("voucher"), "code", priority=2),
    Column("custodian", _("kept by"), "code", priority=2),
    Column("place", _("settled at"), "state", words=PLACES, priority=2),
    Column("settled_by", _("settled by whom"), "code", priority=2),
    Column("on_day", _("on"), "day", priority=3),
]


@app.command(
    "item",
    help=_("Report money for a document: amount, funds and what to mind; the unit is its own."),
    epilog=examples(
        "kac day item KS20261120-0001 --amount 860 --funds cash --notes 客户当面付清",
        "kac day item KS20261120-0001 --amount 100 --funds cheque --ref 30501123 --notes 月底兑付"
        " --bank 工商银行新港支行 --issued 11-19",
    ),
)
@writing
def item(
    asked: Writing,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help=_("what it pays"))],
    amount: Annotated[Any, money_option("--amount", help=_("how much"))] = None,
    funds: Annotated[Any, choice_option("--funds", of=tuple(FUNDS), help=_("kind of funds"))] = "",
    notes: Annotated[
        str, typer.Option("--notes", metavar="TEXT", help=_("what to mind about it"))
    ] = "",
    ref: Annotated[
        str, typer.Option("--ref", metavar="NUMBER", help=_("number of the cheque or transfer"))
    ] = "",
    bank: Annotated[
        str, typer.Option("--bank", metavar="TEXT", help=_("of a cheque: whose it is"))
    ] = "",
    issued: Annotated[
        Any, day_option("--issued", help=_("of a cheque: the day written on it"))
    ] = None,
    drawer: Annotated[
        str,
        typer.Option("--drawer", metavar="NAME", help=_("of a cheque: the drawer, if another")),
    ] = "",
) -> None:
    """Report money."""
    much = needed(amount, "--amount", _("How much?"))
    said = {
        "amount": money(much) if isinstance(much, str) else much,
        "funds": needed(funds, "--funds", _("Which funds?")),
        "notes": needed(notes, "--notes", _("What is to be minded?")),
        "reference": ref,
    }
    slip = _slip(ref, bank, issued, drawer) if said["funds"] == "cheque" else {}

    def act(work: Work) -> Outcome:
        from kac.desk.cheques import window
        from kac.desk.cheques.written import Slip
        from kac.desk.takings import actions

        if slip:
            return window.take(work, document, actions.Report(**said), Slip(**slip))
        return actions.report(work, document, actions.Report(**said))

    write(asked, "day item", act, {"document": document, **said, **slip})


def _slip(ref: str, bank: str, issued: Any, drawer: str) -> dict[str, Any]:
    """What stands on a cheque; its number is that of the item."""
    return {
        "cheque_number": ref,
        "bank": needed(bank, "--bank", _("Of which bank?")),
        "drawer": drawer,
        "issued_on": needed(issued, "--issued", _("Which day is written on it?")),
    }


@app.command(
    "voucher",
    help=_("The e-bank auditor confirms that money arrived or a cheque was paid, by a voucher."),
    epilog=examples("kac day voucher JS20261120-0001 --ref 网银凭单-0881"),
)
@writing
def voucher(
    asked: Writing,
    item: Item,
    ref: Annotated[
        str, typer.Option("--ref", metavar="NUMBER", help=_("number of the voucher"))
    ] = "",
) -> None:
    """Vouch for money."""
    paper = needed(ref, "--ref", _("Which number has the voucher?"))

    def act(work: Work) -> Outcome:
        from kac.desk.cheques import window

        return window.vouch(work, item, paper)

    write(asked, "day voucher", act, {"item": item, "ref": paper})


@app.command(
    "custody",
    help=_("Put cash or a cheque into the department's custody, with its note."),
    epilog=examples(
        "kac day custody JS20261120-0001 --unit KH0001 --manager business_manager"
        " --custodian bulk_department_head"
    ),
)
@writing
def custody(
    asked: Writing,
    item: Item,
    unit: Annotated[
        str, typer.Option("--unit", metavar="CUSTOMER", help=_("whose business it is"))
    ] = "",
    manager: Annotated[
        str, typer.Option("--manager", metavar="STAFF", help=_("the business manager"))
    ] = "",
    custodian: Annotated[
        str, typer.Option("--custodian", metavar="STAFF", help=_("who keeps it"))
    ] = "",
) -> None:
    """Take money into custody."""
    keeper = needed(custodian, "--custodian", _("Who keeps it?"))

    def act(work: Work) -> Outcome:
        from kac.desk.takings import actions
        from kac.desk.takings.rules import Note

        return actions.keep(work, item, Note(manager, unit, keeper))

    typed = {"item": item, "unit": unit, "manager": manager, "custodian": keeper}
    write(asked, "day custody", act, typed)


@app.command(
    "settle",
    help=_("Settle one item at the finance window."),
    epilog=examples("kac day settle JS20261120-0001 --place hq_finance"),
)
@writing
def settle(
    asked: Writing,
    item: Item,
    place: Annotated[
        Any, choice_option("--place", of=tuple(PLACES), help=_("where, hq_finance unless said"))
    ] = "",
) -> None:
    """Settle money."""
    where = place or "hq_finance"

    def act(work: Work) -> Outcome:
        from kac.desk.takings import actions

        return actions.settle(work, item, where)

    write(asked, "day settle", act, {"item": item, "place": where})


@app.command(
    "return",
    help=_("Give money back, or take a bounced cheque out again."),
    epilog=examples("kac day return JS20261120-0001 --reason 支票退票"),
)
@writing
def return_(asked: Writing, item: Item, reason: Reason = "") -> None:
    """Give money back."""
    why = needed(reason, "--reason", _("Why is it given back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.cheques import window

        return window.give_back(work, item, why)

    write(asked, "day return", act, {"item": item, "reason": why})


@app.command(
    "items",
    help=_("List reported money, the newest first; without --state what is open."),
    epilog=examples("kac day items", "kac day items --state settled --json"),
)
@reading
def items(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, "all", help=_("in this state"))] = "",
) -> None:
    """List money."""
    from kac.desk.takings import queries

    wanted = "" if state == "all" else state or "open"
    with reading_ledger() as reader:
        found = queries.listing(reader, wanted)
    rows = [{**dict(row), "amount": row["amount_fen"]} for row in found]
    show.rows(asked, _LIST, rows, empty=_("no money to settle"))


@app.command(
    "show",
    help=_("Show one item of money."),
    epilog=examples("kac day show JS20261120-0001"),
)
@reading
def show_(asked: Reading, item: Item) -> None:
    """Show money."""
    from kac.desk.takings import queries

    with reading_ledger() as reader:
        row = queries.find(reader, item, speaker(reader))
    columns = [
        *_LIST,
        Column("reference", _("reference"), "code"),
        Column("cheque", _("cheque"), "code"),
        Column("note_unit", _("unit on the note")),
        Column("note_manager", _("manager on the note"), "code"),
        Column("settled_on", _("settled on"), "day"),
        Column("end_reason", _("ended because")),
    ]
    show.record(asked, columns, {**dict(row), "amount": row["amount_fen"]})
