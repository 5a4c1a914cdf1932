"""Receivables at the counter: how old they are, when they are due, and letters that chase them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, setting, show
from kac.cli.counter import reading_ledger
from kac.cli.lazy import Noun
from kac.cli.moneyview import OUTPUT
from kac.cli.options import Reading, Writing, choice_option, day_option, examples, reading, writing
from kac.cli.show import Column
from kac.core.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from kac.db.work import Outcome, Work

app = Noun(help=_("Receivables: their age, what is due, letters that chase it"))

ON = Annotated[Any, day_option("--on", help=_("as of the end of this day"))]
CUSTOMER = Annotated[str, typer.Argument(metavar="[CUSTOMER]", help=_("of one customer"))]
_DUE = [
    Column("order", _("order"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("delivered_on", _("delivered"), "day", priority=3),
    Column("due_on", _("due"), "day"),
    Column("overdue_days", _("days overdue"), "count"),
    Column("total", _("total"), "money", priority=2),
    Column("owed", _("still owed"), "money"),
    Column("letter", _("dunning letter"), "code", priority=2),
    Column("dunned_on", _("last asked"), "day", priority=4),
]
_LETTERS = [
    Column("number", _("dunning letter"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("overdue", _("overdue"), "money"),
    Column("owed", _("owed in all"), "money", priority=3),
    Column("orders", _("orders"), "count", priority=2),
    Column("on_day", _("asked on"), "day"),
    Column("pay_by", _("to be paid by"), "day"),
    Column("dunned_by", _("asked by"), "code"),
]


@app.command(
    "aging",
    help=_("What customers owe by its age; what is held for them stands beside, never netted."),
    epilog=examples("kac ar aging", "kac ar aging --on 2026-11-30 --by doc --json"),
)
@reading
def aging(
    asked: Reading,
    on: ON = None,
    by: Annotated[
        Any, choice_option("--by", of=("due", "doc"), help=_("from the due day, or the delivery"))
    ] = "due",
) -> None:
    """Show the ageing."""
    from kac.db.policybook import DESK, in_force
    from kac.desk.receivables import queries, rules

    day = on or setting.today()
    with reading_ledger() as reader:
        policy = queries.policy(in_force(reader, DESK, setting.today()))
        held = queries.held(reader)
        found = rules.ageing(queries.owed(reader, day), held, policy, day, by or "due")
    columns = [
        Column("customer", _("customer"), "code", priority=4),
        Column("customer_name", _("name"), priority=6),
        Column("owed", _("still owed"), "money", priority=7),
        Column("not_due", _("not due"), "money"),
        *[Column(key, _title(*span), "money") for key, span in rules.bands(policy).items()],
        Column("deposits", _("held for orders"), "money"),
        Column("free", _("free money"), "money"),
    ]
    rows = [
        {
            **row.bands,
            "customer": row.customer,
            "customer_name": row.customer_name,
            "owed": row.owed_fen,
            "deposits": row.deposits_fen,
            "free": row.free_fen,
        }
        for row in found
    ]
    show.rows(asked, columns, rows, empty=_("nobody owes anything, and nothing is held"))


def _title(first: int, last: int | None) -> str:
    if last is None:
        return _("{first} days and more").format(first=first)
    return _("{first}-{last} days").format(first=first, last=last)


@app.command(
    "due",
    help=_("Delivered orders that are not paid for, the soonest due first."),
    epilog=examples("kac ar due", "kac ar due --overdue --json", "kac ar due KH0001"),
)
@reading
def due(
    asked: Reading,
    customer: CUSTOMER = "",
    on: ON = None,
    overdue: Annotated[bool, typer.Option("--overdue", help=_("only what is late"))] = False,
) -> None:
    """List what is due."""
    from kac.desk.customers import queries as customers
    from kac.desk.receivables import queries

    day = on or setting.today()
    with reading_ledger() as reader:
        number = customers.find(reader, customer)["number"] if customer else ""
        rows = [
            {**_shown(debt, day), "dunned_on": queries.last_dunned(reader, debt.customer)}
            for debt in queries.owed(reader, day, number)
            if not overdue or debt.overdue_days(day) > 0
        ]
    show.rows(asked, _DUE, rows, empty=_("nothing is due"))


def _shown(debt: Any, day: date) -> dict[str, Any]:
    return {
        "order": debt.order,
        "customer_name": debt.customer_name,
        "delivered_on": debt.delivered_on,
        "due_on": debt.due_on,
        "overdue_days": max(debt.overdue_days(day), 0),
        "total": debt.total_fen,
        "owed": debt.owed_fen,
        "letter": debt.letter,
    }


@app.command(
    "dun",
    help=_("Write a letter to a customer for what is overdue; finance collects, not who asks."),
    epilog=examples("kac ar dun KH0001", "kac ar dun KH0001 -o letter.html"),
)
@writing
def dun(
    asked: Writing,
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help=_("the customer"))],
    output: OUTPUT = None,
) -> None:
    """Chase a customer."""

    def act(work: Work) -> Outcome:
        from kac.desk.receivables import actions

        return actions.dun(work, customer)

    papers.printed(asked, "ar dun", act, {"customer": customer}, papers.Wanted(output=output))


papers.printing(
    app,
    "ar",
    Annotated[str, typer.Argument(metavar="LETTER", help=_("its number"))],
    "kac.desk.receivables.actions",
    help=_("Print a letter again, as it was written."),
    epilog=examples("kac ar print CK20261120-0001 --reprint 客户未收到"),
    copies=False,
)


@app.command(
    "letters",
    help=_("The letters written: to whom, when, by whom, for how much."),
    epilog=examples("kac ar letters", "kac ar letters KH0001 --json"),
)
@reading
def letters(asked: Reading, customer: CUSTOMER = "") -> None:
    """List the letters."""
    from kac.desk.customers import queries as customers
    from kac.desk.receivables import queries

    with reading_ledger() as reader:
        number = customers.find(reader, customer)["number"] if customer else ""
        rows = [
            {**dict(row), "overdue": row["overdue_fen"], "owed": row["owed_fen"]}
            for row in queries.letters(reader, number)
        ]
    show.rows(asked, _LETTERS, rows, empty=_("no letter"))
