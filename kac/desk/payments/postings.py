"""What the books say when money comes, when finance has seen it, and when it goes back."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import (
    ALIPAY,
    BANK,
    CARD_TERMINAL,
    CASH,
    CHEQUES,
    CUSTOMER_DEPOSITS,
    OPENING,
    UNVERIFIED,
    WECHAT,
)
from kac.ledger.entry import Entry, Posting

# Where money lies once finance has seen it; a cheque's lies in the bank when it has cleared.
ARRIVES = {
    "transfer": BANK,
    "cash": CASH,
    "wechat": WECHAT,
    "alipay": ALIPAY,
    "pos": CARD_TERMINAL,
    "cheque": BANK,
}


def received(number: str, method: str, amount: Money) -> Entry:
    """Money said to have come: owed to the customer until goods are delivered."""
    return Entry(
        f"payment:{number}:received",
        number,
        "money received",
        (Posting(_waits(method), CUSTOMER_DEPOSITS, amount),),
    )


def verified(number: str, method: str, amount: Money) -> Entry:
    """Money that finance has seen in the account or in the till."""
    return Entry(
        f"payment:{number}:verified",
        number,
        "money verified",
        (Posting(ARRIVES[method], _waits(method), amount),),
    )


def taken_over(number: str, amount: Money) -> Entry:
    """Money that was held for a customer when the books were begun."""
    return Entry(
        f"opening:{number}",
        number,
        "opening balance",
        (Posting(OPENING, CUSTOMER_DEPOSITS, amount),),
    )


def _waits(method: str) -> str:
    return CHEQUES if method == "cheque" else UNVERIFIED
