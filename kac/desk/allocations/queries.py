"""Reading allocations: what money is for, what it was for, and which orders want some."""

from __future__ import annotations

from kac.db.reader import Reader, Row
from kac.desk.allocations.policy import CollectionPolicy
from kac.desk.allocations.rules import AgreementFacts, Want
from kac.desk.deliveries.queries import any_signed
from kac.desk.orders import queries as orders


def of_payment(reader: Reader, payment_id: int) -> list[Row]:
    """What a payment is for now, in order of allocation.

    `kept_by` is the slip that the money sent off; what goes on credit went off without it.
    """
    return reader.all(
        "SELECT a.id, a.kind, a.amount_fen, a.order_id, o.number AS order_number, a.on_day,"
        " a.allocated_by, coalesce(d.number, '') AS slip, coalesce(d.state, '') AS slip_state,"
        " CASE WHEN o.payment_terms IN ('credit', 'monthly') THEN ''"
        " ELSE coalesce(d.number, '') END AS kept_by"
        " FROM v_allocation a JOIN sales_order o ON o.id = a.order_id"
        " LEFT JOIN dispatch d ON d.id = (SELECT max(x.id) FROM dispatch x"
        "  WHERE x.order_id = a.order_id AND x.state <> 'void')"
        " WHERE a.payment_id = :id ORDER BY a.id",
        id=payment_id,
    )


def history(reader: Reader, payment_id: int) -> list[Row]:
    """Every allocation of a payment and every one taken away again, as they were written."""
    return reader.all(
        "SELECT a.id, o.number AS order_number, a.kind, a.reverses IS NOT NULL AS taken_away,"
        " CASE WHEN a.reverses IS NULL THEN a.amount_fen ELSE -a.amount_fen END AS amount_fen,"
        " a.reason, a.allocated_by, a.on_day FROM payment_allocation a"
        " JOIN sales_order o ON o.id = a.order_id WHERE a.payment_id = :id ORDER BY a.id",
        id=payment_id,
    )


def of_order(reader: Reader, order_id: int) -> list[Row]:
    """What is allocated to an order now, with the money that it comes from."""
    return reader.all(
        "SELECT * FROM v_allocation WHERE order_id = :id AND held ORDER BY id", id=order_id
    )


def wanting(reader: Reader, customer_id: int) -> list[Want]:
    """Reviewed and later orders of a customer that still cost something, the oldest first."""
    rows = reader.all(
        "SELECT number, total_fen - returned_fen - received_fen AS owed_fen FROM v_order"
        " WHERE customer_id = :customer AND total_fen - returned_fen > received_fen"
        " AND state IN ('reviewed', 'slip_issued', 'partly_delivered', 'delivered', 'closed')"
        " ORDER BY on_day, id",
        customer=customer_id,
    )
    return [Want(row["number"], row["owed_fen"]) for row in rows]


def agreement(reader: Reader, order: Row) -> AgreementFacts:
    """What is agreed about the invoice of an order; asked once goods went before their money."""
    row = reader.first(
        "SELECT number, state FROM invoice WHERE order_id = :id AND state IN"
        " ('requested', 'agreed', 'issued', 'waived') ORDER BY state = 'requested', id LIMIT 1",
        id=order["id"],
    )
    policy = orders.policy(reader, order).section("collection", CollectionPolicy)
    asked = order["payment_terms"] in policy.agree_first and any_signed(reader, order["id"])
    number, state = (row["number"], row["state"]) if row else ("", "")
    return AgreementFacts(order["number"], asked, number, state)
