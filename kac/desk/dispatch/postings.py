"""What the books say when goods leave and when the customer has them."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.money import Money, total
from kac.ledger.chart import (
    COST_OF_SALES,
    CUSTOMER,
    CUSTOMER_DEPOSITS,
    INVENTORY,
    RECEIVABLE,
    REVENUE,
    SHIPPED,
    TRANSIT,
)
from kac.ledger.entry import Entry, Move, Posting


def leaves(slip: str, product_id: int, location: str, quantity: int, value: Money) -> Move:
    """Goods from a location onto the vehicle."""
    key = f"{slip}:{product_id}:loaded"
    return Move(key, slip, product_id, location, TRANSIT, quantity, value)


def arrives(slip: str, product_id: int, quantity: int, value: Money) -> Move:
    """Goods from the vehicle to the customer."""
    key = f"{slip}:{product_id}:signed"
    return Move(key, slip, product_id, TRANSIT, CUSTOMER, quantity, value)


def loaded(slip: str, moves: Sequence[Move]) -> Entry | None:
    """Goods on their way, at cost; None when they are worth nothing."""
    cost = total([move.value for move in moves])
    if not cost:
        return None
    return Entry(
        f"dispatch:{slip}:loaded", slip, "goods loaded", (Posting(SHIPPED, INVENTORY, cost),)
    )


def delivered(slip: str, price: Money, paid: Money, moves: Sequence[Move]) -> Entry | None:
    """The sale: what was `paid` for it is earned, the rest is owed; the goods are its cost."""
    cost = total([move.value for move in moves])
    owed = price - paid
    postings = []
    if paid:
        postings.append(Posting(CUSTOMER_DEPOSITS, REVENUE, paid))
    if owed:
        postings.append(Posting(RECEIVABLE, REVENUE, owed))
    if cost:
        postings.append(Posting(COST_OF_SALES, SHIPPED, cost))
    if not postings:
        return None
    return Entry(f"dispatch:{slip}:signed", slip, "goods delivered", tuple(postings))
