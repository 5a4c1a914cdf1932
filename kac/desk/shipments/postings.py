"""What the books say of shipments: goods stay ours at the office, their price is charged to it."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import (
    CHARGED_TO_OFFICES,
    COUNT_DIFFERENCES,
    COUNTED,
    INVENTORY,
    OWED_BY_OFFICES,
    PAYABLE,
    ROAD,
    SUPPLIER,
)
from kac.ledger.entry import Entry, Move, Posting


def leaves(number: str, product_id: int, location: str, quantity: int, value: Money) -> Move:
    """Goods from one of our locations onto the road."""
    return Move(
        f"{number}:{product_id}:shipped", number, product_id, location, ROAD, quantity, value
    )


def arrives(
    number: str, product_id: int, office: str, quantity: int, value: Money, *, supplied: bool
) -> Move:
    """Goods at the office: from the road, or from the supplier who shipped them itself."""
    here = SUPPLIER if supplied else ROAD
    return Move(
        f"{number}:{product_id}:received", number, product_id, here, office, quantity, value
    )


def bought(number: str, value: Money) -> Entry | None:
    """What a supplier shipped is owed to it; None when it is worth nothing."""
    if not value:
        return None
    posting = Posting(INVENTORY, PAYABLE, value)
    return Entry(f"shipment:{number}:received", number, "goods received", (posting,))


def missing(
    number: str, product_id: int, office: str, quantity: int, value: Money, *, supplied: bool
) -> Move:
    """Goods that, as was agreed, never came to the office."""
    there = SUPPLIER if supplied else COUNTED
    return Move(
        f"{number}:{product_id}:missing", number, product_id, office, there, quantity, value
    )


def missing_booked(number: str, value: Money, *, supplied: bool) -> Entry | None:
    """What did not come: the supplier is not owed for it, or it is a difference of ours."""
    if not value:
        return None
    debit = PAYABLE if supplied else COUNT_DIFFERENCES
    posting = Posting(debit, INVENTORY, value)
    return Entry(f"shipment:{number}:missing", number, "goods missing on the road", (posting,))


def charged(number: str, value: Money) -> Entry | None:
    """The price of a batch in the goods account of the office (DST-GDS-09); once, by its key."""
    if not value:
        return None
    posting = Posting(OWED_BY_OFFICES, CHARGED_TO_OFFICES, value)
    return Entry(f"shipment:{number}:charged", number, "goods charged to an office", (posting,))


def remitted(number: str, reference: str, value: Money) -> Entry:
    """What an office has handed on comes off its goods account (DST-GDS-14)."""
    posting = Posting(CHARGED_TO_OFFICES, OWED_BY_OFFICES, value)
    key = f"shipment:{number}:remitted:{reference}"
    return Entry(key, number, "money of an office handed on", (posting,))
