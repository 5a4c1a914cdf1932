"""The proofs of the slips: paid for, gone, and together what was ordered."""

from __future__ import annotations

from datetime import date

from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.reader import Reader, Row
from kac.desk.deliveries import queries as deliveries
from kac.desk.deliveries.rules import to_be_paid
from kac.desk.orders import queries as orders


def dispatched_are_paid(reader: Reader, _on: date) -> list[Finding]:
    """Three-way match: a slip has an order, and the money for it came and was verified.

    What is sold on credit has proofs of its own.
    """
    rows = reader.all(
        "SELECT o.* FROM v_order_gate_facts o"
        " WHERE o.dispatch <> '' AND o.verified_fen <> o.total_fen - o.returned_fen"
        " AND o.payment_terms NOT IN ('credit', 'monthly') ORDER BY o.number"
    )
    found = []
    for row in rows:
        policy = deliveries.policy(orders.policy(reader, row))
        due = to_be_paid(deliveries.sale(reader, row), policy)
        if due <= row["verified_fen"] <= row["total_fen"] - row["returned_fen"]:
            continue
        says = _("{slip} went out for {total}, verified money is {verified}").format(
            slip=row["dispatch"], total=Money(due), verified=Money(row["verified_fen"])
        )
        rules = ("RTL-PRI-02", "RTL-PAY-04")
        command = f"kac order show {row['number']}"
        found.append(Finding("dispatched_are_paid", row["number"], says, rules, command))
    return found


def dispatched_equals_ordered(reader: Reader, _on: date) -> list[Finding]:
    """Three-way match: the goods that left are the goods on the slip, line by line."""
    rows = reader.all(
        "SELECT t.number, t.slip, t.product_id, sum(t.ordered) AS ordered, sum(t.left_) AS moved"
        " FROM (SELECT o.number, l.number AS slip, l.product_id, l.quantity AS ordered,"
        "  0 AS left_ FROM v_dispatch_line l JOIN sales_order o ON o.id = l.order_id"
        "  WHERE l.state NOT IN ('issued', 'void')"
        "  UNION ALL SELECT o.number, m.document AS slip, m.product_id, 0 AS ordered,"
        "  m.quantity AS left_ FROM stock_move m JOIN dispatch d ON d.number = m.document"
        "  JOIN sales_order o ON o.id = d.order_id WHERE m.to_place = '@transit') t"
        " GROUP BY t.number, t.slip, t.product_id HAVING sum(t.ordered) <> sum(t.left_)"
    )
    return [
        Finding(
            "dispatched_equals_ordered",
            row["number"],
            _("{slip}: {ordered} base units on the slip, {moved} left").format(
                slip=row["slip"], ordered=row["ordered"], moved=row["moved"]
            ),
            ("RTL-CTL-07",),
            f"kac dispatch show {row['slip']}",
        )
        for row in rows
    ]


def slips_add_up(reader: Reader, _on: date) -> list[Finding]:
    """Of every line what is out, open and cut is what was ordered, in pieces and in money.

    Nothing is on more slips than was ordered; what counts as delivered is (RTL-CTL-07).
    """
    rows = reader.all(
        "SELECT t.number, t.code, t.quantity, t.taken, t.cut FROM"
        " (SELECT l.*, l.on_slips - l.refused AS taken FROM v_part l) t"
        " WHERE t.taken + t.cut > t.quantity OR (t.state IN ('delivered', 'closed') AND"
        " (t.taken + t.cut <> t.quantity OR t.unsigned_ > 0)) OR (t.on_slips > 0 AND t.state"
        " NOT IN ('slip_issued', 'partly_delivered', 'delivered', 'closed'))"
        " ORDER BY t.number, t.code"
    )
    says = _("{code}: {quantity} base units ordered, {taken} out, {cut} cut")
    found = [
        Finding("slips_add_up", row["number"], says.format(**dict(row)), _RULES, _show(row))
        for row in rows
    ]
    for row in reader.all(
        "SELECT o.number, o.total_fen, d.amount_fen FROM v_order o JOIN (SELECT order_id,"
        " sum(amount_fen - refused_fen) AS amount_fen FROM v_dispatch WHERE state <> 'void'"
        " GROUP BY order_id) d ON d.order_id = o.id WHERE o.state IN ('delivered', 'closed')"
        " AND o.total_fen <> d.amount_fen ORDER BY o.number"
    ):
        told = _("the order is {total}, its slips come to {slips}").format(
            total=Money(row["total_fen"]), slips=Money(row["amount_fen"])
        )
        found.append(Finding("slips_add_up", row["number"], told, _RULES, _show(row)))
    return found


def _show(row: Row) -> str:
    return f"kac order show {row['number']}"


_RULES = ("RTL-CTL-07", "CRH-DAT-02")


CHECKS = (
    dispatched_are_paid,
    dispatched_equals_ordered,
    slips_add_up,
)
