"""What the books say when goods change their location: pieces that miss are a difference."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import COUNT_DIFFERENCES, COUNTED, INVENTORY, ROAD
from kac.ledger.entry import Entry, Move, Posting


def sent(number: str, product_id: int, location: str, quantity: int, value: Money) -> Move:
    """Goods from a location onto the road; they stay ours, and in the account of goods."""
    key = f"{number}:{product_id}:sent"
    return Move(key, number, product_id, location, ROAD, quantity, value)


def arrived(number: str, product_id: int, location: str, quantity: int, value: Money) -> Move:
    """Goods from the road to the location where they were received."""
    key = f"{number}:{product_id}:arrived"
    return Move(key, number, product_id, ROAD, location, quantity, value)


def missing(number: str, product_id: int, quantity: int, value: Money) -> Move:
    """Goods that were sent and did not come."""
    key = f"{number}:{product_id}:missing"
    return Move(key, number, product_id, ROAD, COUNTED, quantity, value)


def missing_booked(number: str, value: Money) -> Entry | None:
    """The value of what did not come; None when it is worth nothing."""
    if not value:
        return None
    posting = Posting(COUNT_DIFFERENCES, INVENTORY, value)
    return Entry(f"transfer:{number}", number, "goods missing on the road", (posting,))
