"""Products at the counter: find them and their prices."""

from __future__ import annotations

from typing import Annotated

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger
from kac.cli.lazy import Noun
from kac.cli.noneyet import none_of
from kac.cli.onlooker import sees_costs
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column, Part
from kac.core.i18n import _
from kac.desk.prices.states import LABELS

app = Noun(help=_("Products: codes, prices, units"))

_LIST = [
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
    Column("spec", _("spec"), priority=3),
    Column("unit", _("unit"), "code"),
    Column("list_price", _("list price"), "money"),
    Column("category", _("category"), priority=2),
    Column("fresh", _("fresh"), "flag"),
    Column("barcode", _("barcode"), "code", priority=4),
]
_COST = Column("cost", _("cost"), "money")
_STOCK = [
    Column("location", _("location"), "code"),
    Column("on_hand", _("on hand"), "quantity"),
    Column("display", _("samples"), "quantity"),
    Column("reserved", _("reserved"), "quantity"),
    Column("available", _("available"), "quantity"),
]
_WAITING = [
    Column("number", _("price sheet"), "code"),
    Column("list_price", _("list price"), "money"),
    Column("state", _("state"), "state", words=LABELS),
]


@app.command(
    "list",
    help=_("List products by name, mnemonic, code, barcode or category."),
    epilog=examples("kac product list 米", "kac p list --category 生鲜 --csv"),
)
@reading
def list_(
    asked: Reading,
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help=_("part of a name"))] = "",
    category: Annotated[
        str, typer.Option("--category", metavar="TEXT", help=_("of this category"))
    ] = "",
) -> None:
    """List products."""
    from kac.desk.catalogue import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, words, category)
        empty = none_of(reader, "product", found, _("no such product"))
        costs = sees_costs(reader)
    columns = [*_LIST[:5], _COST, *_LIST[5:]] if costs else _LIST
    rows = [
        {**dict(row), "list_price": row["list_price_fen"], "cost": row["cost_fen"]} for row in found
    ]
    show.rows(asked, columns, rows, empty=empty)


@app.command(
    "show",
    help=_("Show one product with its prices and where it is in stock."),
    epilog=examples("kac product show P0001", "kac p show 6992794817879"),
)
@reading
def show_(
    asked: Reading,
    product: Annotated[
        str, typer.Argument(metavar="PRODUCT", help=_("code, barcode, mnemonic or name"))
    ],
) -> None:
    """Show a product."""
    from kac.cli.price import priced
    from kac.desk.catalogue import queries
    from kac.desk.prices import queries as prices
    from kac.desk.stock import queries as stock

    with reading_ledger() as reader:
        row = queries.find(reader, product)
        places = stock.of_product(reader, row["id"])
        waits = prices.waiting_for(reader, row["id"])
        costs = sees_costs(reader)
    columns = [*_LIST, *([_COST] if costs else []), Column("mnemonic", _("mnemonic"))]
    shown = {**dict(row), "list_price": row["list_price_fen"], "cost": row["cost_fen"]}
    proposed = [*_WAITING[:1], *([_COST] if costs else []), *_WAITING[1:]]
    show.record(
        asked,
        columns,
        shown,
        [
            Part("proposed", _("price that waits"), proposed, [priced(waits)] if waits else []),
            Part("stock", _("stock"), _STOCK, places),
        ],
    )
