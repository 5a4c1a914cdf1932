"""What the order loop tells: of a line just put, of the whole draft, of goods looked for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from typing import Any

from kac.cli.helppage import cells
from kac.cli.onlooker import sees_costs
from kac.cli.show import Column
from kac.core import i18n, roles
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.quantity import format_quantity
from kac.db.reader import Reader, Row
from kac.desk.approvals.rules import Step
from kac.desk.catalogue import queries as catalogue
from kac.desk.deposits import queries as deposits
from kac.desk.deposits.rules import minimum
from kac.desk.lines.queries import priced
from kac.desk.lines.rules import PricedLine, odd_prices, wanted
from kac.desk.margins.rules import margin_not_negative, order_sums, rate_text
from kac.desk.orders import queries as orders
from kac.desk.orders.rules import route, to_submit
from kac.desk.stock import queries as stock
from kac.desk.stock.rules import Supply

_INDENT = "   "
_MOST_FOUND = 20


def line(reader: Reader, order: Row, number: int) -> list[str]:
    """A line as it stands now: amount, prices, stock, and whose signatures it would need."""
    lines = priced(orders.lines(reader, order["id"]))
    told = next(each for each in lines if each.line == number)
    facts = [
        *_prices(reader, order, told),
        *_stock(reader, order, told, wanted(lines)[told.product_id]),
        *_signers(route([told], orders.policies(orders.policy(reader, order)))),
    ]
    below = margin_not_negative("", [told.margin_facts])
    warnings = [*odd_prices([told]), *([] if below.open else [below.says])]
    return [_amount(told), *_beside(facts), *(f"{_INDENT}! {says}" for says in warnings)]


def _amount(told: PricedLine) -> str:
    return _("{line} {name}  {quantity} {unit} × {price} = {amount}").format(
        line=told.line,
        name=told.name,
        quantity=format_quantity(told.quantity, told.scale),
        unit=told.unit,
        price=_("gift") if told.gift else Money(told.unit_price_fen),
        amount=Money(told.amount_fen),
    )


def _prices(reader: Reader, order: Row, told: PricedLine) -> list[str]:
    found = [_("list {price}").format(price=Money(told.list_price_fen))]
    last = orders.last_price(reader, order["customer_id"], told.product_id)
    if last:
        found.append(last_text(last))
    if sees_costs(reader) and not told.gift:
        margin = rate_text(told.unit_price_fen, told.cost_fen)
        found.append(_("margin {margin}").format(margin=margin))
    return found


def last_text(last: Row) -> str:
    """What a customer paid the last time, with the order that it stands on."""
    return _("last {price} ({order})").format(
        price=Money(last["unit_price_fen"]), order=last["number"]
    )


def _stock(reader: Reader, order: Row, told: PricedLine, quantity: int) -> list[str]:
    supply = stock.supplies(reader, {told.product_id: quantity}, order["location"], order["id"])[0]
    return supply_text(supply)


def supply_text(supply: Supply) -> list[str]:
    """What is available, and what is short of it."""
    figures = {
        "available": format_quantity(supply.available, supply.scale),
        "short": format_quantity(supply.short, supply.scale),
    }
    if supply.short:
        return [_("available {available}, short {short}").format(**figures)]
    return [_("available {available}").format(**figures)]


def _signers(steps: Sequence[Step]) -> list[str]:
    names = list(dict.fromkeys(_role(step.role) for step in steps))
    return [_("to be signed by {roles}").format(roles=", ".join(names))] if names else []


def _role(role: str) -> str:
    known = roles.known().get(role)
    return known.name if known and i18n.language() != "en" else role


def _beside(facts: Sequence[str], indent: str = _INDENT) -> list[str]:
    """Facts side by side, on as many lines as the screen needs; none is broken."""
    bar = " | " if os.environ.get("KAC_ASCII") else " │ "
    width = shutil.get_terminal_size().columns - 1
    lines: list[str] = []
    for fact in facts:
        longer = f"{lines[-1]}{bar}{fact}" if lines else ""
        if lines and cells(longer) <= width:
            lines[-1] = longer
        else:
            lines.append((_INDENT if lines else indent) + fact)
    return lines


def totals(reader: Reader, order: Row) -> list[str]:
    """What the whole draft comes to, its deposit, its signatures, and what keeps it back."""
    version = orders.policy(reader, order)
    policies = orders.policies(version)
    facts = orders.facts(reader, order, policies)
    figures = [
        ngettext("{lines} line", "{lines} lines", len(facts.lines)).format(lines=len(facts.lines)),
        _("total {amount}").format(amount=Money(facts.total_fen)),
    ]
    if sees_costs(reader):
        amount, cost = order_sums([each.margin_facts for each in facts.lines])
        figures.append(_("margin {margin}").format(margin=rate_text(amount, cost)))
    due = minimum(deposits.facts(order), deposits.policy(version))
    figures.append(_("deposit from {amount}").format(amount=Money(due.whole_fen)))
    closed = [gate.says for gate in to_submit(facts, policies) if not gate.open]
    return [
        *_beside([*figures, *_signers(facts.steps)], indent=""),
        *(f"{_INDENT}! {says}" for says in closed),
    ]


def columns(reader: Reader) -> list[Column]:
    """The columns of a draft as it is listed."""
    margin = [Column("margin", _("margin"), "code")] if sees_costs(reader) else []
    return [
        Column("line", _("line"), "count"),
        Column("code", _("code"), "code"),
        Column("name", _("name"), priority=9),
        Column("quantity", _("quantity"), "quantity"),
        Column("unit", _("unit"), "code"),
        Column("list_price", _("list price"), "money"),
        Column("price", _("price"), "money"),
        Column("amount", _("amount"), "money"),
        *margin,
    ]


def rows(reader: Reader, order: Row) -> list[dict[str, Any]]:
    """The lines of a draft as they are listed."""
    return [
        {
            **dict(each),
            "list_price": each["list_price_fen"],
            "price": each["unit_price_fen"],
            "amount": each["amount_fen"],
            "margin": "-" if each["gift"] else rate_text(each["unit_price_fen"], each["cost_fen"]),
        }
        for each in orders.lines(reader, order["id"])
    ]


def found_columns() -> list[Column]:
    """The columns of goods that were looked for."""
    return [
        Column("code", _("code"), "code"),
        Column("name", _("name"), priority=9),
        Column("spec", _("specification"), priority=3),
        Column("unit", _("unit"), "code"),
        Column("list_price", _("list price"), "money"),
        Column("last_price", _("last price"), "money"),
        Column("available", _("available"), "quantity"),
    ]


def found(reader: Reader, words: str, customer_id: int, location: str) -> list[dict[str, Any]]:
    """Goods whose name, mnemonic, code or barcode holds the words, with what there is of them."""
    listed = []
    for product in catalogue.listing(reader, words)[:_MOST_FOUND]:
        supply = stock.supplies(reader, {product["id"]: 1}, location)[0]
        last = orders.last_price(reader, customer_id, product["id"])
        listed.append(
            {
                **dict(product),
                "list_price": product["list_price_fen"],
                "last_price": last["unit_price_fen"] if last else None,
                "available": supply.available,
            }
        )
    return listed
