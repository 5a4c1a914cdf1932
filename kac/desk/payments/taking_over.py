"""Taking over: money that was held for a customer when the books were begun here."""

from __future__ import annotations

from kac.core.money import Money
from kac.db.work import Work
from kac.desk.payments import queries
from kac.desk.payments.actions import Receipt, refuse_twice, tidied
from kac.desk.payments.states import PAYMENT


def take_over(
    work: Work, customer_id: int, amount: Money, method: str, reference: str, payer: str, by: str
) -> str:
    """Write money down as received by one and verified by another; returns its number.

    The caller books it against the opening account: no bank and no till has it anew.
    """
    from kac.desk.payments.tables import Payment

    tidy = tidied(Receipt(amount, method, reference, payer), "kac opening confirm")
    refuse_twice(work, tidy)
    state = PAYMENT.after(PAYMENT.after(PAYMENT.start, "receive"), "verify")
    payment = work.add(
        Payment(
            number=work.number("SK"),
            customer_id=customer_id,
            method=tidy.method,
            amount_fen=tidy.amount.fen,
            reference=tidy.reference or None,
            recorded_nth=queries.recorded(work.reader, tidy.reference) + 1,
            payer=tidy.payer,
            cash_reason="",
            state=state,
            received_by=by,
            verified_by=work.actor.code,
            verified_at=work.now,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("take over", payment.number, amount_fen=tidy.amount.fen)
    return str(payment.number)
