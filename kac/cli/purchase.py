"""Purchases at the counter: ask for goods, follow up, write down answers, see what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    day_option,
    examples,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.cli.states import state_option
from kac.cli.stockview import At, goods, location
from kac.core.errors import UsageError
from kac.core.i18n import N_, _
from kac.desk.purchases.states import LABELS, URGENCIES

if TYPE_CHECKING:
    from kac.db.reader import Reader, Row
    from kac.db.work import Outcome, Work

app = Noun(help=_("Purchases: ask for goods, follow up, answer, receive"))

Request = Annotated[str, typer.Argument(metavar="REQUEST", help=_("its number"))]
_PUNCTUALITY = {
    "in_time": N_("in time"),
    "late": N_("late"),
    "to_come": N_("to come"),
    "overdue": N_("overdue"),
}
_VERDICTS = {"yes": N_("delivers"), "no": N_("cannot deliver")}
_LIST = [
    Column("number", _("request"), "code"),
    Column("due_at", _("due"), "moment"),
    Column("punctuality", _("punctuality"), "state", words=_PUNCTUALITY),
    Column("urgency", _("urgency"), "state", words=URGENCIES),
    Column("state", _("state"), "state", words=LABELS),
    Column("order_number", _("for order"), "code", priority=6),
    Column("supplier", _("supplier"), priority=5),
    Column("arrives_on", _("promised for"), "day", priority=5),
    Column("answered_by", _("answered by"), priority=4),
    Column("tracked", _("followed up"), "count", priority=4),
    Column("location", _("location"), "code", priority=2),
]
_MORE = [
    Column("direct", _("brought by the supplier"), "flag"),
    Column("reason", _("reason")),
    Column("opinion", _("floor supervisor's opinion")),
    Column("prepared_by", _("made by"), "code"),
]
_LINES = [
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
    Column("quantity", _("wanted"), "quantity"),
    Column("came", _("came"), "quantity"),
    Column("unit", _("unit"), "code"),
    Column("stock_here", _("stock here then"), "quantity", priority=3),
    Column("stock_in_all", _("stock in all then"), "quantity", priority=2),
    Column("sold", _("sold before"), "quantity", priority=1),
]
_TRACKS = [
    Column("at", _("when"), "moment"),
    Column("role", _("role"), "code"),
    Column("staff", _("who"), "code"),
    Column("says", _("what was found"), priority=9),
]
_ANSWERS = [
    Column("on_day", _("on"), "day"),
    Column("verdict", _("answer"), "state", words=_VERDICTS),
    Column("arrives_on", _("arrives on"), "day"),
    Column("answered_by", _("answered by")),
    Column("says", _("says"), priority=9),
]


@app.command(
    "new",
    help=_("Ask purchasing for goods: for an order, or for the shelf."),
    epilog=examples(
        "kac purchase new P0001:60 --supplier 美的经销部 --reason 库存不足",
        "kac purchase new P0001:60 --order DD20261120-0003 --urgency rush --direct",
    ),
)
@writing
def new(
    asked: Writing,
    wanted: Annotated[
        list[str], typer.Argument(metavar="CODE:QTY…", help=_("goods with their quantities"))
    ],
    order: Annotated[
        str, typer.Option("--order", metavar="ORDER", help=_("whose goods they are"))
    ] = "",
    urgency: Annotated[
        Any,
        choice_option(
            "--urgency", of=tuple(URGENCIES), help=_("the order's day decides where none is named")
        ),
    ] = "",
    supplier: Annotated[
        str, typer.Option("--supplier", metavar="NAME", help=_("who is to bring them"))
    ] = "",
    direct: Annotated[
        bool, typer.Option("--direct", help=_("the supplier brings them itself: all follow up"))
    ] = False,
    opinion: Annotated[
        str, typer.Option("--opinion", metavar="TEXT", help=_("the floor supervisor's opinion"))
    ] = "",
    at: At = "",
    reason: REASON = "",
) -> None:
    """Ask for goods."""
    typed = {"wanted": wanted, "order": order, "urgency": urgency or "", "supplier": supplier}
    typed |= {"direct": direct, "opinion": opinion, "at": at, "reason": reason}

    def act(work: Work) -> Outcome:
        from kac.desk.purchases import actions

        wish = actions.Wish(
            location=location(work.reader, at),
            goods=goods(work.reader, wanted),
            order=order,
            urgency=urgency or "",
            supplier=supplier,
            direct=direct,
            reason=reason,
            opinion=opinion,
        )
        return actions.ask(work, wish)

    write(asked, "purchase new", act, typed)


@app.command(
    "track",
    help=_("Write down that you followed a request up, and what came of it."),
    epilog=examples("kac purchase track CG20261120-0001 --says 已催,厂家明日发车"),
)
@writing
def track(
    asked: Writing,
    request: Request,
    says: Annotated[str, typer.Option("--says", metavar="TEXT", help=_("what was found"))] = "",
) -> None:
    """Follow up."""
    found = needed(says, "--says", _("What was found?"))

    def act(work: Work) -> Outcome:
        from kac.desk.purchases import actions

        return actions.track(work, request, found)

    write(asked, "purchase track", act, {"request": request, "says": found})


@app.command(
    "answer",
    help=_("Write down the supplier's definite answer: a day, or that nothing comes."),
    epilog=examples(
        "kac purchase answer CG20261120-0001 --arrives +2d --by 美的王经理",
        "kac purchase answer CG20261120-0001 --declined --by 美的王经理 --says 停产",
    ),
)
@writing
def answer(
    asked: Writing,
    request: Request,
    arrives: Annotated[Any, day_option("--arrives", help=_("day on which the goods come"))] = None,
    declined: Annotated[
        bool, typer.Option("--declined", help=_("the supplier cannot deliver"))
    ] = False,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=_("who answered"))] = "",
    says: Annotated[str, typer.Option("--says", metavar="TEXT", help=_("in which words"))] = "",
) -> None:
    """Write an answer down."""
    if declined and arrives:
        raise UsageError(_("the supplier delivers by a day, or cannot deliver: not both"))
    day = None if declined else needed(arrives, "--arrives", _("On which day do they come?"))
    name = needed(by, "--by", _("Who answered?"))

    def act(work: Work) -> Outcome:
        from kac.desk.purchases import actions

        return actions.answer(work, request, actions.Answer(name, day, says))

    typed = {"request": request, "arrives": day, "declined": declined, "by": name, "says": says}
    write(asked, "purchase answer", act, typed)


@app.command(
    "drop",
    help=_("Say that the rest of a request is not needed any more."),
    epilog=examples("kac purchase drop CG20261120-0001 --reason 客户取消"),
)
@writing
def drop(asked: Writing, request: Request, reason: REASON = "") -> None:
    """Drop a request."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.purchases import actions

        return actions.drop(work, request, why)

    write(asked, "purchase drop", act, {"request": request, "reason": why})


