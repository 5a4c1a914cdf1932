"""What the books say of money that is held as security: owed back, and never earned."""

from __future__ import annotations

from kac.core.money import Money
from kac.desk.payments.postings import ARRIVES
from kac.ledger.chart import SECURITY_DEPOSITS, UNVERIFIED
from kac.ledger.entry import Entry, Posting


def received(number: str, amount: Money) -> Entry:
    """Money said to have come, to be given back one day."""
    return Entry(
        f"security:{number}:received",
        number,
        "security deposit received",
        (Posting(UNVERIFIED, SECURITY_DEPOSITS, amount),),
    )


def verified(number: str, method: str, amount: Money) -> Entry:
    """Money that finance has seen in the account or in the till."""
    return Entry(
        f"security:{number}:verified",
        number,
        "security deposit verified",
        (Posting(ARRIVES[method], UNVERIFIED, amount),),
    )


def returned(number: str, method: str, amount: Money) -> Entry:
    """Money given back the way that it came."""
    return Entry(
        f"security:{number}:returned",
        number,
        "security deposit given back",
        (Posting(SECURITY_DEPOSITS, ARRIVES[method], amount),),
    )
