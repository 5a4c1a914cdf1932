"""Order tables at the counter: tabulate an order, list a small one, correct, print, show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.lines import noted_lines
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import Reading, Writing, examples, reading, writing
from kac.cli.show import Column, Part
from kac.core.i18n import _
from kac.desk.tabulations.states import KINDS, LABELS

if TYPE_CHECKING:
    from kac.db.reader import Row
    from kac.db.work import Outcome, Work
    from kac.desk.tabulations.actions import Described

app = Noun(help=_("Order tables: tabulate an order, list a small one, correct, print them"))

Table = Annotated[
    str, typer.Argument(metavar="TABLE", help=_("its number, or that of its order or slip"))
]
Brands = Annotated[
    list[str], typer.Option("--brand", metavar="LINE:TEXT", help=_("the brand of a line"))
]
Packagings = Annotated[
    list[str], typer.Option("--pack", metavar="LINE:TEXT", help=_("how a line is packed"))
]
_LIST = [
    Column("number", _("table"), "code"),
    Column("kind", _("kind"), "state", words=KINDS, priority=4),
    Column("order_number", _("order"), "code"),
    Column("slip", _("slip"), "code", priority=2),
    Column("customer_name", _("customer"), priority=7),
    Column("version", _("version"), "count"),
    Column("total", _("total"), "money"),
    Column("state", _("punctuality"), "state", words=LABELS),
    Column("due_at", _("due"), "moment", priority=2),
    Column("at", _("made at"), "moment", priority=2),
]
_SHOWN = [
    *_LIST,
    Column("accepted_at", _("accepted at"), "moment"),
    Column("need_by", _("wanted by"), "day"),
    Column("reason", _("why no table")),
    Column("prepared_by", _("made by"), "code"),
]
_LINES = [
    Column("line", _("line"), "count"),
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
    Column("brand", _("brand"), priority=3),
    Column("spec", _("spec"), priority=4),
    Column("packaging", _("packaging"), priority=3),
    Column("quantity", _("quantity"), "quantity"),
    Column("unit", _("unit")),
    Column("unit_price", _("price"), "money"),
    Column("amount", _("amount"), "money"),
    Column("receipt", _("till receipt"), "code", priority=2),
]
_VERSIONS = [
    Column("version", _("version"), "count"),
    Column("reason", _("why"), priority=5),
    Column("total", _("total"), "money"),
    Column("staff", _("made by"), "code"),
    Column("at", _("made at"), "moment"),
]


@app.command(
    "new",
    help=_("Tabulate an order that was accepted, within two hours generally."),
    epilog=examples(
        "kac table new DD20261120-0003",
        "kac table new DD20261120-0003 --brand 1:美的 --pack 1:每箱2台",
    ),
)
@writing
def new(
    asked: Writing,
    order: Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))],
    brand: Brands = [],  # noqa: B006
    pack: Packagings = [],  # noqa: B006
) -> None:
    """Tabulate an order."""

    def act(work: Work) -> Outcome:
        from kac.desk.tabulations import actions

        return actions.new(work, order, _described(brand, pack))

    write(asked, "table new", act, {"order": order, "brand": brand, "pack": pack})


@app.command(
    "simple",
    help=_("List the goods of a slip for the customer, where its order has no table."),
    epilog=examples("kac table simple SH20261120-0001 --reason 数量少"),
)
@writing
def simple(
    asked: Writing,
    slip: Annotated[
        str, typer.Argument(metavar="SLIP", help=_("its number, that of its order, or @"))
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=_("why a list is enough"))
    ] = "",
) -> None:
    """List the goods of a slip."""

    def act(work: Work) -> Outcome:
        from kac.desk.dispatch import queries
        from kac.desk.tabulations import actions

        found: Row = queries.find(work.reader, slip, work.speaker)
        return actions.simple(work, found, reason)

    write(asked, "table simple", act, {"slip": slip, "reason": reason})


@app.command(
    "update",
    help=_("Make the next version with the prices of the till receipts; earlier ones stay."),
    epilog=examples("kac table update ZB20261120-0001"),
)
@writing
def update(
    asked: Writing,
    table: Table,
    brand: Brands = [],  # noqa: B006
    pack: Packagings = [],  # noqa: B006
) -> None:
    """Correct a table."""

    def act(work: Work) -> Outcome:
        from kac.desk.tabulations import actions

        return actions.update(work, table, _described(brand, pack))

    write(asked, "table update", act, {"table": table, "brand": brand, "pack": pack})


papers.printing(
    app,
    "table",
    Table,
    "kac.desk.tabulations.actions",
    help=_("Print the version in force, for clerk and floor supervisor or for the customer."),
    epilog=examples("kac table print ZB20261120-0001", "kac table print @ -o table.html"),
    copies=False,
)


@app.command(
    "list",
    help=_("List order tables, the newest first."),
    epilog=examples("kac table list", "kac table list --json"),
)
@reading
def list_(asked: Reading) -> None:
    """List tables."""
    from kac.desk.tabulations import queries

    with reading_ledger() as reader:
        found = queries.listing(reader)
        empty = none_of(reader, "order_table", found, _("no order table"))
    show.rows(asked, _LIST, [_shown(row) for row in found], empty=empty)


@app.command(
    "show",
    help=_("Show a table or list with its versions; an earlier one with --version."),
    epilog=examples(
        "kac table show ZB20261120-0001", "kac table show ZB20261120-0001 --version 1 --json"
    ),
)
@reading
def show_(
    asked: Reading,
    table: Table,
    version: Annotated[
        int, typer.Option("--version", metavar="NUMBER", help=_("the lines of this version"))
    ] = 0,
) -> None:
    """Show a table."""
    from kac.desk.tabulations import queries

    with reading_ledger() as reader:
        row = queries.find(reader, table, speaker(reader))
        lines = queries.lines(reader, row["id"], version or row["version"])
        versions = queries.versions(reader, row["id"])
    priced = [
        {**dict(line), "unit_price": line["unit_price_fen"], "amount": line["amount_fen"]}
        for line in lines
    ]
    made = [{**dict(each), "total": each["total_fen"]} for each in versions]
    parts = [
        Part("lines", _("lines"), _LINES, priced),
        Part("versions", _("versions"), _VERSIONS, made),
    ]
    show.record(asked, _SHOWN, _shown(row), parts)


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "total": row["total_fen"]}


def _described(brands: Sequence[str], packagings: Sequence[str]) -> Described:
    from kac.desk.tabulations.actions import Described

    return Described(noted_lines(brands), noted_lines(packagings))
