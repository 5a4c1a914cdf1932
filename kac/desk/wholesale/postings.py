"""What the books say when goods are set aside, when the customer has them, and when they return."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.money import Money, total
from kac.ledger.chart import (
    COST_OF_SALES,
    CUSTOMER,
    GOODS_OWED,
    GOODS_TO_REFUND,
    INVENTORY,
    REVENUE,
    SCRAPPED,
    SCRAPPED_GOODS,
    SHIPPED,
    TRANSIT,
)
from kac.ledger.entry import Entry, Move, Posting


def set_aside(number: str, product_id: int, location: str, quantity: int, value: Money) -> Move:
    """Goods off the shelf: nobody else is promised them."""
    key = f"{number}:{product_id}:prepared"
    return Move(key, number, product_id, location, TRANSIT, quantity, value)


def handed(number: str, product_id: int, quantity: int, value: Money) -> Move:
    """Goods in the customer's hands."""
    key = f"{number}:{product_id}:delivered"
    return Move(key, number, product_id, TRANSIT, CUSTOMER, quantity, value)


def back(number: str, product_id: int, from_place: str, location: str, goods: Move) -> Move:
    """The same goods on the shelf again."""
    key = f"{number}:{product_id}:back"
    return Move(key, number, product_id, from_place, location, goods.quantity, goods.value)


def prepared(number: str, moves: Sequence[Move]) -> Entry | None:
    """Goods set aside, at cost; None when they are worth nothing."""
    return _of(f"wholesale:{number}:prepared", number, "goods prepared", _cost(moves))


def _cost(moves: Sequence[Move]) -> tuple[Posting, ...]:
    cost = total([move.value for move in moves])
    return (Posting(SHIPPED, INVENTORY, cost),) if cost else ()


def _of(key: str, number: str, memo: str, postings: tuple[Posting, ...]) -> Entry | None:
    return Entry(key, number, memo, postings) if postings else None


def delivered(number: str, price: Money, moves: Sequence[Move]) -> Entry:
    """The sale: owed by the customer, or paid in advance; the goods are its cost."""
    cost = total([move.value for move in moves])
    postings = [Posting(GOODS_OWED, REVENUE, price)]
    if cost:
        postings.append(Posting(COST_OF_SALES, SHIPPED, cost))
    return Entry(f"wholesale:{number}:delivered", number, "goods delivered", tuple(postings))


def returned(
    number: str, nth: int, product_id: int, location: str, part: tuple[int, Money]
) -> Move:
    """A part of goods, quantity and value, from the customer to the shelf, the `nth` time."""
    quantity, value = part
    key = f"{number}:{product_id}:returned:{nth}"
    return Move(key, number, product_id, CUSTOMER, location, quantity, value)


def scrapped(number: str, nth: int, product_id: int, part: tuple[int, Money]) -> Move:
    """A part of goods, quantity and value, that came back good for nothing."""
    quantity, value = part
    key = f"{number}:{product_id}:scrapped:{nth}"
    return Move(key, number, product_id, CUSTOMER, SCRAPPED, quantity, value)


def came_back(
    number: str, nth: int, unpaid: Money, paid: Money, moves: Sequence[Move]
) -> Entry | None:
    """Goods that came back are sold no more: less is owed, or what was paid is owed back."""
    parts = [(REVENUE, GOODS_OWED, unpaid), (REVENUE, GOODS_TO_REFUND, paid)]
    for move in moves:
        worthless = move.to_place == SCRAPPED
        parts.append((SCRAPPED_GOODS if worthless else INVENTORY, COST_OF_SALES, move.value))
    postings = tuple(Posting(debit, credit, amount) for debit, credit, amount in parts if amount)
    return _of(f"wholesale:{number}:returned:{nth}", number, "wholesale goods came back", postings)
