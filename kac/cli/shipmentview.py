"""How shipments are shown, and how their goods are typed: a contract, then what goes under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli.lines import split_line
from kac.cli.show import Column
from kac.core.errors import BadInput, UsageError
from kac.core.i18n import _
from kac.desk.shipments.states import DRAW_LABELS, LABELS, OUTCOMES, REASONS

if TYPE_CHECKING:
    from kac.db.reader import Reader, Row
    from kac.desk.shipments.actions import Goods

Shipment = Annotated[str, typer.Argument(metavar="SHIPMENT", help=_("its number"))]

LIST = [
    Column("number", _("shipment"), "code"),
    Column("on_day", _("shipped on"), "day", priority=6),
    Column("customer_name", _("customer"), priority=9),
    Column("office", _("office"), "code"),
    Column("mark", _("mark"), "code", priority=4),
    Column("total", _("total"), "money"),
    Column("state", _("state"), "state", words=LABELS),
    Column("received_on", _("arrived on"), "day", priority=5),
    Column("charged_on", _("charged on"), "day", priority=5),
    Column("reason_state", _("why held"), "state", words=REASONS, priority=3),
]
MORE = [
    Column("object_until", _("objections until"), "day"),
    Column("from_location", _("from location"), "code"),
    Column("supplier", _("supplier")),
    Column("list_number", _("shipping list"), "code"),
    Column("objection", _("objection")),
    Column("charged", _("charged"), "money"),
    Column("remitted", _("handed on"), "money"),
    Column("outcome", _("charged because"), "state", words=OUTCOMES),
    Column("reason", _("reason")),
    Column("prepared_by", _("made by"), "code"),
    Column("received_by", _("taken in by"), "code"),
]
_PRODUCT = [
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
]
LINES = [
    *_PRODUCT,
    Column("contract", _("contract"), "code", priority=4),
    Column("quantity", _("shipped"), "quantity"),
    Column("came", _("came"), "quantity", priority=5),
    Column("kept", _("goods held"), "quantity"),
    Column("unit", _("unit"), "code"),
    Column("price", _("price"), "money"),
    Column("amount", _("amount"), "money"),
    Column("hold", _("hold"), "code", priority=3),
]
DRAWS = [
    Column("number", _("draw"), "code"),
    Column("on_day", _("on"), "day"),
    *_PRODUCT,
    Column("quantity", _("quantity"), "quantity"),
    Column("unit", _("unit"), "code"),
    Column("state", _("state"), "state", words=DRAW_LABELS),
    Column("reason", _("reason"), priority=6),
    Column("reviewed_by", _("reviewed by"), "code", priority=4),
    Column("filing", _("filing"), "code", priority=4),
]
HELD = [
    Column("office", _("office"), "code"),
    Column("number", _("shipment"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("mark", _("mark"), "code", priority=4),
    *_PRODUCT,
    Column("kept", _("goods held"), "quantity"),
    Column("unit", _("unit"), "code"),
    Column("worth", _("goods worth"), "money"),
    Column("received_on", _("since"), "day"),
    Column("reason_state", _("why held"), "state", words=REASONS, priority=5),
    Column("counted", _("stock of the office"), "flag"),
    Column("hold", _("hold"), "code", priority=2),
]
ACCOUNT = [
    Column("office", _("office"), "code"),
    Column("charged_on", _("charged on"), "day"),
    Column("number", _("shipment"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("received_on", _("arrived on"), "day", priority=4),
    Column("outcome", _("charged because"), "state", words=OUTCOMES, priority=5),
    Column("charged", _("charged"), "money"),
    Column("remitted", _("handed on"), "money"),
    Column("balance", _("balance"), "money"),
]


def under_contracts(reader: Reader, words: Sequence[str]) -> list[Goods]:
    """Goods as they were typed: each word with a colon belongs to the contract named before it."""
    from kac.core.quantity import parse_quantity
    from kac.desk.catalogue.queries import find
    from kac.desk.shipments.actions import Goods

    found, contract = [], ""
    for word in words:
        code, quantity, price = split_line(word)
        if not quantity:
            contract = word
            continue
        if not contract or not price:
            raise UsageError(
                _("write a contract, then what goes out under it: {example}").format(
                    example="HT20261120-0001 P0001:20@260"
                )
            )
        product = find(reader, code)
        base = parse_quantity(quantity, product["scale"])
        found.append(Goods(contract, product["id"], base, _price(price)))
    if not found:
        raise UsageError(_("nothing is named that goes out"))
    return found


def _price(written: str) -> int:
    """What the office is charged for a selling unit, in fen: never nothing (DST-GDS-09)."""
    from kac.core.money import parse_money

    price = parse_money(written)
    if price.fen <= 0:
        raise BadInput(_("{price} is not a price").format(price=price), code="E-VAL-010")
    return price.fen


def agreed(reader: Reader, words: Sequence[str]) -> dict[int, int]:
    """{product id: base units} of what is agreed to have come; it may be nothing."""
    from kac.cli.stockview import amount
    from kac.desk.catalogue.queries import find

    found = {}
    for word in words:
        code, quantity, _price = split_line(word)
        product = find(reader, code)
        if product["id"] in found:
            raise UsageError(_("{code} is named twice").format(code=product["code"]))
        found[product["id"]] = amount(quantity, product["scale"])
    return found


def told(row: Row | Mapping[str, Any]) -> dict[str, Any]:
    """A shipment as lists show it."""
    return {
        **dict(row),
        "total": row["total_fen"],
        "charged": row["charged_fen"],
        "remitted": row["remitted_fen"],
    }


def record(reader: Reader, row: Row) -> dict[str, Any]:
    """A shipment as it is shown alone, with the last day on which an objection counts."""
    from datetime import date

    from kac.desk.shipments import queries, rules

    until = None
    if row["received_on"]:
        received = date.fromisoformat(row["received_on"])
        until = rules.last_day(received, queries.policy(reader, row).objection_days)
    return {**told(row), "object_until": until}


def priced(line: Row) -> dict[str, Any]:
    """A line with its price and amount."""
    return {**dict(line), "price": line["price_fen"], "amount": line["amount_fen"]}


def worth(row: Row) -> dict[str, Any]:
    """Held goods with what they are worth at the price they are charged at."""
    return {**dict(row), "worth": row["worth_fen"]}


def running(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Charges, what was handed on for each, and the balance of their office so far."""
    balances: dict[str, int] = {}
    found = []
    for row in rows:
        open_fen = row["charged_fen"] - row["remitted_fen"]
        balances[row["office"]] = balances.get(row["office"], 0) + open_fen
        found.append({**told(row), "balance": balances[row["office"]]})
    return found
