"""Goods that move beside orders: received, adjusted by two persons, sent to another location."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.lines import split_line
from kac.cli.moneyview import REASON
from kac.cli.onlooker import sees_costs
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
from kac.desk.adjustments.states import LABELS as ADJUSTED
from kac.desk.transfers.states import LABELS as MOVED

if TYPE_CHECKING:
    from kac.db.reader import Reader
    from kac.db.work import Outcome, Work
    from kac.desk.adjustments.actions import Difference

app = Noun(help=_("Goods received, adjusted, sent"))

Goods = Annotated[
    list[str], typer.Argument(metavar="CODE:QTY…", help=_("goods with their quantities"))
]
Adjustment = Annotated[str, typer.Argument(metavar="ADJUSTMENT", help=_("its number"))]
_SUPPLIER = typer.Option("--supplier", metavar="NAME", help=_("who brought them"))
_NOTE = typer.Option("--ref", metavar="NUMBER", help=_("the delivery note's number"))
_THERE = typer.Option("--to", metavar="LOCATION", help=_("where the goods go"))
_HERE = typer.Option("--from", metavar="LOCATION", help=_("where they leave"))
_GOT = typer.Option("--got", metavar="CODE:QTY", help=_("what came, where not all of it did"))
_PRODUCTS = [
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
    Column("quantity", _("quantity"), "quantity"),
    Column("unit", _("unit"), "code"),
]
_ADJUSTMENTS = [
    Column("number", _("adjustment"), "code"),
    Column("on_day", _("on"), "day"),
    *_PRODUCTS,
    Column("location", _("location"), "code"),
    Column("state", _("state"), "state", words=ADJUSTED),
    Column("reason", _("reason"), priority=4),
    Column("proposed_by", _("proposed by"), "code", priority=3),
    Column("decided_by", _("decision by"), "code", priority=2),
]
_TRANSFERS = [
    Column("number", _("goods transfer"), "code"),
    Column("on_day", _("sent on"), "day"),
    *_PRODUCTS,
    Column("from_location", _("from location"), "code"),
    Column("to_location", _("to location"), "code"),
    Column("state", _("state"), "state", words=MOVED),
    Column("came", _("came"), "quantity"),
]
_RECEIPTS = [
    Column("number", _("receipt"), "code"),
    Column("on_day", _("on"), "day"),
    *_PRODUCTS,
    Column("location", _("location"), "code"),
    Column("supplier", _("supplier"), priority=5),
    Column("reference", _("delivery note"), "code", priority=4),
    Column("received_by", _("received by"), "code", priority=2),
]
_WORTH = Column("value", _("goods worth"), "money")


@app.command(
    "in",
    help=_("Book goods from a supplier; promised arrivals are measured by them."),
    epilog=examples(
        "kac stock in P0001:50 --supplier 美的经销部 --ref SH-8801",
        "kac stock in P0001:50@215 P0003:20 --supplier 美的经销部 --ref SH-8802",
        "kac stock in --purchase CG20261120-0001 --supplier 美的经销部 --ref SH-8803",
    ),
)
@writing
def in_(
    asked: Writing,
    received: Annotated[
        list[str],
        typer.Argument(metavar="CODE:QTY[@COST]…", help=_("what came, with its cost if new")),
    ] = [],  # noqa: B006
    purchase: Annotated[
        str, typer.Option("--purchase", metavar="REQUEST", help=_("what they were asked for with"))
    ] = "",
    supplier: Annotated[str, _SUPPLIER] = "",
    reference: Annotated[str, _NOTE] = "",
    at: At = "",
) -> None:
    """Receive goods."""
    if not purchase:
        needed(" ".join(received), "CODE:QTY", _("What came? CODE:QTY …"))
    who = supplier if purchase else needed(supplier, "--supplier", _("Who brought them?"))
    paper = needed(reference, "--ref", _("Which number has the delivery note?"))

    def act(work: Work) -> Outcome:
        from kac.desk.receipts import actions

        wish = actions.Wish(location(work.reader, at), who, paper, _costed(work.reader, received))
        if purchase:
            from kac.desk.purchases import actions as purchases

            return purchases.receive(work, purchase, wish)
        return actions.receive(work, wish)

    typed = {"received": received, "supplier": who, "reference": paper, "at": at}
    typed |= {"purchase": purchase}
    write(asked, "stock in", act, typed)


def _costed(reader: Reader, words: list[str]) -> dict[int, tuple[int, int | None]]:
    """{product id: (base units, cost in fen)}; one product stands once on a delivery note."""
    from kac.core.money import parse_money
    from kac.desk.catalogue.queries import find

    found: dict[int, tuple[int, int | None]] = {}
    for word in words:
        code, _quantity, cost = split_line(word)
        key = find(reader, code)["id"]
        if key in found:
            raise UsageError(_("{code} is named twice").format(code=code))
        quantity = goods(reader, [word.partition("@")[0]])[key]
        found[key] = (quantity, parse_money(cost).fen if cost else None)
    return found


@app.command(
    "adjust",
    help=_("Say that pieces broke, vanished or turned up; a second person books it."),
    epilog=examples(
        "kac stock adjust P0001:-2 --reason 破损", "kac stock adjust P0001:+1 --reason 盘盈"
    ),
)
@writing
def adjust(
    asked: Writing,
    pieces: Annotated[
        str, typer.Argument(metavar="CODE:±QTY", help=_("pieces more, or fewer with a minus"))
    ],
    at: At = "",
    reason: REASON = "",
) -> None:
    """Propose an adjustment."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.adjustments import actions

        return actions.propose(work, _difference(work.reader, pieces, at), why)

    write(asked, "stock adjust", act, {"pieces": pieces, "at": at, "reason": why})


