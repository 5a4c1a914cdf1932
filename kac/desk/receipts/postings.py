"""What the books say when a supplier brings goods: they are ours, and their cost is owed."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import INVENTORY, PAYABLE, SUPPLIER
from kac.ledger.entry import Entry, Move, Posting


def arrives(number: str, product_id: int, location: str, quantity: int, value: Money) -> Move:
    """Goods from a supplier to a location."""
    key = f"{number}:{product_id}"
    return Move(key, number, product_id, SUPPLIER, location, quantity, value)


def received(number: str, value: Money) -> Entry | None:
    """What the goods cost is owed to the supplier; None when they are worth nothing."""
    if not value:
        return None
    posting = Posting(INVENTORY, PAYABLE, value)
    return Entry(f"receipt:{number}", number, "goods received", (posting,))
