"""What the books say when money goes back to a customer."""

from __future__ import annotations

from kac.core.money import Money
from kac.desk.payments.postings import ARRIVES
from kac.ledger.chart import CUSTOMER_DEPOSITS
from kac.ledger.entry import Entry, Posting


def paid(number: str, method: str, amount: Money) -> Entry:
    """Less is owed to the customer; it leaves the account in which it had arrived (A-36)."""
    return Entry(
        f"refund:{number}:paid",
        number,
        "refund paid",
        (Posting(CUSTOMER_DEPOSITS, ARRIVES[method], amount),),
    )
