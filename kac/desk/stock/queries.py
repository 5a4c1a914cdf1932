"""Reading the stock: per location, and against what documents want."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kac.core.errors import NotFound
from kac.core.i18n import _
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve

if TYPE_CHECKING:
    from kac.desk.stock.rules import Supply

_FIGURES = """
SELECT p.code, p.name, p.unit, p.scale,
       coalesce((SELECT sum(m.quantity) FROM stock_move m
                 WHERE m.product_id = p.id AND m.to_place = :location), 0)
       - coalesce((SELECT sum(m.quantity) FROM stock_move m
                   WHERE m.product_id = p.id AND m.from_place = :location), 0) AS on_hand,
       coalesce((SELECT c.display FROM stock_count c WHERE c.product_id = p.id
                 AND c.location = :location ORDER BY c.id DESC LIMIT 1), 0) AS display,
       coalesce((SELECT sum(r.quantity) FROM v_reservation r WHERE r.product_id = p.id
                 AND r.location = :location AND r.order_id <> :order_id), 0) AS reserved,
       coalesce((SELECT sum(r.quantity) FROM v_reservation r WHERE r.product_id = p.id
                 AND r.location = :location AND r.order_id = :order_id), 0) AS held,
       coalesce((SELECT sum(w.quantity) FROM v_waiting w WHERE w.product_id = p.id
                 AND w.location = :location AND w.order_id <> :order_id), 0) AS awaited,
       coalesce((SELECT sum(k.kept) FROM v_hold_line k WHERE k.product_id = p.id
                 AND k.location = :location AND k.customer_id <> :customer_id), 0) AS kept
FROM product p WHERE p.id = :product_id
"""


def supplies(
    reader: Reader,
    wanted: Mapping[int, int],
    location: str,
    order_id: int = 0,
    customer_id: int = 0,
) -> list[Supply]:
    """What stands against {product id: base units} at a location, for one order or for nobody.

    What is kept back for a customer stands in the way of everybody else.
    """
    from kac.desk.stock.rules import Supply

    if order_id and not customer_id:
        customer_id = reader.value(
            "SELECT customer_id FROM sales_order WHERE id = :id", id=order_id
        )
    asked = {"location": location, "order_id": order_id, "customer_id": customer_id}
    found = []
    for product_id, quantity in wanted.items():
        row = reader.one(_FIGURES, product_id=product_id, **asked)
        found.append(Supply(**dict(row), location=location, wanted=quantity))
    return found


def location(reader: Reader, code: str) -> str:
    """The code of a location that exists."""
    row = reader.first("SELECT code FROM location WHERE code = upper(:code)", code=code.strip())
    if row is None:
        known = [row["code"] for row in reader.all("SELECT code FROM location ORDER BY code")]
        raise NotFound(
            _("there is no location {code}").format(code=code),
            cause=[_("known: {codes}").format(codes=", ".join(known) or _("none"))],
        )
    return str(row["code"])


def of_product(reader: Reader, product_id: int) -> list[Row]:
    """On hand, display, reserved and available of a product at each location."""
    return reader.all(
        "SELECT * FROM v_stock WHERE product_id = :id ORDER BY location", id=product_id
    )


def of_code(reader: Reader, code: str) -> list[Row]:
    """The same by the product's code."""
    return reader.all("SELECT * FROM v_stock WHERE code = :code ORDER BY location", code=code)


def listing(reader: Reader, location_code: str = "", words: str = "") -> list[Row]:
    """The stock of every product that a location holds or has promised."""
    return reader.all(
        "SELECT * FROM v_stock WHERE (:location = '' OR location = :location)"
        " AND (on_hand <> 0 OR reserved <> 0 OR kept <> 0)"
        " AND (:words = '' OR name LIKE :part OR code = upper(:words))"
        " ORDER BY code, location",
        location=location_code,
        words=words,
        part=f"%{words}%",
    )


def promised_to(reader: Reader, product_id: int, location: str) -> list[str]:
    """The orders to which goods at a location are promised, the latest first."""
    rows = reader.all(
        "SELECT o.number FROM v_reservation r JOIN sales_order o ON o.id = r.order_id"
        " WHERE r.product_id = :product AND r.location = :location ORDER BY r.id DESC",
        product=product_id,
        location=location,
    )
    return [str(row["number"]) for row in rows]


def open_reservations(reader: Reader, order_id: int) -> list[Row]:
    """Reservations of an order that have not ended."""
    return reader.all(
        "SELECT * FROM v_reservation WHERE order_id = :id ORDER BY id",
        id=order_id,
    )


def hold_lines(reader: Reader, number: str) -> list[Row]:
    """What is kept back under a hold, product by product."""
    return reader.all("SELECT * FROM v_hold_line WHERE number = :number ORDER BY id", number=number)


def holds(reader: Reader, customer_id: int = 0, product_id: int = 0) -> list[Row]:
    """Goods that are kept back now, the soonest over first."""
    return reader.all(
        "SELECT * FROM v_hold_line WHERE kept > 0"
        " AND (:customer = 0 OR customer_id = :customer)"
        " AND (:product = 0 OR product_id = :product) ORDER BY coalesce(until, '9999-12-31'), id",
        customer=customer_id,
        product=product_id,
    )


def find_hold(reader: Reader, reference: str, speaker: Speaker) -> str:
    """The number of the hold meant."""
    return resolve(reader, "YL", "stock_hold", reference, speaker)


def holds_over(reader: Reader, today: str) -> list[Row]:
    """Goods still kept back although their last day is over."""
    return [row for row in holds(reader) if row["until"] and row["until"] < today]


def lapsed(reader: Reader, made_before: str) -> list[Row]:
    """Orders without any money whose goods were promised before a day; prepaid ones alone."""
    return reader.all(
        "SELECT DISTINCT o.id, o.number, o.customer_name FROM v_order o"
        " JOIN v_reservation r ON r.order_id = o.id"
        " WHERE o.state IN ('submitted', 'reviewed') AND o.received_fen = 0"
        " AND o.payment_terms NOT IN ('credit', 'monthly')"
        " AND NOT EXISTS (SELECT 1 FROM v_waiting w WHERE w.order_id = o.id)"
        " AND r.on_day < :day ORDER BY o.id",
        day=made_before,
    )
