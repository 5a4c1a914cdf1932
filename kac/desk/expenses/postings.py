"""What the books say when an expense is reimbursed."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import CASH, SELLING_COSTS
from kac.ledger.entry import Entry, Posting


def reimbursed(number: str, amount: Money) -> Entry:
    """Cash back to the business manager who spent it."""
    return Entry(
        f"expense:{number}:reimbursed",
        number,
        "expense reimbursed",
        (Posting(SELLING_COSTS, CASH, amount),),
    )
