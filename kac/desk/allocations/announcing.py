"""Announcing: what a customer says was sent for an order, at the counter or in a file."""

from __future__ import annotations

from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.db.reader import Row
from kac.db.work import Work
from kac.desk.allocations import rules
from kac.desk.customers import queries as customers
from kac.desk.payments import actions as payments
from kac.desk.payments import queries
from kac.desk.payments import rules as payment_rules
from kac.desk.payments.actions import Receipt


def announced(work: Work, order: Row, receipt: Receipt) -> str:
    """Write down what is said to have been sent for an order; returns its number (BLK-MNY-01).

    The caller has judged who may. Nothing is booked, allocated or verified by it.
    """
    rules.refuse_state(order["number"], order["state"])
    require_open(
        [payment_rules.not_too_much(queries.money(work.reader, order), receipt.amount)],
        _("no money is announced for {number}").format(number=order["number"]),
        refs={"order": order["number"]},
    )
    customer = customers.by_id(work.reader, order["customer_id"])
    command = f"kac payment declare {order['number']}"
    return payments.declare(work, order, customer, receipt, command)


def taken(work: Work, customer: Row, receipt: Receipt, command: str, declared: str) -> str:
    """Money that comes, or that was declared and is here now. Returns its number."""
    if declared:
        return payments.arrive(work, queries.find(work.reader, declared, work.speaker))
    return payments.take(work, customer, receipt, command)


def whose(work: Work, declared: str, subject: str, customer: Row) -> list[Gate]:
    """What one customer declared is the money of no other (DST-GDS-07); none where undeclared."""
    if not declared:
        return []
    row = queries.find(work.reader, declared, work.speaker)
    payer = f"{row['customer_name']} ({row['customer']})"
    owner = f"{customer['name']} ({customer['number']})"
    return [rules.same_customer(row["number"], payer, subject, owner)]
