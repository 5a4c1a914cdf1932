"""What the books say when money goes back to a customer."""

from __future__ import annotations

from kac.core.money import Money
from kac.desk.payments.postings import ARRIVES
from kac.ledger.chart import CARDS_TO_REFUND, CUSTOMER_DEPOSITS, GOODS_TO_REFUND
from kac.ledger.entry import Entry, Posting

# Where what is owed back stands, by what the money was for.
_OWED = {"card": CARDS_TO_REFUND, "goods": GOODS_TO_REFUND, "": CUSTOMER_DEPOSITS}


def paid(number: str, method: str, amount: Money, kind: str = "") -> Entry:
    """Less is owed to the customer; it leaves the account in which it had arrived (A-36).

    `kind` is what money settled at the finance window was for: `card` or `goods`.
    """
    owed = _OWED[kind]
    return Entry(
        f"refund:{number}:paid",
        number,
        "refund paid",
        (Posting(owed, ARRIVES[method], amount),),
    )
