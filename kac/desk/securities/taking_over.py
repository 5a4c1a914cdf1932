"""Taking over: security that was held under a contract when the books were begun here."""

from __future__ import annotations

from kac.core.money import Money
from kac.db.work import Work
from kac.desk.securities.actions import Sum, tidied
from kac.desk.securities.states import SECURITY


def take_over(
    work: Work, contract_id: int, amount: Money, method: str, reference: str, payer: str, by: str
) -> str:
    """Write a deposit down as received by one and verified by another; returns its number.

    The caller books it against the opening account (RTL-MTH-03).
    """
    from kac.desk.securities.tables import SecurityDeposit

    tidy = tidied(work, Sum(amount, method, reference, payer))
    row = work.add(
        SecurityDeposit(
            number=work.number("BZ"),
            contract_id=contract_id,
            amount_fen=tidy.amount.fen,
            method=tidy.method,
            reference=tidy.reference or None,
            payer=tidy.payer,
            state=SECURITY.after(SECURITY.start, "verify", subject=""),
            received_by=by,
            verified_by=work.actor.code,
            verified_at=work.now,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("take over", row.number, amount_fen=tidy.amount.fen)
    return str(row.number)
