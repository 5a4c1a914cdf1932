"""Goods that are spoken for: kept back for a customer, promised to an order, promised to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.lines import split_line
from kac.cli.moneyview import REASON
from kac.cli.options import (
    Reading,
    Writing,
    day_option,
    examples,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column
from kac.cli.states import state_option
from kac.cli.stockview import At, goods, location
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.desk.promises.states import LABELS

if TYPE_CHECKING:
    from datetime import date

    from kac.db.reader import Reader, Row
    from kac.db.work import Outcome, Work

app = Noun(help=_("Goods that are spoken for"))

_HOLDS = [
    Column("number", _("hold"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=8),
    Column("kept", _("kept by holds"), "quantity"),
    Column("unit", _("unit"), "code"),
    Column("location", _("location"), "code"),
    Column("until", _("until"), "day"),
    Column("taken", _("taken by orders"), "quantity", priority=3),
    Column("reason", _("reason"), priority=4),
]
_PROMISES = [
    Column("number", _("promise"), "code"),
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
    Column("quantity", _("promised"), "quantity"),
    Column("came", _("came"), "quantity"),
    Column("unit", _("unit"), "code"),
    Column("location", _("location"), "code"),
    Column("arrives_on", _("arrives by"), "day"),
    Column("state", _("state"), "state", words=LABELS),
    Column("signed_by", _("signed by"), priority=6),
    Column("signed_on", _("signed on"), "day", priority=5),
    Column("order_number", _("for order"), "code", priority=3),
    Column("replaced_by", _("replaced by"), "code", priority=2),
]


@app.command(
    "reserve",
    help=_("Keep goods back for a customer until a day, or promise an order its goods again."),
    epilog=examples(
        "kac stock reserve P0001:20 -c KH0001 --until +7d --reason 客户口头预订",
        "kac stock reserve DD20261120-0003",
    ),
)
@writing
def reserve(
    asked: Writing,
    what: Annotated[
        list[str], typer.Argument(metavar="ORDER|CODE:QTY…", help=_("an order, or goods"))
    ],
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("for whom"))
    ] = "",
    until: Annotated[Any, day_option("--until", help=_("the last day"))] = None,
    at: At = "",
    reason: REASON = "",
) -> None:
    """Reserve goods."""
    typed = {"what": what, "customer": customer, "until": until, "at": at, "reason": reason}
    if _is_order(what):
        write(asked, "stock reserve", lambda work: _renewed(work, what[0]), typed)
        return
    who = needed(customer, "--customer", _("For which customer?"))
    last = needed(until, "--until", _("Until which day?"))
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.customers.queries import find
        from kac.desk.stock import holds

        reader = work.reader
        known = find(reader, who)["id"]
        wish = holds.Wish(known, location(reader, at), last, why, goods(reader, what))
        return holds.keep(work, wish)

    typed |= {"customer": who, "until": last, "reason": why}
    write(asked, "stock reserve", act, typed)


def _is_order(words: list[str]) -> bool:
    return len(words) == 1 and ":" not in words[0]


def _renewed(work: Work, order: str) -> Outcome:
    from kac.desk.reservations import actions

    return actions.renew(work, order)


@app.command(
    "release",
    help=_("Let goods go that are kept back, or promised to an order that no money came for."),
    epilog=examples(
        "kac stock release YL20261120-0001 --reason 客户放弃",
        "kac stock release DD20261120-0003 --reason 客户迟迟未付定金",
    ),
)
@writing
def release(
    asked: Writing,
    what: Annotated[str, typer.Argument(metavar="HOLD|ORDER", help=_("its number"))],
    reason: REASON = "",
) -> None:
    """Release goods."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.reservations import actions
        from kac.desk.stock import holds

        if what.strip().upper().startswith("YL"):
            return holds.release(work, what, why)
        return actions.let_go(work, what, why)

    write(asked, "stock release", act, {"what": what, "reason": why})


@app.command(
    "expire",
    help=_("Let go what is kept beyond its day, or promised too long without any money."),
    epilog=examples("kac stock expire"),
)
@writing
def expire(asked: Writing) -> None:
    """Let reservations lapse."""

    def act(work: Work) -> Outcome:
        from kac.desk.reservations import actions

        return actions.expire(work)

    write(asked, "stock expire", act, {})


@app.command(
    "holds",
    help=_("List goods that are kept back for customers."),
    epilog=examples("kac stock holds", "kac stock holds -c KH0001 --json"),
)
@reading
def holds_(
    asked: Reading,
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("for whom"))
    ] = "",
) -> None:
    """List holds."""
    from kac.desk.customers.queries import find
    from kac.desk.stock import queries

    with reading_ledger() as reader:
        known = find(reader, customer)["id"] if customer else 0
        found = queries.holds(reader, known)
    show.rows(asked, _HOLDS, found, empty=_("nothing is kept back"))


@app.command(
    "promise",
    help=_("Sign for so much of a product by a day; it is measured by what comes."),
    epilog=examples(
        "kac stock promise P0001:50 --by +3d --signed-by 李采购 --signed-on today",
        "kac stock promise P0001:50 --by +5d --signed-by 李采购 --signed-on today --at S01",
    ),
)
@writing
def promise(
    asked: Writing,
    what: Annotated[str, typer.Argument(metavar="CODE:QTY", help=_("what will be there"))],
    by: Annotated[Any, day_option("--by", help=_("on this day at the latest"))] = None,
    signed_by: Annotated[
        str, typer.Option("--signed-by", metavar="NAME", help=_("who answers for it"))
    ] = "",
    signed_on: Annotated[Any, day_option("--signed-on", help=_("when it was signed"))] = None,
    order: Annotated[str, typer.Option("--order", metavar="ORDER", help=_("what it is for"))] = "",
    instead: Annotated[
        str, typer.Option("--instead", metavar="PROMISE", help=_("an earlier one it replaces"))
    ] = "",
    at: At = "",
) -> None:
    """Promise an arrival."""
    last: date = needed(by, "--by", _("By which day?"))
    typed = {"what": what, "by": last, "signed_by": signed_by, "signed_on": signed_on}
    typed |= {"order": order, "instead": instead, "at": at}

    def act(work: Work) -> Outcome:
        from kac.desk.promises import actions

        ((product, quantity),) = goods(work.reader, [what]).items()
        place = location(work.reader, at)
        wish = actions.Wish(
            product,
            place,
            quantity,
            last,
            signed_by,
            signed_on,
            order=order,
            replaces=instead,
            note=asked.note,
        )
        return actions.promise(work, wish)

    write(asked, "stock promise", act, typed)


@app.command(
    "eta",
    help=_("What is promised to come, and which promises were kept."),
    epilog=examples("kac stock eta P0001", "kac stock eta --state broken --json"),
)
@reading
def eta(
    asked: Reading,
    words: Annotated[
        list[str], typer.Argument(metavar="[CODE…]", help=_("of these products"))
    ] = [],  # noqa: B006
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
) -> None:
    """List promised arrivals."""
    from kac.desk.promises import queries

    with reading_ledger() as reader:
        codes = [_found(reader, word)["code"] for word in words]
        found = queries.measured(reader, setting.today(), codes, state or "")
    show.rows(asked, _PROMISES, found, empty=_("no arrival is promised"))


def _found(reader: Reader, word: str) -> Row:
    from kac.desk.catalogue.queries import find

    code, quantity, _price = split_line(word)
    if quantity:
        raise UsageError(_("name the product alone, without a quantity"))
    return find(reader, code)
