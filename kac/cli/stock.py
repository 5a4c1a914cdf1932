"""Stock at the counter: is there enough, and where is it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.lines import split_line
from kac.cli.moneyview import REASON
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import Reading, Writing, examples, needed, reading, writing
from kac.cli.show import Column
from kac.core.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from kac.db.reader import Reader
    from kac.db.work import Outcome, Work
    from kac.desk.stock.rules import Supply

app = Noun(help=_("Stock: what is there and what is promised"))

_FIGURES = [
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
    Column("unit", _("unit"), "code"),
    Column("location", _("location"), "code"),
    Column("on_hand", _("on hand"), "quantity"),
    Column("display", _("samples"), "quantity"),
    Column("reserved", _("reserved"), "quantity"),
    Column("available", _("available"), "quantity"),
]
_VERDICT_WORDS = {"enough": N_("enough"), "short": N_("short")}
_VERDICTS = [
    *_FIGURES[:3],
    Column("wanted", _("wanted"), "quantity"),
    *_FIGURES[3:],
    Column("short", _("short"), "quantity"),
    Column("verdict", _("verdict"), "state", words=_VERDICT_WORDS),
    Column("elsewhere", _("elsewhere"), priority=4),
]


@app.command(
    "check",
    help=_("Whether stock covers an order, or products and quantities."),
    epilog=examples(
        "kac stock check DD20261120-0001", "kac s check P0001:50 P0002:12.5", "kac s check 电饭煲"
    ),
)
@reading
def check(
    asked: Reading,
    wanted: Annotated[
        list[str],
        typer.Argument(metavar="ORDER|CODE[:QTY]…", help=_("an order, or products to look at")),
    ],
    at: Annotated[str, typer.Option("--at", metavar="LOCATION", help=_("where to look"))] = "",
) -> None:
    """Check the stock: on hand, samples, what others were promised, and the verdict."""
    with reading_ledger() as reader:
        if len(wanted) == 1 and _is_order(wanted[0]):
            supplies = _of_order(reader, wanted[0])
            rows = [_verdict(reader, supply) for supply in supplies]
        elif any(":" in word for word in wanted):
            rows = [_verdict(reader, supply) for supply in _of_words(reader, wanted, at)]
        else:
            rows = _places(reader, wanted, at)
    columns = _VERDICTS if rows and "verdict" in rows[0] else _FIGURES
    show.rows(asked, columns, rows)
    if columns is _VERDICTS:
        show.err(_summary(rows))


@app.command(
    "list",
    help=_("List the stock of every product at every location."),
    epilog=examples("kac stock list --at DC", "kac s list 米 --csv"),
)
@reading
def list_(
    asked: Reading,
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help=_("part of a name"))] = "",
    at: Annotated[str, typer.Option("--at", metavar="LOCATION", help=_("where to look"))] = "",
) -> None:
    """List stock."""
    from kac.desk.stock import queries

    with reading_ledger() as reader:
        place = queries.location(reader, at) if at else ""
        found = queries.listing(reader, place, words)
        empty = none_of(reader, "stock_move", found, _("nothing is in stock"))
    show.rows(asked, _FIGURES, found, empty=empty)


def _is_order(word: str) -> bool:
    return word.startswith("@") or word.upper().startswith("DD")


def _of_order(reader: Reader, word: str) -> list[Supply]:
    from kac.desk.orders import queries

    row = queries.find(reader, word, speaker(reader))
    policies = queries.policies(queries.policy(reader, row))
    return list(queries.facts(reader, row, policies).supplies)


def _of_words(reader: Reader, words: list[str], at: str) -> list[Supply]:
    from kac.core.quantity import parse_quantity
    from kac.desk.catalogue.queries import find
    from kac.desk.stock import queries

    place = _place(reader, at)
    wanted: dict[int, int] = {}
    for word in words:
        code, quantity, _price = split_line(word)
        product = find(reader, code)
        base = parse_quantity(quantity, product["scale"]) if quantity else 0
        wanted[product["id"]] = wanted.get(product["id"], 0) + base
    return queries.supplies(reader, wanted, place)


def _places(reader: Reader, words: list[str], at: str) -> list[dict[str, Any]]:
    from kac.desk.catalogue.queries import find
    from kac.desk.stock import queries

    place = queries.location(reader, at) if at else ""
    return [
        dict(row)
        for word in words
        for row in queries.of_product(reader, find(reader, word)["id"])
        if place in ("", row["location"])
    ]


def _place(reader: Reader, at: str) -> str:
    from kac.desk.stock import queries

    if at:
        return queries.location(reader, at)
    return str(reader.value("SELECT dispatch_location FROM ledger_info WHERE id = 1"))


def _verdict(reader: Reader, supply: Supply) -> dict[str, Any]:
    from kac.core.quantity import format_quantity
    from kac.desk.stock import queries

    others = [
        f"{row['location']} {format_quantity(row['available'], row['scale'])}"
        for row in queries.of_code(reader, supply.code)
        if row["location"] != supply.location and row["available"] > 0
    ]
    return {
        "code": supply.code,
        "name": supply.name,
        "unit": supply.unit,
        "scale": supply.scale,
        "location": supply.location,
        "wanted": supply.wanted,
        "on_hand": supply.on_hand,
        "display": supply.display,
        "reserved": supply.reserved,
        "available": supply.available,
        "short": supply.short,
        "verdict": "short" if supply.short else "enough",
        "elsewhere": ", ".join(others),
    }


def _summary(rows: list[dict[str, Any]]) -> str:
    short = [row for row in rows if row["short"]]
    if not short:
        return _("stock covers every line")
    return ngettext(
        "{count} of {lines} lines is short: {names}",
        "{count} of {lines} lines are short: {names}",
        len(short),
    ).format(count=len(short), lines=len(rows), names=", ".join(row["name"] for row in short))


@app.command(
    "count",
    help=_("Book what was counted of one product, and see which orders it leaves short."),
    epilog=examples("kac stock count P0001:48 --reason 破损两台"),
)
@writing
def count(
    asked: Writing,
    counted: Annotated[str, typer.Argument(metavar="CODE:QTY", help=_("what was counted"))],
    at: Annotated[str, typer.Option("--at", metavar="LOCATION", help=_("where"))] = "",
    reason: REASON = "",
) -> None:
    """Book a count."""
    why = needed(reason, "--reason", _("Why was it counted?"))

    def act(work: Work) -> Outcome:
        from kac.db.work import Outcome
        from kac.desk.stock import actions

        what = _counted(work.reader, counted, at)
        found = actions.count(work, what, why)
        says = [
            _("{code} at {location}: {counted} counted").format(
                code=what.product_code, location=what.location, counted=counted
            )
        ]
        if found:
            says.append(_("promised to: {orders}").format(orders=", ".join(found)))
        document = {"number": what.product_code, "state": "counted", "orders": found}
        return Outcome(document, tuple(says), tuple(f"kac explain {each}" for each in found))

    write(asked, "stock count", act, {"counted": counted, "at": at, "reason": why})


def _counted(reader: Reader, written: str, at: str) -> Any:
    """A count as it is typed; samples are those of the count before."""
    from kac.cli.lines import drafts
    from kac.desk.stock.actions import Count
    from kac.desk.stock.queries import supplies

    draft = drafts(reader, [written], [])[0]
    place = _place(reader, at)
    product = reader.one("SELECT * FROM v_product WHERE id = :id", id=draft.product_id)
    known = supplies(reader, {draft.product_id: 0}, place)[0]
    return Count(
        product_id=draft.product_id,
        product_code=product["code"],
        scale=product["scale"],
        cost_fen=product["cost_fen"],
        location=place,
        counted=draft.quantity,
        display=min(known.display, draft.quantity),
    )
