"""What the books say when cards go to customers, and when unused ones come back."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import CARD_LIABILITY, CARDS_OWED, CARDS_TO_REFUND
from kac.ledger.entry import Entry, Posting


def delivered(number: str, worth: Money) -> Entry:
    """Cards in the customer's hands: owed by the customer, and owed to whoever spends them."""
    return Entry(
        f"cards:{number}:delivered",
        number,
        "cards delivered",
        (Posting(CARDS_OWED, CARD_LIABILITY, worth),),
    )


def came_back(number: str, cards: str, which: int, unpaid: Money, paid: Money) -> Entry:
    """Unused cards that came back, the `which` time that any of this sale did.

    What was not paid for is owed no more; what was is owed back.
    """
    parts = ((CARDS_OWED, unpaid), (CARDS_TO_REFUND, paid))
    return Entry(
        f"cards:{number}:back:{which}",
        number,
        f"unused cards {cards} came back",
        tuple(Posting(CARD_LIABILITY, account, worth) for account, worth in parts if worth),
    )
