"""Call-backs at the counter: who is to be called after a delivery, and what was said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    count_option,
    day_option,
    examples,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column
from kac.core.i18n import _
from kac.desk.callbacks.states import RESULTS, UNREACHABLE

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Call-backs: whom to call after a delivery, what was said"))

_LIST = [
    Column("number", _("call"), "code"),
    Column("order_number", _("order"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("on_day", _("on"), "day"),
    Column("result", _("result"), "state", words=RESULTS),
    Column("said", _("said"), priority=4),
    Column("need", _("needed next"), priority=4),
    Column("inquiry", _("inquiry"), "code", priority=3),
    Column("again_on", _("again by"), "day"),
    Column("called_by", _("called by"), "code", priority=2),
]
_OWED = [
    Column("order", _("order"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("delivered_on", _("delivered on"), "day"),
    Column("due_on", _("due on"), "day"),
    Column("last", _("last time"), "state", words={**RESULTS, "": ""}),
    Column("overdue_days", _("days overdue"), "count"),
]


@app.command(
    "log",
    help=_("Write a call about a delivered order down; a complaint owes another call."),
    epilog=examples(
        "kac callback log DD20261120-0003 --result satisfied --said 满意",
        "kac callback log @ --result satisfied --said 满意 --need 春节再订20台 --inquiry",
        "kac callback log @ --result complaint --said 两台有划痕 --again +1d",
    ),
)
@writing
def log(
    asked: Writing,
    order: Annotated[str, typer.Argument(metavar="ORDER", help=_("the delivered order"))],
    result: Annotated[Any, choice_option("--result", of=tuple(RESULTS), help=_("the end"))] = "",
    said: Annotated[str, typer.Option("--said", metavar="TEXT", help=_("what was said"))] = "",
    need: Annotated[
        str, typer.Option("--need", metavar="TEXT", help=_("what the customer needs next"))
    ] = "",
    inquiry: Annotated[
        bool, typer.Option("--inquiry", help=_("take the need down as an inquiry"))
    ] = False,
    again: Annotated[Any, day_option("--again", help=_("when to call once more"))] = None,
) -> None:
    """Log a call."""
    how = needed(result, "--result", _("How did it end?"))
    if how != UNREACHABLE:
        said = needed(said, "--said", _("What was said?"))

    def act(work: Work) -> Outcome:
        from kac.desk.callbacks import actions

        return actions.log(work, order, actions.Call(how, said, need, again, inquiry))

    typed = {"order": order, "result": how, "said": said, "need": need, "again": again}
    write(asked, "callback log", act, {**typed, "inquiry": inquiry})


@app.command(
    "due",
    help=_("List the customers to be called, the soonest due first."),
    epilog=examples("kac callback due", "kac callback due --within 7 --json"),
)
@reading
def due(
    asked: Reading,
    within: Annotated[Any, count_option("--within", help=_("due within so many days"))] = None,
) -> None:
    """List calls that are owed."""
    from kac.desk.callbacks import queries

    today = setting.today()
    with reading_ledger() as reader:
        found = queries.owed(reader, today, today + timedelta(days=within or 0))
    rows = [
        {
            "order": call.order,
            "customer_name": call.customer_name,
            "delivered_on": call.delivered_on.isoformat(),
            "due_on": call.due_on.isoformat(),
            "last": call.last,
            "overdue_days": max(0, (today - call.due_on).days),
        }
        for call in found
    ]
    show.rows(asked, _OWED, rows, empty=_("nobody is to be called"))


@app.command(
    "list",
    help=_("List the calls that were made, the newest first."),
    epilog=examples("kac callback list --result complaint", "kac callback list --json"),
)
@reading
def list_(
    asked: Reading,
    order: Annotated[str, typer.Option("--order", metavar="ORDER", help=_("of this order"))] = "",
    result: Annotated[
        Any, choice_option("--result", of=tuple(RESULTS), help=_("that ended so"))
    ] = "",
) -> None:
    """List calls."""
    from kac.desk.callbacks import queries
    from kac.desk.orders import queries as orders

    with reading_ledger() as reader:
        of = orders.find(reader, order, speaker(reader))["number"] if order else ""
        rows = queries.listing(reader, of, result or "")
    show.rows(asked, _LIST, rows, empty=_("no call"))
