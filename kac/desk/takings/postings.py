"""What the books say of money on its way from the customer to finance."""

from __future__ import annotations

from kac.core.money import Money
from kac.ledger.chart import BANK, CARDS_OWED, CARRIED, CASH, CHEQUES, GOODS_OWED, IN_CUSTODY
from kac.ledger.entry import Entry, Posting

_OWED = {"card": CARDS_OWED, "goods": GOODS_OWED}
_ARRIVES = {"cash": CASH, "cheque": BANK, "ebank": BANK, "wire": BANK}
_HELD = {"with_manager": CARRIED, "in_custody": IN_CUSTODY, "at_bank": CHEQUES}


def reported(number: str, kind: str, amount: Money) -> Entry:
    """Cash or a cheque in the manager's hands: the customer owes it no more."""
    return Entry(
        f"taking:{number}:reported", number, "money taken", (Posting(CARRIED, _OWED[kind], amount),)
    )


def in_custody(number: str, amount: Money) -> Entry:
    """Money handed over to the department for the night."""
    return Entry(
        f"taking:{number}:custody",
        number,
        "money in custody",
        (Posting(IN_CUSTODY, CARRIED, amount),),
    )


def presented(number: str, state: str, amount: Money) -> Entry:
    """A cheque that lies with the bank: no money yet, and in nobody's hands any more."""
    return Entry(
        f"taking:{number}:presented",
        number,
        "cheque presented",
        (Posting(CHEQUES, _HELD[state], amount),),
    )


def settled(number: str, kind: str, funds: str, state: str, carried: bool, amount: Money) -> Entry:
    """Money that finance has; what nobody carried came straight from the customer."""
    source = _HELD[state] if carried else _OWED[kind]
    return Entry(
        f"taking:{number}:settled",
        number,
        "money settled",
        (Posting(_ARRIVES[funds], source, amount),),
    )


def returned(
    number: str, kind: str, funds: str, state: str, carried: bool, amount: Money
) -> Entry | None:
    """Money given back, or a cheque that bounced: the customer owes it again.

    What was only announced never stood in the books; None.
    """
    if state == "settled":
        source = _ARRIVES[funds]
    elif carried:
        source = _HELD[state]
    else:
        return None
    return Entry(
        f"taking:{number}:returned",
        number,
        "money given back",
        (Posting(_OWED[kind], source, amount),),
    )
