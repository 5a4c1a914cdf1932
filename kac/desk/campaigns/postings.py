"""What the books say of cash that was taken in a campaign."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import CAMPAIGN_DEPOSITS, CASH
from kac.ledger.entry import Entry, Posting


def deposited(number: str, amount: Money) -> Entry:
    """Cash of a homeowner in the cashier's box, owed to them until they buy."""
    return Entry(
        f"campaign:{number}",
        number,
        "deposit of a campaign",
        (Posting(CASH, CAMPAIGN_DEPOSITS, amount),),
    )
