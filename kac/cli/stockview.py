"""How the stock is shown: figures by location, and the verdict on what is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli.lines import split_line
from kac.cli.show import Column
from kac.core.errors import UsageError
from kac.core.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kac.db.reader import Reader
    from kac.desk.stock.rules import Supply

At = Annotated[str, typer.Option("--at", metavar="LOCATION", help=_("where"))]

FIGURES = [
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
    Column("unit", _("unit"), "code"),
    Column("location", _("location"), "code", priority=7),
    Column("on_hand", _("on hand"), "quantity"),
    Column("display", _("samples"), "quantity", priority=4),
    Column("reserved", _("reserved"), "quantity"),
    Column("kept", _("kept by holds"), "quantity", priority=3),
    Column("available", _("available"), "quantity"),
]
# The three levels of C-15 and RTL-ORD-03: here, at other locations, and what is promised to come.
VERDICT_WORDS = {
    "enough": N_("enough"),
    "transfer": N_("enough with a transfer"),
    "promised": N_("enough with what is promised"),
    "short": N_("short"),
}
VERDICTS = [
    *FIGURES[:3],
    Column("wanted", _("wanted"), "quantity"),
    *FIGURES[3:],
    Column("short", _("short"), "quantity"),
    Column("verdict", _("verdict"), "state", priority=9, words=VERDICT_WORDS),
    Column("elsewhere", _("elsewhere"), priority=4),
    Column("coming", _("promised by then"), "quantity", priority=3),
]


def verdicts(
    reader: Reader, supplies: Sequence[Supply], by: date | None = None
) -> list[dict[str, Any]]:
    """What is wanted against the three levels: here, elsewhere, promised by a day."""
    return [_verdict(reader, supply, by) for supply in supplies]


def _verdict(reader: Reader, supply: Supply, by: date | None) -> dict[str, Any]:
    from kac.core.quantity import format_quantity
    from kac.desk.promises import queries as promises
    from kac.desk.stock import queries

    places = queries.of_code(reader, supply.code)
    others = [row for row in places if row["location"] != supply.location and row["available"] > 0]
    product = places[0]["product_id"]
    coming = promises.coming(reader, product, supply.location, by) if by else 0
    names = ("code", "name", "unit", "scale", "location", "wanted", "on_hand", "display")
    figures = ("reserved", "kept", "available", "short")
    return {
        **{name: getattr(supply, name) for name in (*names, *figures)},
        "verdict": _level(supply, sum(row["available"] for row in others), coming),
        "elsewhere": ", ".join(
            f"{row['location']} {format_quantity(row['available'], row['scale'])}" for row in others
        ),
        "coming": coming,
        "by": by,
    }


def _level(supply: Supply, elsewhere: int, coming: int) -> str:
    """The nearest level that covers what is wanted (C-15: other locations' stock is only told)."""
    if not supply.short:
        return "enough"
    if supply.short <= elsewhere:
        return "transfer"
    return "promised" if supply.short <= elsewhere + coming else "short"


def summary(rows: list[dict[str, Any]]) -> str:
    """One sentence on all lines."""
    short = [row for row in rows if row["short"]]
    if not short:
        return _("stock covers every line")
    return ngettext(
        "{count} of {lines} lines is short: {names}",
        "{count} of {lines} lines are short: {names}",
        len(short),
    ).format(count=len(short), lines=len(rows), names=", ".join(row["name"] for row in short))


def location(reader: Reader, at: str) -> str:
    """The code of a location that was typed; goods leave from the ledger's own where none was."""
    from kac.desk.stock import queries

    if at:
        return queries.location(reader, at)
    return str(reader.value("SELECT dispatch_location FROM ledger_info WHERE id = 1"))


def amount(written: str, scale: int) -> int:
    """A quantity in base units that may be nothing, as counts are."""
    from kac.core.quantity import parse_quantity

    return 0 if written.strip() == "0" else parse_quantity(written, scale)


def goods(reader: Reader, words: Sequence[str], *, needs_quantity: bool = True) -> dict[int, int]:
    """{product id: base units} of what was typed as CODE:QTY; the same product adds up."""
    from kac.core.quantity import parse_quantity
    from kac.desk.catalogue.queries import find

    wanted: dict[int, int] = {}
    for word in words:
        code, quantity, _price = split_line(word)
        if needs_quantity and not quantity:
            raise UsageError(_('"{written}" says no quantity').format(written=word))
        product = find(reader, code)
        base = parse_quantity(quantity, product["scale"]) if quantity else 0
        wanted[product["id"]] = wanted.get(product["id"], 0) + base
    return wanted
