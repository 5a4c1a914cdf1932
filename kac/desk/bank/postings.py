"""What the books say when a bank kept a charge: the account got less than the customer paid."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.entry import Entry, Posting


def charge(match_id: int, line: str, account: str, paid_from: str, fee: Money) -> Entry:
    """A charge that was kept of a payment, booked with the match that found it."""
    return Entry(
        f"bank_match:{match_id}:fee", line, "bank charge", (Posting(account, paid_from, fee),)
    )
