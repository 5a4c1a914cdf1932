"""What the books say when money on account pays for goods that the customer has already."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import CUSTOMER_DEPOSITS, RECEIVABLE
from kac.ledger.entry import Entry, Posting


def applied(allocation_id: int, payment: str, amount: Money) -> Entry:
    """Money held for a customer settles what the customer owes for delivered goods."""
    return Entry(
        f"allocation:{allocation_id}:applied",
        payment,
        "money applied to a delivered order",
        (Posting(CUSTOMER_DEPOSITS, RECEIVABLE, amount),),
    )


def released(allocation_id: int, payment: str, amount: Money) -> Entry:
    """Money that had settled delivered goods is taken away: the customer owes again."""
    return applied(allocation_id, payment, amount).reversed("money taken away from a delivery")
