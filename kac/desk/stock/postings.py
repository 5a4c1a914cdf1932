"""What the books say when goods are counted."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import COUNT_DIFFERENCES, COUNTED, INVENTORY
from kac.ledger.entry import Entry, Move, Posting


def counted(
    key: str, document: str, product_id: int, location: str, difference: int, value: Money
) -> Move:
    """The move that brings the ledger to what was counted; `difference` in base units, not 0."""
    gained = difference > 0
    return Move(
        key=key,
        document=document,
        product_id=product_id,
        from_place=COUNTED if gained else location,
        to_place=location if gained else COUNTED,
        quantity=abs(difference),
        value=value,
    )


def count_booked(document: str, gained: Money, lost: Money) -> Entry | None:
    """The value of what a count found and missed; None when it is worth nothing."""
    postings = []
    if gained:
        postings.append(Posting(INVENTORY, COUNT_DIFFERENCES, gained))
    if lost:
        postings.append(Posting(COUNT_DIFFERENCES, INVENTORY, lost))
    if not postings:
        return None
    return Entry(f"count:{document}", document, "stock count", tuple(postings))
