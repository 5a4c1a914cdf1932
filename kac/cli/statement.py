"""Statements of account at the counter: draw up, print, confirm them, name differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    day_option,
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
from kac.desk.statements.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Statements of account: draw up, print, confirm them"))

Statement = Annotated[str, typer.Argument(metavar="STATEMENT", help=_("its number"))]
_LIST = [
    Column("number", _("statement"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("from_day", _("from"), "day"),
    Column("to_day", _("until"), "day"),
    Column("opening", _("opening"), "money"),
    Column("closing", _("closing"), "money"),
    Column("state", _("state"), "state", words=LABELS),
    Column("made_by", _("made by"), "code", priority=2),
]
_RECORD = [
    *_LIST,
    Column("signed_for_customer", _("signed for the customer")),
    Column("signed_for_us", _("signed for us"), "code"),
    Column("sealed", _("sealed"), "flag"),
    Column("answered_on", _("answered on"), "day"),
    Column("their_balance", _("their balance"), "money"),
    Column("difference", _("difference")),
]
_LINES = [
    Column("day", _("day"), "day"),
    Column("document", _("document"), "code"),
    Column("change", _("movement"), "money"),
    Column("balance", _("balance"), "money"),
]


@app.command(
    "make",
    help=_("Draw up a customer's account up to a day, from where the last one ended."),
    epilog=examples(
        "kac statement make KH0001 --to yesterday",
        "kac --as cron statement make --all --to yesterday",
    ),
)
@writing
def make(
    asked: Writing,
    customer: Annotated[str, typer.Argument(metavar="[CUSTOMER]", help=_("the customer"))] = "",
    from_: Annotated[Any, day_option("--from", help=_("its first day, of the first one"))] = None,
    to: Annotated[Any, day_option("--to", help=_("its last day; today if not said"))] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("of every customer"))] = False,
) -> None:
    """Draw up a statement."""
    if not all_:
        customer = needed(customer, "CUSTOMER", _("Of which customer?"))
    last = to or setting.today()

    def act(work: Work) -> Outcome:
        from kac.desk.statements import actions

        if all_:
            return actions.make_all(work, last)
        return actions.make(work, customer, from_, last)

    write(asked, "statement make", act, {"customer": customer, "from": from_, "to": last})


papers.printing(
    app,
    "statement",
    Statement,
    "kac.desk.statements.actions",
    help=_("Print a statement in two copies; one comes back signed and sealed."),
    epilog=examples("kac statement print DZ20261120-0001 -o statement.html"),
)


@app.command(
    "confirm",
    help=_("Say that the customer agrees: signed by both, sealed by it."),
    epilog=examples("kac statement confirm DZ20261120-0001 --by 周建平 --sealed"),
)
@writing
def confirm(
    asked: Writing,
    statement: Statement,
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help=_("who signed for the customer"))
    ] = "",
    sealed: Annotated[bool, typer.Option("--sealed", help=_("with its official seal"))] = False,
) -> None:
    """Confirm a statement."""

    def act(work: Work) -> Outcome:
        from kac.desk.statements import actions

        return actions.confirm(work, statement, by, sealed=sealed)

    typed = {"statement": statement, "by": by, "sealed": sealed}
    write(asked, "statement confirm", act, typed, step_up=True)


@app.command(
    "dispute",
    help=_("Write down what the customer's books say instead, and why."),
    epilog=examples(
        "kac statement dispute DZ20261120-0001 --by 周建平 --balance 120 --reason 退货未入账"
    ),
)
@writing
def dispute(
    asked: Writing,
    statement: Statement,
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help=_("who signed for the customer"))
    ] = "",
    balance: Annotated[Any, money_option("--balance", help=_("their closing"))] = None,
    reason: REASON = "",
) -> None:
    """Name differences."""
    hand = needed(by, "--by", _("Who signed for the customer?"))
    theirs = needed(balance, "--balance", _("At what do their books close?"))
    why = needed(reason, "--reason", _("In what do they differ?"))

    def act(work: Work) -> Outcome:
        from kac.desk.statements import actions

        said = money(theirs) if isinstance(theirs, str) else theirs
        return actions.dispute(work, statement, hand, said, why)

    typed = {"statement": statement, "by": hand, "balance": theirs, "reason": why}
    write(asked, "statement dispute", act, typed)


@app.command(
    "withdraw",
    help=_("Take back a customer's last statement that nobody has confirmed."),
    epilog=examples("kac statement withdraw DZ20261120-0001 --reason 漏记一笔"),
)
@writing
def withdraw(asked: Writing, statement: Statement, reason: REASON = "") -> None:
    """Withdraw a statement."""
    why = needed(reason, "--reason", _("Why is it taken back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.statements import actions

        return actions.withdraw(work, statement, why)

    write(asked, "statement withdraw", act, {"statement": statement, "reason": why})


@app.command(
    "list",
    help=_("List statements, the newest first."),
    epilog=examples("kac statement list", "kac st list --state made --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("of this customer"))
    ] = "",
) -> None:
    """List statements."""
    from kac.desk.customers import queries as customers
    from kac.desk.statements import queries

    with reading_ledger() as reader:
        whose = customers.find(reader, customer)["id"] if customer else 0
        found = queries.listing(reader, state or "", whose)
    show.rows(asked, _LIST, [_shown(row) for row in found], empty=_("no statement"))


@app.command(
    "show",
    help=_("Show one statement with its movements."),
    epilog=examples("kac statement show DZ20261120-0001"),
)
@reading
def show_(asked: Reading, statement: Statement) -> None:
    """Show a statement."""
    from kac.desk.statements import queries

    with reading_ledger() as reader:
        row = queries.find(reader, statement, speaker(reader))
        account = queries.account(reader, row)
    balance, lines = account.opening_fen, []
    for each in account.movements:
        balance += each.change_fen
        lines.append(
            {
                "day": each.day.isoformat(),
                "document": each.document,
                "change": each.change_fen,
                "balance": balance,
            }
        )
    show.record(asked, _RECORD, _shown(row), [Part("lines", _("movements"), _LINES, lines)])


def _shown(row: Any) -> dict[str, Any]:
    return {
        **dict(row),
        "opening": row["opening_fen"],
        "closing": row["closing_fen"],
        "their_balance": row["their_balance_fen"],
    }
