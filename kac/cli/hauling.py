"""Vehicles at the counter: booked, reminded of, followed; who loads, unloads; delivery notes."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
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
from kac.cli.papers import Wanted
from kac.cli.show import Column
from kac.core.i18n import _
from kac.desk.vehicles.states import LABELS

if TYPE_CHECKING:
    from kac.db.reader import Row
    from kac.db.work import Outcome, Work

app = Noun()
Slip = Annotated[str, typer.Argument(metavar="SLIP", help=_("its number, that of its order, or @"))]
Order = Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))]
_BOOKED = [
    Column("for_day", _("delivery"), "day"),
    Column("order_number", _("order"), "code"),
    Column("customer_name", _("customer"), priority=5),
    Column("state", _("state"), "state", words=LABELS),
    Column("told", _("booked with"), priority=4),
    Column("vehicle", _("vehicle"), "code", priority=4),
    Column("address", _("goes to"), priority=3),
    Column("on_day", _("booked on"), "day", priority=2),
    Column("reminded_on", _("reminded on"), "day", priority=2),
    Column("followed_on", _("followed on"), "day", priority=2),
]


@app.command(
    "book",
    help=_("Book a vehicle with the distribution centre for an order."),
    epilog=examples(
        "kac dispatch book DD20261120-0003 --with 配送刘调度",
        "kac dispatch book DD20261120-0003 --with 配送刘调度 --for +3d --truck 4.2米厢车",
    ),
)
@writing
def book(
    asked: Writing,
    order: Order,
    told: Annotated[
        str, typer.Option("--with", metavar="NAME", help=_("who of the centre was told"))
    ] = "",
    for_day: Annotated[Any, day_option("--for", help=_("the day of the delivery"))] = None,
    truck: Annotated[str, typer.Option("--truck", metavar="PLATE", help=_("the vehicle"))] = "",
) -> None:
    """Book a vehicle."""
    name = needed(told, "--with", _("Who of the centre was told?"))

    def act(work: Work) -> Outcome:
        from kac.desk.vehicles import actions

        return actions.book(work, order, name, for_day, truck)

    write(asked, "dispatch book", act, {"order": order, "with": name, "for": for_day, "t": truck})


@app.command(
    "remind",
    help=_("Note that the centre was reminded of a delivery, a day before it."),
    epilog=examples("kac dispatch remind DD20261120-0003"),
)
@writing
def remind(
    asked: Writing,
    order: Order,
    says: Annotated[str, typer.Option("--says", metavar="TEXT", help=_("what was said"))] = "",
) -> None:
    """Remind the centre."""

    def act(work: Work) -> Outcome:
        from kac.desk.vehicles import actions

        return actions.remind(work, order, says)

    write(asked, "dispatch remind", act, {"order": order, "says": says})


@app.command(
    "follow",
    help=_("Note how a delivery goes on its day."),
    epilog=examples("kac dispatch follow DD20261120-0003 --says 10点到客户处"),
)
@writing
def follow(
    asked: Writing,
    order: Order,
    says: Annotated[str, typer.Option("--says", metavar="TEXT", help=_("what was found"))] = "",
) -> None:
    """Follow a delivery."""
    found = needed(says, "--says", _("What was found?"))

    def act(work: Work) -> Outcome:
        from kac.desk.vehicles import actions

        return actions.follow(work, order, found)

    write(asked, "dispatch follow", act, {"order": order, "says": found})


@app.command(
    "bookings",
    help=_("List the vehicles that are booked, the next delivery first."),
    epilog=examples("kac dispatch bookings", "kac dispatch bookings --for tomorrow --json"),
)
@reading
def bookings(
    asked: Reading,
    for_day: Annotated[Any, day_option("--for", help=_("of this day only"))] = None,
) -> None:
    """List bookings."""
    from kac.desk.vehicles import queries, rules

    with reading_ledger() as reader:
        found = queries.listing(reader, for_day.isoformat() if for_day else "")
    rows = [{**dict(row), "state": rules.state(queries.facts(row))} for row in found]
    show.rows(asked, _BOOKED, rows, empty=_("no vehicle is booked"))


@app.command(
    "loaders",
    help=_("Name who loads the goods of a slip."),
    epilog=examples("kac dispatch loaders @ 赵强 孙丽"),
)
@writing
def loaders(
    asked: Writing,
    slip: Slip,
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help=_("who loads"))],
) -> None:
    """Name the loaders."""

    def act(work: Work) -> Outcome:
        from kac.desk.vehicles import actions

        return actions.loaders(work, _meant(work, slip), names)

    write(asked, "dispatch loaders", act, {"slip": slip, "names": names})


@app.command(
    "unloaded",
    help=_("Name who unloaded together: of the centre, of the desk, of the customer."),
    epilog=examples("kac dispatch unloaded @ --center 张师傅 --clerk 王敏 --customer 李主任"),
)
@writing
def unloaded(
    asked: Writing,
    slip: Slip,
    center: Annotated[
        str, typer.Option("--center", metavar="NAME", help=_("of the distribution centre"))
    ] = "",
    clerk: Annotated[str, typer.Option("--clerk", metavar="NAME", help=_("of the desk"))] = "",
    customer: Annotated[
        str, typer.Option("--customer", metavar="NAME", help=_("of the customer"))
    ] = "",
) -> None:
    """Name the hands."""
    by = {"center": center, "clerk": clerk, "customer": customer}

    def act(work: Work) -> Outcome:
        from kac.desk.vehicles import actions

        return actions.unloaded(work, _meant(work, slip), by)

    write(asked, "dispatch unloaded", act, {"slip": slip, **by})


def note(
    asked: Writing,
    slip: str,
    title: str,
    without_prices: bool,
    remark: str,
    reprint: str,
    **how: Any,
) -> None:
    """Make the delivery note of a slip."""
    heading = title or "delivery"

    def act(work: Work) -> Outcome:
        from kac.desk.dispatch import notes
        from kac.desk.dispatch.rules import Wish

        wish = Wish(heading, not without_prices, remark)
        return notes.note(work, slip, wish, reprint)

    typed = {"slip": slip, "title": heading, "prices": not without_prices, "remark": remark}
    papers.printed(
        asked, "dispatch note", act, {**typed, "reprint": reprint}, Wanted(**how), "delivery_note"
    )


def _given(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=default, annotation=annotation)


papers.signed(
    note,
    [
        _given("slip", Slip),
        _given(
            "title",
            Annotated[
                Any,
                choice_option("--title", of=("delivery", "quotation"), help=_("what it is called")),
            ],
            "",
        ),
        _given(
            "without_prices",
            Annotated[bool, typer.Option("--no-prices", help=_("without prices"))],
            False,
        ),
        _given(
            "remark",
            Annotated[
                str, typer.Option("--remark", metavar="TEXT", help=_("what it says besides"))
            ],
            "",
        ),
        *papers.options(copies=False),
    ],
)
app.command(
    "note",
    help=_("Make the delivery note of a slip as its customer wants it."),
    epilog=examples(
        "kac dispatch note @", "kac dispatch note @ --title quotation --no-prices -o note.html"
    ),
)(writing(note))


def _meant(work: Work, slip: str) -> Row:
    from kac.desk.dispatch import queries

    found: Row = queries.find(work.reader, slip, work.speaker)
    return found