@app.command(
    "list",
    help=_("List requests, the one due first at the head."),
    epilog=examples("kac purchase list", "kac cg list --order DD20261120-0003 --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
    order: Annotated[str, typer.Option("--order", metavar="ORDER", help=_("for this order"))] = "",
) -> None:
    """List requests."""
    from kac.desk.orders import queries as orders
    from kac.desk.purchases import queries

    with reading_ledger() as reader:
        known = orders.find(reader, order, speaker(reader))["id"] if order else 0
        found = [_told(reader, row) for row in queries.listing(reader, state or "", known)]
    show.rows(asked, _LIST, found, empty=_("nothing has been asked of purchasing"))


@app.command(
    "show",
    help=_("Show a request: what came, who followed it up, what the supplier said."),
    epilog=examples("kac purchase show CG20261120-0001", "kac purchase show @ --json"),
)
@reading
def show_(asked: Reading, request: Request) -> None:
    """Show a request."""
    from kac.desk.purchases import queries

    with reading_ledger() as reader:
        row = queries.find(reader, request, speaker(reader))
        told = _told(reader, row)
        parts = [
            Part("lines", _("goods"), _LINES, queries.lines(reader, row["id"])),
            Part("tracks", _("followed up"), _TRACKS, queries.tracks(reader, row["id"])),
            Part("answers", _("answers"), _ANSWERS, queries.answers(reader, row["id"])),
        ]
    show.record(asked, [*_LIST, *_MORE], told, parts)


def _told(reader: Reader, row: Row) -> dict[str, Any]:
    from kac.desk.purchases import queries

    now = setting.current().now
    return {**dict(row), "punctuality": queries.punctuality(reader, row, now)}
