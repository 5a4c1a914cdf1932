"""What the books say when a rebate is paid out."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import BANK, CASH, REVENUE
from kac.ledger.entry import Entry, Posting

_GOES = {"transfer": BANK, "cash": CASH}


def paid(number: str, method: str, amount: Money) -> Entry:
    """Money back to the customer: less was earned."""
    return Entry(
        f"rebate:{number}:paid", number, "rebate paid", (Posting(REVENUE, _GOES[method], amount),)
    )
