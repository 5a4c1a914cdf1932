"""What the books say when money comes and when finance has seen it."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import BANK, CASH, CUSTOMER_DEPOSITS, UNVERIFIED
from kac.ledger.entry import Entry, Posting

_ARRIVES = {"transfer": BANK, "cash": CASH}


def received(number: str, amount: Money) -> Entry:
    """Money said to have come: owed to the customer until goods are delivered."""
    return Entry(
        f"payment:{number}:received",
        number,
        "money received",
        (Posting(UNVERIFIED, CUSTOMER_DEPOSITS, amount),),
    )


def verified(number: str, method: str, amount: Money) -> Entry:
    """Money that finance has seen in the account or in the till."""
    return Entry(
        f"payment:{number}:verified",
        number,
        "money verified",
        (Posting(_ARRIVES[method], UNVERIFIED, amount),),
    )
