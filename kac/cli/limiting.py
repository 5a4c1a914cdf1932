"""Credit of the retail desk at the counter: limits, letters, and what they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.options import (
    Reading,
    Writing,
    day,
    day_option,
    examples,
    money,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.approvals.states import LABELS as APPROVALS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help="")

Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help=_("the customer"))]


def _text(flag: str, metavar: str, help: str) -> Any:
    return typer.Option(flag, metavar=metavar, help=help)


Document = Annotated[str, _text("--document", "TEXT", _("the paper that it rests on"))]


def _money(value: Any, option: str, question: str) -> Any:
    known = needed(value, option, question)
    return money(known) if isinstance(known, str) else known


def _day(value: Any, option: str, question: str) -> Any:
    known = needed(value, option, question)
    return day(known) if isinstance(known, str) else known


@app.command(
    "set",
    help=_("Propose a credit limit after an investigation; it counts when it is signed."),
    epilog=examples(
        "kac credit set KH0001 --limit 30000 --until +180d --investigated-by finance"
        " --document 资信调查表2026-11"
    ),
)
@writing
def set_(
    asked: Writing,
    customer: Customer,
    limit: Annotated[
        Any, money_option("--limit", help=_("how much may be owed; 0 for none"))
    ] = None,
    until: Annotated[Any, day_option("--until", help=_("the last day that it is good for"))] = None,
    investigated_by: Annotated[
        str, _text("--investigated-by", "STAFF", _("who looked into the customer"))
    ] = "",
    document: Document = "",
) -> None:
    """Propose a limit."""
    said = {
        "limit": _money(limit, "--limit", _("How much may be owed?")),
        "until": _day(until, "--until", _("Until which day?")),
        "investigated_by": needed(
            investigated_by, "--investigated-by", _("Who looked into the customer?")
        ),
        "document": needed(document, "--document", _("Which paper does it rest on?")),
    }

    def act(work: Work) -> Outcome:
        from kac.desk.limits import actions

        return actions.propose(work, customer, actions.Proposal(**said))

    write(asked, "credit set", act, {"customer": customer, **said})


@app.command(
    "letter",
    help=_("Put a guarantee letter (担保书) for an order on credit on file."),
    epilog=examples(
        "kac credit letter DD20261120-0001 --guarantor gp_specialist --amount 13400 --due +30d"
        " --document 担保书031"
    ),
)
@writing
def letter(
    asked: Writing,
    order: Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))],
    guarantor: Annotated[str, _text("--guarantor", "STAFF", _("the employee who vouches"))] = "",
    amount: Annotated[Any, money_option("--amount", help=_("for how much"))] = None,
    due: Annotated[Any, day_option("--due", help=_("the day by which it is paid"))] = None,
    document: Document = "",
) -> None:
    """Write a letter."""
    said = {
        "guarantor": needed(guarantor, "--guarantor", _("Who vouches?")),
        "amount": _money(amount, "--amount", _("For how much?")),
        "due": _day(due, "--due", _("By which day is it paid?")),
        "document": needed(document, "--document", _("Which paper does it rest on?")),
    }

    def act(work: Work) -> Outcome:
        from kac.desk.guarantees import actions

        return actions.write(work, order, actions.Pledge(**said))

    write(asked, "credit letter", act, {"order": order, **said})


@app.command(
    "check",
    help=_("Say what a customer may still owe, and whether an amount more would be too much."),
    epilog=examples("kac credit check KH0001", "kac credit check KH0001 --amount 30000 --json"),
)
@reading
def check(
    asked: Reading,
    customer: Customer,
    amount: Annotated[Any, money_option("--amount", help=_("for one more sale of so much"))] = None,
) -> None:
    """Check the credit."""
    from kac.cli import coverview

    with reading_ledger() as reader:
        told = coverview.checked(reader, customer, amount.fen if amount else 0, setting.today())
    show.record(asked, coverview.check_columns(), told)


@app.command(
    "limits",
    help=_("List credit limits as they were proposed, the newest first."),
    epilog=examples("kac credit limits", "kac credit limits -c KH0001 --state approved --json"),
)
@reading
def limits(
    asked: Reading,
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("of this customer"))
    ] = "",
    state: Annotated[Any, state_option(APPROVALS, help=_("signed for or not"))] = "",
) -> None:
    """List limits."""
    from kac.cli import coverview
    from kac.desk.customers.queries import find
    from kac.desk.limits import queries

    with reading_ledger() as reader:
        who = find(reader, customer)["id"] if customer else 0
        found = queries.listing(reader, who, state or "")
    rows = [{**dict(row), "limit": row["limit_fen"]} for row in found]
    show.rows(asked, coverview.limit_columns(), rows, empty=_("no credit limit"))
