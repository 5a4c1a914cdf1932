"""Verbs of the stock: take a count in, promise goods, end a promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.money import Money, per_scale_half_up
from kac.core.quantity import format_quantity
from kac.core.values import dataclass
from kac.db.work import Work
from kac.desk.staff.actions import require
from kac.desk.stock import postings, queries
from kac.ledger import journal, moves
from kac.ledger.entry import Move, value_of_part


@dataclass(frozen=True)
class Count:
    """What was counted of one product at one location, display samples among it; base units."""

    product_id: int
    product_code: str
    scale: int
    cost_fen: int
    location: str
    counted: int
    display: int


def open_location(work: Work, code: str, name: str) -> None:
    """Make a location known; nothing happens when it is."""
    from kac.desk.stock.tables import Location

    if not work.reader.first("SELECT 1 FROM location WHERE code = :code", code=code):
        work.add(Location(code=code, name=name))


def check(work: Work, count: Count) -> None:
    """Refuse a count that cannot be: more samples than goods, or less than is promised."""
    if count.display > count.counted:
        raise BadInput(
            _("{display} display samples of {counted} counted").format(
                display=format_quantity(count.display, count.scale),
                counted=format_quantity(count.counted, count.scale),
            )
        )
    supply = queries.supplies(work.reader, {count.product_id: 0}, count.location)[0]
    if count.counted - count.display < supply.reserved:
        raise BadInput(
            _("{reserved} are promised to orders, only {free} would be left for them").format(
                reserved=format_quantity(supply.reserved, count.scale),
                free=format_quantity(count.counted - count.display, count.scale),
            )
        )


def take_counts(work: Work, document: str, counts: Sequence[Count]) -> int:
    """Write counts that were checked and book the differences; how many differed."""
    from kac.desk.stock.tables import StockCount

    found: list[Move] = []
    for count in counts:
        if (move := _difference(work, document, count)) is not None:
            found.append(move)
    work.add_all(
        [
            StockCount(
                product_id=count.product_id,
                location=count.location,
                counted=count.counted,
                display=count.display,
                document=document,
                on_day=work.on,
                at=work.now,
            )
            for count in counts
        ]
    )
    moves.post(work, found)
    gained = Money(sum(m.value.fen for m in found if not m.to_place.startswith("@")))
    lost = Money(sum(m.value.fen for m in found if m.to_place.startswith("@")))
    if entry := postings.count_booked(document, gained, lost):
        journal.post(work, entry)
    return len(found)


def _difference(work: Work, document: str, count: Count) -> Move | None:
    quantity, value = moves.held(work.reader, count.product_id, count.location)
    difference = count.counted - quantity
    if difference == 0:
        return None
    if difference > 0:
        worth = Money(per_scale_half_up(count.cost_fen, difference, count.scale))
    else:
        worth = value_of_part(value, quantity, -difference)
    key = f"{document}:{count.product_code}:{count.location}"
    return postings.counted(key, document, count.product_id, count.location, difference, worth)


def count(work: Work, counted: Count, reason: str) -> list[str]:
    """Book one count, also one that leaves less than is promised; the orders it leaves short.

    A count is a fact, however much was promised: what becomes of the orders is for their
    customers to choose (RTL-SHT-01). Numbers of orders, the latest promise first.
    """
    require(work, "stock.count")
    take_counts(work, work.request.id, [counted])
    supply = queries.supplies(work.reader, {counted.product_id: 0}, counted.location)[0]
    work.record("count stock", counted.product_code, counted=counted.counted, reason=reason)
    if supply.reserved <= supply.on_hand - supply.display:
        return []
    return queries.promised_to(work.reader, counted.product_id, counted.location)


def reserve(work: Work, order_id: int, location: str, wanted: Mapping[int, int]) -> None:
    """Promise goods to an order; the caller has judged `supply_confirmed` in this transaction."""
    from kac.desk.stock.tables import Reservation

    work.add_all(
        [
            Reservation(
                order_id=order_id,
                product_id=product_id,
                location=location,
                quantity=quantity,
                at=work.now,
            )
            for product_id, quantity in wanted.items()
        ]
    )


def end_reservations(work: Work, order_id: int, how: str) -> None:
    """End what an order was promised: `released` to others, or `loaded` on the vehicle."""
    from kac.desk.stock.tables import ReservationEnd

    work.add_all(
        [
            ReservationEnd(reservation_id=row["id"], how=how, at=work.now)
            for row in queries.open_reservations(work.reader, order_id)
        ]
    )
