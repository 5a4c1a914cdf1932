"""Reading orders: the form, its lines, and the facts that its gates are judged by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kac.core.errors import NotFound
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import folded
from kac.db import policybook
from kac.db.policybook import PolicyVersion
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.stock.queries import location as known_location

# What judges an order is imported where one is judged: whoever only lists them does not wait.
if TYPE_CHECKING:
    from kac.desk.lines.rules import PricedLine
    from kac.desk.orders.policy import OrderPolicies
    from kac.desk.orders.rules import OrderFacts
    from kac.desk.stock.rules import Supply


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The order meant, as a row of v_order_gate_facts; NotFound (exit 3) where none is.

    The number of a quotation means the order that was made from it (FLW-APV-02).
    """
    if folded(reference).startswith("bj"):
        return _of_quotation(reader, reference, speaker)
    number = resolve(reader, "DD", "sales_order", reference, speaker)
    return reader.one("SELECT * FROM v_order_gate_facts WHERE number = :number", number=number)


def _of_quotation(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The living order that was made from a quotation; refused as the quotation itself would be."""
    from kac.core.gates import require
    from kac.desk.quotations import queries as quotations
    from kac.desk.quotations.rules import to_take_up

    row = quotations.find(reader, reference, speaker)
    if row["order_number"]:
        return find(reader, row["order_number"], speaker)
    says = _("no order has been made from {number}").format(number=row["number"])
    may = quotations.policy(reader, row).may
    require(
        to_take_up(quotations.facts(reader, row), may, speaker.today),
        says,
        refs={"quotation": row["number"]},
    )
    raise NotFound(says, fix=[f"kac quote to-order {row['number']}"])


def by_id(reader: Reader, order_id: int) -> Row:
    """The order of another document."""
    return reader.one("SELECT * FROM v_order_gate_facts WHERE id = :id", id=order_id)


def listing(
    reader: Reader,
    states: Sequence[str],
    customer_id: int = 0,
    prepared_by: str = "",
    need_by: str = "",
) -> list[Row]:
    """Orders in any of the states, the soonest wanted first."""
    marks = ", ".join(f":s{index}" for index in range(len(states)))
    return reader.all(
        f"SELECT * FROM v_order_gate_facts WHERE state IN ({marks})"
        " AND (:customer = 0 OR customer_id = :customer)"
        " AND (:maker = '' OR prepared_by = :maker) AND (:day = '' OR need_by <= :day)"
        " ORDER BY need_by, number",
        customer=customer_id,
        maker=prepared_by,
        day=need_by,
        **{f"s{index}": state for index, state in enumerate(states)},
    )


def document(row: Row) -> dict[str, Any]:
    """An order as writing commands hand it to scripts; money in yuan."""
    return {
        "number": row["number"],
        "state": row["state"],
        "revision": row["revision"],
        "customer": row["customer"],
        "lines": row["lines"],
        "total": Money(row["total_fen"]).plain(),
        "need_by": row["need_by"],
    }


def lines(reader: Reader, order_id: int) -> list[Row]:
    """The lines in force, with their products."""
    return reader.all("SELECT * FROM v_order_line WHERE order_id = :id ORDER BY line", id=order_id)


def lines_of(reader: Reader, number: str, revision: int) -> list[Row]:
    """The lines of one version of an order, also of one that was changed since."""
    return reader.all(
        "SELECT n.line, n.product_id, p.code, p.barcode, p.name, p.spec, p.unit, p.scale,"
        " n.quantity, n.list_price_fen, n.unit_price_fen, n.amount_fen, n.cost_fen, n.gift, n.fresh"
        " FROM order_line n JOIN sales_order o ON o.id = n.order_id"
        " JOIN product p ON p.id = n.product_id"
        " WHERE o.number = :number AND n.revision = :revision ORDER BY n.line",
        number=number,
        revision=revision,
    )


def taken_from(reader: Reader, wished: str) -> str:
    """The place that goods are taken from: the one named, else the house's own."""
    if wished:
        return known_location(reader, wished)
    return str(reader.value("SELECT dispatch_location FROM ledger_info WHERE id = 1"))


def makers(reader: Reader, order_id: int) -> tuple[str, ...]:
    """Everybody who wrote a version of an order, the first maker first (A-56)."""
    rows = reader.all(
        "SELECT written_by FROM order_line WHERE order_id = :id GROUP BY written_by"
        " ORDER BY min(revision)",
        id=order_id,
    )
    return tuple(row["written_by"] for row in rows)


def latest_day(reader: Reader, row: Row) -> date:
    """The business day of the last step on an order: its form, its money, its slip."""
    day = reader.value(
        "SELECT max(on_day) FROM (SELECT on_day FROM payment_allocation WHERE order_id = :id"
        " UNION ALL SELECT on_day FROM dispatch WHERE order_id = :id"
        " UNION ALL SELECT :made AS on_day) steps",
        id=row["id"],
        made=row["on_day"],
    )
    return date.fromisoformat(str(day))


def policy(reader: Reader, row: Row) -> PolicyVersion:
    """The policy version that an order was made under and is judged by."""
    return policybook.version(reader, row["policy_set"], row["policy_version"])


def policies(version: PolicyVersion) -> OrderPolicies:
    """The sections of a version that judge an order."""
    from kac.desk.approvals.policy import ApprovalPolicy
    from kac.desk.customers.policy import FilingPolicy
    from kac.desk.discounts.policy import DiscountPolicy
    from kac.desk.margins.policy import MarginPolicy
    from kac.desk.orders.policy import OrderPolicies, OrderPolicy

    return OrderPolicies(
        filing=version.section("filing", FilingPolicy),
        margins=version.section("margins", MarginPolicy),
        discounts=version.section("discounts", DiscountPolicy),
        approvals=version.section("approvals", ApprovalPolicy),
        order=version.section("order", OrderPolicy),
        may=version.may,
    )


def facts(
    reader: Reader,
    row: Row,
    judged_by: OrderPolicies,
    changed: Sequence[PricedLine] | None = None,
    *,
    supplied: bool = True,
) -> OrderFacts:
    """An order as its gates see it; `changed` are lines that would take the place of its own.

    Unless `supplied`, the stock is not asked: no gate may then be judged that speaks of it.
    """
    from kac.desk.approvals import queries as approvals
    from kac.desk.covers import queries as covers
    from kac.desk.customers import queries as customers
    from kac.desk.lines.queries import priced
    from kac.desk.orders.rules import OrderFacts, route
    from kac.desk.papers import queries as papers
    from kac.desk.quotations import queries as quotations

    own = priced(lines(reader, row["id"])) if changed is None else tuple(changed)
    if changed is None and row["approval"]:
        steps = approvals.steps(row["route"])
        signed = approvals.signed(reader, row["approval_id"])
    else:
        steps, signed = route(own, judged_by), ()
    return OrderFacts(
        **{name: row[name] for name in _SAME},
        need_by=date.fromisoformat(row["need_by"]),
        made_on=date.fromisoformat(row["on_day"]),
        customer=customers.facts(customers.by_id(reader, row["customer_id"])),
        lines=own,
        supplies=_supplies(reader, row, own) if supplied else (),
        categories=_categories(reader, own) if judged_by.discounts.table else {},
        goods_left=bool(row["dispatch"]) and _all_left(reader, row),
        steps=steps,
        signed=signed,
        copies=papers.copies(reader, row["number"], "order_form"),
        quotation=quotations.review(reader, row["quotation"], row["quotation_revision"])
        if row["quotation"]
        else None,
        cover=covers.of_order(reader, row),
        waits=bool(row["waits"]),
    )


def _categories(reader: Reader, own: Sequence[PricedLine]) -> dict[int, str]:
    """The category of each of the goods, by product."""
    from kac.desk.catalogue.queries import categories

    return categories(reader, [line.product_id for line in own])


def _supplies(reader: Reader, row: Row, own: Sequence[PricedLine]) -> tuple[Supply, ...]:
    from kac.desk.lines.rules import wanted
    from kac.desk.stock import queries as stock

    left = to_leave(reader, row) if row["dispatch"] else wanted(own)
    return tuple(stock.supplies(reader, left, row["location"], row["id"]))


def to_leave(reader: Reader, row: Row) -> dict[int, int]:
    """Base units of each product of an order with slips that have still to leave the stock.

    What was released to others is asked for by the slip that it goes out with.
    """
    from kac.desk.deliveries import queries as deliveries
    from kac.desk.deliveries.rules import by_product

    parts = deliveries.parts(reader, row["id"])
    if deliveries.released(reader, row["id"]):
        return by_product(parts, [part.unloaded for part in parts])
    return by_product(parts, [part.unloaded + part.open for part in parts])


def _all_left(reader: Reader, row: Row) -> bool:
    """Whether every piece that is still wanted is on a vehicle, or with the customer."""
    from kac.desk.deliveries import queries as deliveries

    return not any(part.open or part.unloaded for part in deliveries.parts(reader, row["id"]))


def last_price(reader: Reader, customer_id: int, product_id: int) -> Row | None:
    """What a customer last bought goods at: price in fen, day and order; drafts do not count."""
    return reader.first(
        "SELECT n.unit_price_fen, o.on_day, o.number FROM sales_order o"
        " JOIN order_line n ON n.order_id = o.id AND n.revision = o.revision"
        # The plus keeps SQLite on the customer's orders, the newest first.
        " WHERE o.customer_id = :customer AND +n.product_id = :product AND NOT n.gift"
        " AND o.state NOT IN ('draft', 'collecting', 'voided') ORDER BY o.id DESC LIMIT 1",
        customer=customer_id,
        product=product_id,
    )


_SAME = (
    "id",
    "number",
    "state",
    "revision",
    "prepared_by",
    "address",
    "location",
    "approval",
    "reviewed_by",
    "deposit_fen",
    "cut_fen",
    "received_fen",
    "verified_fen",
    "delivery",
    "payment_terms",
)
