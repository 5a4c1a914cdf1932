"""What the books say of opening balances: each against the opening account, none out of nothing."""

from __future__ import annotations

from kac.core.money import Money
from kac.desk.openings.rules import ACCOUNTS
from kac.ledger.chart import CUSTOMER_DEPOSITS, OPENING, RECEIVABLE
from kac.ledger.entry import Entry, Posting


def opened(document: str, kind: str, amount: Money) -> Entry:
    """A balance taken over: owed to us, or owed by us."""
    account = ACCOUNTS[kind]
    debit, credit = (account, OPENING) if kind == "owed" else (OPENING, account)
    return Entry(
        f"opening:{document}", document, "opening balance", (Posting(debit, credit, amount),)
    )


def settled(line: str, payment: str, place: int, amount: Money) -> Entry:
    """Money of a customer used for what was owed from before."""
    return Entry(
        f"opening:{line}:settled:{place}",
        payment,
        "money applied to an opening balance",
        (Posting(CUSTOMER_DEPOSITS, RECEIVABLE, amount),),
    )
