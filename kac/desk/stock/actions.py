"""Verbs of the stock: take a count in, promise goods, end a promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.money import Money, per_scale_half_up
from kac.core.quantity import format_quantity
from kac.core.values import dataclass
from kac.db.reader import Reader
from kac.db.work import Work
from kac.desk.staff.actions import require
from kac.desk.stock import holds, postings, queries
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
    possible(count)
    supply = queries.supplies(work.reader, {count.product_id: 0}, count.location)[0]
    if count.counted - count.display < supply.reserved + supply.kept:
        raise BadInput(
            _("{reserved} are promised to orders, only {free} would be left for them").format(
                reserved=format_quantity(supply.reserved + supply.kept, count.scale),
                free=format_quantity(count.counted - count.display, count.scale),
            )
        )


def possible(count: Count) -> None:
    """Refuse a count with more samples than goods."""
    if count.display > count.counted:
        raise BadInput(
            _("{display} display samples of {counted} counted").format(
                display=format_quantity(count.display, count.scale),
                counted=format_quantity(count.counted, count.scale),
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
    possible(counted)
    take_counts(work, work.request.id, [counted])
    work.record("count stock", counted.product_code, counted=counted.counted, reason=reason)
    return left_short(work.reader, counted.product_id, counted.location)


def keep_samples(work: Work, document: str, product_id: int, location: str) -> None:
    """Where fewer goods are left than samples were counted, all that are left are samples."""
    from kac.desk.stock.tables import StockCount

    supply = queries.supplies(work.reader, {product_id: 0}, location)[0]
    if supply.display > supply.on_hand:
        work.add(
            StockCount(
                product_id=product_id,
                location=location,
                counted=supply.on_hand,
                display=supply.on_hand,
                document=document,
                on_day=work.on,
                at=work.now,
            )
        )


def left_short(reader: Reader, product_id: int, location: str) -> list[str]:
    """The orders to which more is promised at a location than is there, the latest first."""
    supply = queries.supplies(reader, {product_id: 0}, location)[0]
    if supply.available >= 0:
        return []
    return queries.promised_to(reader, product_id, location)


def reserve(work: Work, order_id: int, location: str, wanted: Mapping[int, int]) -> None:
    """Promise goods to an order; the caller has judged `supply_confirmed` in this transaction."""
    from kac.desk.stock.reservation_tables import Reservation

    work.add_all(
        [
            Reservation(
                order_id=order_id,
                product_id=product_id,
                location=location,
                quantity=quantity,
                on_day=work.on,
                at=work.now,
            )
            for product_id, quantity in wanted.items()
        ]
    )
    holds.take(work, order_id, location, wanted)


def end_reservations(work: Work, order_id: int, how: str) -> None:
    """End what an order was promised: `released` or `lapsed` for others, `loaded` for itself."""
    from kac.desk.stock.reservation_tables import ReservationEnd

    ended = queries.open_reservations(work.reader, order_id)
    work.add_all([ReservationEnd(reservation_id=row["id"], how=how, at=work.now) for row in ended])
    if how != "loaded":
        holds.give_back(work, order_id, ended)