def _difference(reader: Reader, written: str, at: str) -> Difference:
    from kac.desk.adjustments.actions import Difference

    code, quantity, _price = split_line(written)
    sign = -1 if quantity.startswith("-") else 1
    found = goods(reader, [f"{code}:{quantity.lstrip('+-')}"])
    ((product, base),) = found.items()
    return Difference(product, location(reader, at), sign * base)


@app.command(
    "confirm",
    help=_("Book an adjustment that somebody else proposed, and see whom it leaves short."),
    epilog=examples("kac stock confirm TZ20261120-0001"),
)
@writing
def confirm(asked: Writing, adjustment: Adjustment) -> None:
    """Confirm an adjustment."""

    def act(work: Work) -> Outcome:
        from kac.desk.adjustments import actions

        return actions.confirm(work, adjustment)

    write(asked, "stock confirm", act, {"adjustment": adjustment}, step_up=True)


@app.command(
    "reject",
    help=_("Say no to an adjustment: nothing is booked."),
    epilog=examples("kac stock reject TZ20261120-0001 --reason 重新清点无误"),
)
@writing
def reject(asked: Writing, adjustment: Adjustment, reason: REASON = "") -> None:
    """Reject an adjustment."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.adjustments import actions

        return actions.reject(work, adjustment, why)

    write(asked, "stock reject", act, {"adjustment": adjustment, "reason": why})


@app.command(
    "adjustments",
    help=_("List adjustments that wait for a second person."),
    epilog=examples("kac stock adjustments", "kac stock adjustments --state all --json"),
)
@reading
def adjustments(
    asked: Reading,
    state: Annotated[Any, state_option(ADJUSTED, "all", help=_("in this state"))] = "proposed",
) -> None:
    """List adjustments."""
    from kac.desk.adjustments import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, "" if state == "all" else state or "proposed")
    show.rows(asked, _ADJUSTMENTS, found, empty=_("no adjustment waits"))


@app.command(
    "transfer",
    help=_("Send free goods to another location; they are on the road until received there."),
    epilog=examples("kac stock transfer P0001:20 --from DC --to S01 --reason 门店补货"),
)
@writing
def transfer(
    asked: Writing,
    sent: Goods,
    to: Annotated[str, _THERE] = "",
    here: Annotated[str, _HERE] = "",
    reason: REASON = "",
) -> None:
    """Send goods."""
    there = needed(to, "--to", _("Where do they go?"))
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.transfers import actions

        reader = work.reader
        wish = actions.Wish(
            location(reader, here), location(reader, there), why, goods(reader, sent)
        )
        return actions.send(work, wish)

    typed = {"sent": sent, "to": there, "from": here, "reason": why}
    write(asked, "stock transfer", act, typed)


@app.command(
    "arrive",
    help=_("Receive what another person sent; say what came where not all of it did."),
    epilog=examples(
        "kac stock arrive YK20261120-0001",
        "kac stock arrive YK20261120-0001 --got P0001:18 --reason 途中破损",
    ),
)
@writing
def arrive(
    asked: Writing,
    transfer: Annotated[str, typer.Argument(metavar="TRANSFER", help=_("its number"))],
    got: Annotated[list[str], _GOT] = [],  # noqa: B006
    reason: REASON = "",
) -> None:
    """Receive a transfer."""

    def act(work: Work) -> Outcome:
        from kac.desk.transfers import actions

        came = _came(work, transfer, got) if got else None
        return actions.arrive(work, transfer, came, reason)

    write(asked, "stock arrive", act, {"transfer": transfer, "got": got, "reason": reason})


def _came(work: Work, transfer: str, got: list[str]) -> dict[int, int]:
    """What came of every line: as named, all of those that are not named."""
    from kac.cli.stockview import amount
    from kac.desk.catalogue.queries import find
    from kac.desk.transfers import queries

    row = queries.find(work.reader, transfer, work.speaker)
    found = {line.product_id: line.quantity for line in queries.facts(work.reader, row).lines}
    for word in got:
        code, quantity, _price = split_line(word)
        product = find(work.reader, code)
        found[product["id"]] = amount(quantity, product["scale"])
    return found


@app.command(
    "transfers",
    help=_("List goods on the road between locations."),
    epilog=examples("kac stock transfers", "kac stock transfers --state all --json"),
)
@reading
def transfers(
    asked: Reading,
    state: Annotated[Any, state_option(MOVED, "all", help=_("in this state"))] = "moving",
) -> None:
    """List transfers."""
    from kac.desk.transfers import queries

    with reading_ledger() as reader:
        rows = queries.listing(reader, "" if state == "all" else state or "moving")
        found = [line for row in rows for line in queries.lines(reader, row["number"])]
    show.rows(asked, _TRANSFERS, found, empty=_("nothing is on the road"))


@app.command(
    "receipts",
    help=_("List goods received from suppliers."),
    epilog=examples("kac stock receipts", "kac stock receipts --since -7d --json"),
)
@reading
def receipts(
    asked: Reading,
    since: Annotated[Any, day_option("--since", help=_("received on or after"))] = None,
) -> None:
    """List receipts."""
    from kac.desk.receipts import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, since.isoformat() if since else "")
        costs = sees_costs(reader)
    rows = [{**dict(row), "value": row["value_fen"]} for row in found]
    columns = [*_RECEIPTS, *([_WORTH] if costs else [])]
    show.rows(asked, columns, rows, empty=_("nothing has been received yet"))
