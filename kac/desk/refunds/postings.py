"""What the books say when money goes back to a customer."""

from __future__ import annotations

from kac.core.money import Money
from kac.desk.payments.postings import ARRIVES
from kac.ledger.chart import CARDS_TO_REFUND, CUSTOMER_DEPOSITS
from kac.ledger.entry import Entry, Posting


def paid(number: str, method: str, amount: Money, *, for_cards: bool = False) -> Entry:
    """Less is owed to the customer; it leaves the account in which it had arrived (A-36)."""
    owed = CARDS_TO_REFUND if for_cards else CUSTOMER_DEPOSITS
    return Entry(
        f"refund:{number}:paid",
        number,
        "refund paid",
        (Posting(owed, ARRIVES[method], amount),),
    )
