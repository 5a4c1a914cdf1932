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
    """The sale: what was `paid` for it is earned, the rest is owed; the goods are its cost.

    Where more of the money is earned now than this slip costs, the rest settles earlier slips.
    """
    cost = total([move.value for move in moves])
    now = Money(max(0, min(paid.fen, price.fen)))
    owed = price - now
    postings = []
    if now:
        postings.append(Posting(CUSTOMER_DEPOSITS, REVENUE, now))
    if owed:
        postings.append(Posting(RECEIVABLE, REVENUE, owed))
    postings += settling(paid - now)
    if cost:
        postings.append(Posting(COST_OF_SALES, SHIPPED, cost))
    if not postings:
        return None
    return Entry(f"dispatch:{slip}:signed", slip, "goods delivered", tuple(postings))


def settling(amount: Money) -> list[Posting]:
    """Money held that settles what was delivered before; below nothing it is owed again."""
    if amount.fen > 0:
        return [Posting(CUSTOMER_DEPOSITS, RECEIVABLE, amount)]
    return [Posting(RECEIVABLE, CUSTOMER_DEPOSITS, Money(-amount.fen))] if amount.fen else []


def cut(order: str, nth: int, slip: str, amount: Money) -> Entry | None:
    """Nothing more goes out: the deposit that was kept for the rest settles what was delivered."""
    postings = settling(amount)
    if not postings:
        return None
    return Entry(f"dispatch:{order}:cut:{nth}", slip, "rest of an order cut", tuple(postings))
