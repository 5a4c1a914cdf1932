"""What is said of money that was taken or spread."""

from __future__ import annotations

from kac.core.i18n import _
from kac.core.money import Money
from kac.db.work import Outcome, Work
from kac.desk.allocations import queries
from kac.desk.orders import actions as orders
from kac.desk.payments import actions as payments
from kac.desk.payments import queries as payment_queries


def recorded(work: Work, order: str, number: str) -> Outcome:
    """What to say of money just taken for one order."""
    payment = payment_queries.by_number(work.reader, number)
    row = orders.gathered(work, order)[0]
    owed = payment_queries.money(work.reader, row).owed_fen
    amount = Money(payment["amount_fen"])
    says = _("{number}: {amount} received for {order}, {owed} still owed").format(
        number=number, amount=amount, order=order, owed=Money(owed)
    )
    document = {
        "number": number,
        "state": payment["state"],
        "order": order,
        "kind": payment["kind"],
        "amount": amount.plain(),
        "owed": Money(owed).plain(),
    }
    hints = (f"kac payment print {number}", f"kac payment verify {number}")
    return Outcome(document, (says,), hints)


def allocated(work: Work, number: str) -> Outcome:
    """What to say of money that is spread over orders, or over none."""
    row = payment_queries.by_number(work.reader, number)
    living = queries.of_payment(work.reader, row["id"])
    says = [
        _("{number}: {amount} for {order}").format(
            number=number, amount=Money(each["amount_fen"]), order=each["order_number"]
        )
        for each in living
    ]
    free = Money(row["free_fen"])
    says.append(_("{number}: {free} is for nothing yet").format(number=number, free=free))
    shares = [
        {"order": each["order_number"], "amount": Money(each["amount_fen"]).plain()}
        for each in living
    ]
    hints = [f"kac payment print {number}"]
    if row["state"] == "received":
        hints.append(f"kac payment verify {number}")
    if free:
        hints.append(f"kac payment allocate {number} --fifo")
    return Outcome(
        {**payments.document(work, number), "allocated": shares}, tuple(says), tuple(hints)
    )
