"""Prices at the counter: propose others for goods on file, confirm or reject them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import discountview, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.onlooker import sees_costs, speaker
from kac.cli.options import (
    Reading,
    Writing,
    examples,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.discounts.rules import RELATIONS
from kac.desk.prices.states import LABELS

if TYPE_CHECKING:
    from kac.db.reader import Row
    from kac.db.work import Outcome, Work

app = Noun(help=_("Prices: propose others, confirm or reject them"))

Sheet = Annotated[
    str, typer.Argument(metavar="SHEET", help=_("its number, or that of the import it came with"))
]
Products = Annotated[
    list[str],
    typer.Option("--product", metavar="PRODUCT", help=_("only this product; repeatable")),
]
_LIST = [
    Column("number", _("price sheet"), "code"),
    Column("on_day", _("proposed on"), "day"),
    Column("prices", _("prices"), "count"),
    Column("waiting", _("waiting"), "count"),
    Column("state", _("state"), "state", words=LABELS),
    Column("proposed_by", _("proposed by"), "code"),
    Column("source", _("import"), "code", priority=3),
    Column("reason", _("reason"), priority=4),
]
_LINES = [
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
    Column("old_list_price", _("list price now"), "money"),
    Column("list_price", _("list price"), "money"),
    Column("state", _("state"), "state", words=LABELS),
    Column("decided_by", _("decision by"), "code", priority=4),
    Column("decided_on", _("decided on"), "day", priority=2),
    Column("decision", _("why"), priority=3),
]
_COSTS = [Column("old_cost", _("cost now"), "money"), Column("cost", _("cost"), "money")]
_TABLE = [
    Column("id", _("row"), "code"),
    Column("highest", _("discount at most"), "rate"),
    Column("categories", _("categories")),
    Column("relations", _("relation"), words=RELATIONS),
    Column("from_amount", _("amount from"), "money"),
    Column("to_amount", _("amount below"), "money"),
    Column("from_margin", _("margin from"), "rate"),
    Column("to_margin", _("margin below"), "rate"),
    Column("from_units", _("units from"), "count"),
    Column("to_units", _("units below"), "count"),
]
_GIVEN = [
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
    Column("quantity", _("quantity"), "quantity"),
    Column("list_price", _("list price"), "money"),
    Column("row", _("row"), "code"),
    Column("highest", _("discount at most"), "rate"),
    Column("lowest", _("lowest price"), "money"),
]


@app.command(
    "discounts",
    help=_("Show the table of discounts; with goods, what it gives them and to whom."),
    epilog=examples("kac price discounts", "kac price discounts P0006:60 -c KH0001"),
)
@reading
def discounts(
    asked: Reading,
    goods: Annotated[
        list[str], typer.Argument(metavar="[CODE:QTY…]", help=_("goods with their quantities"))
    ] = [],  # noqa: B006
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("for this customer"))
    ] = "",
) -> None:
    """Show the table of discounts."""
    from kac.cli.setting import today
    from kac.db import policybook
    from kac.desk.discounts.policy import DiscountPolicy

    with reading_ledger() as reader:
        policy = policybook.in_force(reader, policybook.DESK, today())
        rows = policy.section("discounts", DiscountPolicy).rows()
        given = discountview.given(reader, goods, customer, rows)
    if goods:
        show.rows(asked, _GIVEN, given)
        return
    empty = _("there is no table of discounts: signatures alone limit them")
    show.rows(asked, _TABLE, [discountview.told(row) for row in rows], empty=empty)


@app.command(
    "propose",
    help=_("Propose another cost or list price; it waits for a second person."),
    epilog=examples("kac price propose P0006 --cost 175 --list-price 205 --reason 供应商调价"),
)
@writing
def propose(
    asked: Writing,
    product: Annotated[
        str, typer.Argument(metavar="PRODUCT", help=_("code, barcode, mnemonic or name"))
    ],
    cost: Annotated[Any, money_option("--cost", help=_("what a selling unit costs"))] = None,
    list_price: Annotated[
        Any, money_option("--list-price", help=_("what a selling unit lists for"))
    ] = None,
    reason: REASON = "",
) -> None:
    """Propose a price."""
    if cost is None and list_price is None:
        cost = needed(None, "--cost", _("Which cost? (or give --list-price)"))
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.prices import actions

        return actions.propose(work, product, cost, list_price, why)

    typed = {"product": product, "cost": cost, "list_price": list_price, "reason": why}
    write(asked, "price propose", act, typed)


@app.command(
    "confirm",
    help=_("Let proposed prices take effect from today on; never your own."),
    epilog=examples(
        "kac price confirm TJ20261120-0001", "kac price confirm TJ20261120-0001 --product P0006"
    ),
)
@writing
def confirm(asked: Writing, sheet: Sheet, product: Products = []) -> None:  # noqa: B006
    """Confirm prices."""

    def act(work: Work) -> Outcome:
        from kac.desk.prices import actions

        return actions.confirm(work, sheet, product)

    write(asked, "price confirm", act, {"sheet": sheet, "products": product}, step_up=True)


@app.command(
    "reject",
    help=_("Refuse proposed prices; who proposed them takes them back so."),
    epilog=examples("kac price reject TJ20261120-0001 --reason 进价有误"),
)
@writing
def reject(
    asked: Writing,
    sheet: Sheet,
    reason: REASON = "",
    product: Products = [],  # noqa: B006
) -> None:
    """Reject prices."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.prices import actions

        return actions.reject(work, sheet, why, product)

    write(asked, "price reject", act, {"sheet": sheet, "reason": why, "products": product})


@app.command(
    "list",
    help=_("List price sheets that wait for a second person."),
    epilog=examples("kac price list", "kac price list --state all --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, "all", help=_("in this state"))] = "waiting",
) -> None:
    """List price sheets."""
    from kac.desk.prices import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, "" if state == "all" else state or "waiting")
    show.rows(asked, _LIST, found, empty=_("no price waits"))


@app.command(
    "show",
    help=_("Show a price sheet: each price as it is, as it would be, what became of it."),
    epilog=examples("kac price show TJ20261120-0001", "kac price show TJ20261120-0001 --json"),
)
@reading
def show_(asked: Reading, sheet: Sheet) -> None:
    """Show a price sheet."""
    from kac.desk.prices import queries

    with reading_ledger() as reader:
        row = queries.find(reader, sheet, speaker(reader))
        lines = queries.lines(reader, row["id"])
        costs = sees_costs(reader)
    columns = [*_LINES[:2], *(_COSTS if costs else []), *_LINES[2:]]
    rows = [priced(line) for line in lines]
    show.record(asked, _LIST, row, [Part("lines", _("prices"), columns, rows)])


def priced(line: Row) -> dict[str, Any]:
    """A proposed price with its amounts under the names of columns."""
    amounts = ("old_cost", "cost", "old_list_price", "list_price")
    return {**dict(line), **{name: line[f"{name}_fen"] for name in amounts}}
