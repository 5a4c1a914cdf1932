"""Credit at the counter: apply for it or set limits, see what is left of it, close it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import limiting, setting, show
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
from kac.cli.show import Column, Part
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.core.text import folded
from kac.desk.approvals.states import LABELS as APPROVALS
from kac.desk.credits.rules import METHODS
from kac.desk.credits.states import LABELS

if TYPE_CHECKING:
    from kac.db.reader import Row
    from kac.db.work import Outcome, Work

app = Noun(help=_("Credit: limits, letters, applications, what is left of it"))

Credit = Annotated[str, typer.Argument(metavar="CREDIT", help=_("the application"))]
_LIST = [
    Column("number", _("application"), "code"),
    Column("customer_name", _("customer"), priority=6),
    Column("amount", _("amount"), "money"),
    Column("used", _("used"), "money"),
    Column("owed", _("still owed"), "money"),
    Column("collection_on", _("collected on"), "day"),
    Column("method", _("by"), "state", words=METHODS, priority=4),
    Column("state", _("state"), "state", words=LABELS),
    Column("approval_state", _("signatures"), "state", words=APPROVALS),
    Column("prepared_by", _("made by"), "code", priority=2),
]


def _text(flag: str, help: str) -> Any:
    return typer.Option(flag, metavar="TEXT", help=help)


@app.command(
    "apply",
    help=_("Apply for credit: the four facts, then department and company are asked."),
    epilog=examples(
        "kac credit apply -c KH0001 --amount 60000 --collect +30d --by ebank"
        " --credibility 三年按期回款 --record 2025年供货合同"
    ),
)
@writing
def apply(
    asked: Writing,
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("the customer"))
    ] = "",
    amount: Annotated[Any, money_option("--amount", help=_("up to how much"))] = None,
    collect: Annotated[Any, day_option("--collect", help=_("the day of collection"))] = None,
    by: Annotated[
        Any, choice_option("--by", of=tuple(METHODS), help=_("the way of collection"))
    ] = "",
    credibility: Annotated[str, _text("--credibility", _("why it will pay"))] = "",
    record: Annotated[str, _text("--record", _("earlier cooperation that stands elsewhere"))] = "",
    exception: Annotated[str, _text("--exception", _("why credit out of the county"))] = "",
) -> None:
    """Apply for credit."""
    who = needed(customer, "--customer", _("Which customer?"))
    much = needed(amount, "--amount", _("Up to how much?"))
    said = {
        "amount": money(much) if isinstance(much, str) else much,
        "collection_on": collect,
        "method": by,
        "credibility": credibility,
        "record": record,
        "exception": exception,
    }

    def act(work: Work) -> Outcome:
        from kac.desk.credits import actions

        return actions.apply(work, who, actions.Wish(**said))

    write(asked, "credit apply", act, {"customer": who, **said})


@app.command(
    "close",
    help=_("Close an application: nothing more is sold under it."),
    epilog=examples("kac credit close XY20261120-0001 --reason 已结清"),
)
@writing
def close(
    asked: Writing, credit: Credit, reason: Annotated[str, _text("--reason", _("why"))] = ""
) -> None:
    """Close an application."""
    why = needed(reason, "--reason", _("Why is it closed?"))

    def act(work: Work) -> Outcome:
        from kac.desk.credits import actions

        return actions.close(work, credit, why)

    write(asked, "credit close", act, {"credit": credit, "reason": why})


@app.command(
    "list",
    help=_("List applications, the soonest to be collected first."),
    epilog=examples("kac credit list", "kac credit list --state applied --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
) -> None:
    """List applications."""
    from kac.desk.credits import queries

    with reading_ledger() as reader:
        found = [_listed(row) for row in queries.listing(reader, state or "")]
    show.rows(asked, _LIST, found, empty=_("no application for credit"))


@app.command(
    "show",
    help=_("Show the credit of a customer, document by document; or one application, one limit."),
    epilog=examples("kac credit show KH0001", "kac credit show XY20261120-0001"),
)
@reading
def show_(
    asked: Reading,
    credit: Annotated[
        str, typer.Argument(metavar="CREDIT", help=_("a customer, an application or a limit"))
    ],
) -> None:
    """Show credit."""
    word = folded(credit)
    if not word.startswith(("xy", "@")) and not word[:1].isdigit():
        _show_cover(asked, credit)
    else:
        _show_application(asked, credit)


def _show_cover(asked: Reading, reference: str) -> None:
    from kac.cli import coverview
    from kac.desk.limits import queries

    with reading_ledger() as reader:
        if folded(reference).startswith("ed"):
            reference = queries.find(reader, reference, speaker(reader))["customer"]
        view = coverview.gather(reader, reference, setting.today())
    show.record(asked, view.columns, view.row, view.parts)


def _show_application(asked: Reading, credit: str) -> None:
    from kac.cli.orderview import gate_columns, gate_row
    from kac.desk.credits import queries

    with reading_ledger() as reader:
        row = queries.find(reader, credit, speaker(reader))
        gates, _after = queries.case(reader, row, setting.today())
    columns = [
        *_LIST[:9],
        Column("credibility", _("why it will pay")),
        Column("record", _("earlier cooperation")),
        Column("outside", _("out of the county"), "flag"),
        Column("exception", _("why all the same")),
        Column("approval", _("approval"), "code"),
        Column("prepared_by", _("made by"), "code"),
        Column("on_day", _("made on"), "day"),
        Column("end_reason", _("ended because")),
    ]
    checklist = Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates])
    show.record(asked, columns, _listed(row), [checklist])


def _listed(row: Row) -> dict[str, Any]:
    return {
        **dict(row),
        "amount": row["amount_fen"],
        "used": row["used_fen"],
        "owed": row["owed_fen"],
    }


# Titles and help are put in words when a module is imported: they follow the language spoken.
app.registered_commands += limiting.app.registered_commands
