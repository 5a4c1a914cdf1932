"""Reading covers: the documents of a customer's exposure, and what stands behind an order."""

from __future__ import annotations

from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.money import Money
from kac.db import policybook
from kac.db.reader import Reader, Row
from kac.desk.approvals import queries as approvals
from kac.desk.contracts.policy import SecurityPolicy
from kac.desk.covers.exposure import ON_CREDIT, Allocated, Exposure, Part, Sale, exposure
from kac.desk.covers.rules import (
    Agreement,
    CoverFacts,
    Letter,
    Pickup,
    due_on,
    month_fen,
    over,
)
from kac.desk.deliveries import queries as deliveries
from kac.desk.deliveries.rules import earned as earned_of
from kac.desk.limits import queries as limits


def of_customer(reader: Reader, customer_id: int) -> Exposure:
    """What a customer owes and will owe, document by document; what was owed from before first."""
    before = reader.all(
        "SELECT number, open_fen FROM v_opening_line WHERE customer_id = :id AND open_fen > 0"
        " ORDER BY id",
        id=customer_id,
    )
    sales = reader.all(
        "SELECT id, number, state, payment_terms, total_fen, returned_fen, deposit_fen,"
        " received_fen FROM v_order WHERE customer_id = :id AND ((state IN ('delivered', 'closed')"
        " AND verified_fen <> total_fen - returned_fen) OR state = 'partly_delivered'"
        " OR (state IN ('reviewed', 'slip_issued')"
        " AND payment_terms IN ('credit', 'monthly'))) ORDER BY id",
        id=customer_id,
    )
    money = [each for sale in sales for each in _money(reader, sale)]
    here = exposure([_sale(reader, row) for row in sales], money)
    parts = [Part("receivable", row["number"], "", row["open_fen"]) for row in before]
    return Exposure((*parts, *here.parts))


def _sale(reader: Reader, row: Row) -> Sale:
    delivered = earned = 0
    if row["state"] == "partly_delivered":
        parts = deliveries.sale(reader, row)
        delivered, earned = parts.delivered_fen, earned_of(parts)
    kept = row["total_fen"] - row["returned_fen"]
    whole = (row["number"], row["state"], row["payment_terms"], kept)
    return Sale(*whole, delivered, earned)


def _money(reader: Reader, sale: Row) -> list[Allocated]:
    rows = reader.all(
        "SELECT payment, method, payment_state, sum(amount_fen) AS amount_fen FROM v_allocation"
        " WHERE order_id = :id AND held GROUP BY payment, method, payment_state ORDER BY payment",
        id=sale["id"],
    )
    return [
        Allocated(
            row["payment"],
            sale["number"],
            row["method"],
            row["payment_state"] == "verified",
            row["amount_fen"],
        )
        for row in rows
    ]


def of_order(reader: Reader, row: Row) -> CoverFacts | None:
    """What stands behind an order, a row of v_order_gate_facts; None for one that is prepaid."""
    if row["payment_terms"] not in ON_CREDIT:
        return None
    limit = limits.of_customer(reader, row["customer_id"])
    return CoverFacts(
        order=row["number"],
        customer=row["customer"],
        customer_name=row["customer_name"],
        terms=row["payment_terms"],
        limit=limit,
        beside_fen=of_customer(reader, row["customer_id"]).beside(row["number"]).total_fen,
        letter=letter(reader, row["id"]),
        approvers=tuple(dict.fromkeys((*_hands(reader, row), *(limit.signed_by if limit else ())))),
        **(_monthly(reader, row) if row["payment_terms"] == "monthly" else {}),
    )


def _monthly(reader: Reader, row: Row) -> dict[str, Any]:
    version = policybook.version(reader, row["policy_set"], row["policy_version"])
    natures = version.section("security", SecurityPolicy).good_natures
    nature = reader.value("SELECT nature FROM customer WHERE id = :id", id=row["customer_id"])
    every = pickups(reader, row["customer_id"])
    return {
        "agreements": agreed(reader, row["customer_id"]),
        "nature": nature if nature in natures else "",
        "pickups": tuple(each for each in every if each.order != row["number"]),
        "own_pickups": tuple(each for each in every if each.order == row["number"]),
        "slip": bool(row["dispatch"]),
    }


def agreed(reader: Reader, customer_id: int) -> tuple[Agreement, ...]:
    """The long-term supply contracts that are executed with a customer, in whatever term."""
    rows = reader.all(
        "SELECT number, from_day, to_day, security_fen, statement_day, due_day FROM v_contract"
        " WHERE customer_id = :id"
        " AND kind = 'supply' AND state = 'executing' ORDER BY number",
        id=customer_id,
    )
    return tuple(
        Agreement(
            row["number"],
            date.fromisoformat(row["from_day"]),
            date.fromisoformat(row["to_day"]),
            row["security_fen"],
            row["statement_day"],
            row["due_day"],
        )
        for row in rows
    )


def pickups(reader: Reader, customer_id: int) -> tuple[Pickup, ...]:
    """What a customer picked up by the month, what has a slip and has not left, what came back."""
    rows = reader.all(
        "SELECT document, order_number, day, amount_fen FROM v_pickup WHERE customer_id = :id"
        " UNION ALL SELECT document, order_number, day, -amount_fen AS amount_fen"
        " FROM v_pickup_back WHERE customer_id = :id ORDER BY document",
        id=customer_id,
    )
    return tuple(
        Pickup(
            row["document"],
            row["order_number"],
            date.fromisoformat(row["day"]) if row["day"] else None,
            row["amount_fen"],
        )
        for row in rows
    )


def monthly_orders(reader: Reader, customer_id: int) -> frozenset[str]:
    """The numbers of a customer's orders by the month."""
    rows = reader.all(
        "SELECT number FROM sales_order WHERE customer_id = :id AND payment_terms = 'monthly'",
        id=customer_id,
    )
    return frozenset(row["number"] for row in rows)


def _hands(reader: Reader, row: Row) -> list[str]:
    signed = approvals.signed(reader, row["approval_id"]) if row["approval_id"] else ()
    hands = [name for one in signed for name in (one.staff, one.on_behalf_of)]
    return [name for name in (row["reviewed_by"], *hands) if name]


def letter(reader: Reader, order_id: int) -> Letter | None:
    """The last letter for an order; a later one takes the place of those before."""
    row = reader.first(
        "SELECT number, guarantor, amount_fen, due_on FROM guarantee_letter WHERE order_id = :id"
        " ORDER BY id DESC LIMIT 1",
        id=order_id,
    )
    if row is None:
        return None
    due = date.fromisoformat(row["due_on"])
    return Letter(row["number"], row["guarantor"], row["amount_fen"], due)


def sold_on_credit_is_vouched_for(reader: Reader, _on: date) -> list[Finding]:
    """No slip of a sale on credit without a letter for it (RTL-PRI-03, RTL-PRI-04)."""
    rows = reader.all(
        "SELECT o.number, d.number AS slip, o.total_fen FROM v_order o"
        " JOIN dispatch d ON d.order_id = o.id WHERE o.payment_terms = 'credit'"
        " AND d.state <> 'void'"
        " AND o.verified_fen < o.total_fen - o.returned_fen AND NOT EXISTS"
        " (SELECT 1 FROM guarantee_letter g WHERE g.order_id = o.id) ORDER BY o.number"
    )
    return [
        Finding(
            "sold_on_credit_is_vouched_for",
            row["number"],
            _("{slip} went out for {total} on credit, and nobody vouches for it").format(
                slip=row["slip"], total=Money(row["total_fen"])
            ),
            ("RTL-PRI-03", "RTL-PRI-04"),
            f"kac order show {row['number']}",
        )
        for row in rows
    ]


def exposures_are_within_limits(reader: Reader, on: date) -> list[Finding]:
    """Customers who owe more than their limit, or on credit without one that holds: reminders.

    A cheque that bounced or a day that passed brings them here, nobody's refusal (RTL-CTL-01).
    """
    found = []
    for row in reader.all(_CREDIT_CUSTOMERS):
        limit = limits.of_customer(reader, row["id"])
        if limit is None and not row["on_credit"]:
            continue  # goods by the month under a contract that asks for no limit
        says = over(of_customer(reader, row["id"]), limit, row["name"], on)
        if says:
            fix = f"kac explain {row['number']}"
            rules = ("RTL-CTL-01", "A-65")
            check = "exposures_are_within_limits"
            found.append(Finding(check, row["number"], says, rules, fix, soft=True))
    return found


_CREDIT_CUSTOMERS = """
SELECT c.id, c.number, c.name,
       max(CASE WHEN o.payment_terms = 'credit' THEN 1 ELSE 0 END) AS on_credit
FROM customer c JOIN sales_order o ON o.customer_id = c.id
WHERE o.payment_terms IN ('credit', 'monthly')
AND o.state IN ('reviewed', 'slip_issued', 'partly_delivered', 'delivered', 'closed')
AND NOT EXISTS (SELECT 1 FROM v_security s WHERE s.customer_id = c.id AND s.state = 'verified'
                AND o.payment_terms = 'monthly')
GROUP BY c.id, c.number, c.name ORDER BY c.number
"""


def letters_are_paid_by_their_day(reader: Reader, on: date) -> list[Finding]:
    """Goods that somebody vouched for, not paid for by the day of the letter: reminders (A-47)."""
    rows = reader.all(
        "SELECT g.number, g.order_number, g.guarantor, g.due_on,"
        " o.total_fen - o.returned_fen - o.received_fen AS owed_fen"
        " FROM v_guarantee g JOIN v_order o ON o.id = g.order_id WHERE g.counts"
        " AND g.due_on < :day AND o.state IN ('delivered', 'closed')"
        " AND o.received_fen < o.total_fen - o.returned_fen ORDER BY g.due_on, g.number",
        day=on.isoformat(),
    )
    return [
        Finding(
            "letters_are_paid_by_their_day",
            row["order_number"],
            _("{owed} was due on {day}; {staff} vouches ({number})").format(
                owed=Money(row["owed_fen"]),
                day=row["due_on"],
                staff=row["guarantor"],
                number=row["number"],
            ),
            ("RTL-PRI-03", "A-47"),
            f"kac payment record {row['order_number']} --amount … --ref …",
            soft=True,
        )
        for row in rows
    ]


def months_are_within_security(reader: Reader, on: date) -> list[Finding]:
    """What was picked up in the month is not above the security held for it (RTL-MTH-04)."""
    found = []
    rows = reader.all(
        "SELECT DISTINCT p.customer_id, c.number, c.name FROM v_pickup p"
        " JOIN customer c ON c.id = p.customer_id WHERE substr(p.day, 1, 7) = :month"
        " ORDER BY c.number",
        month=f"{on:%Y-%m}",
    )
    for row in rows:
        security = sum(each.security_fen for each in agreed(reader, row["customer_id"]))
        taken = month_fen(pickups(reader, row["customer_id"]), on)
        if security and taken > security:
            says = _("{taken} picked up in {month}, security of {security}").format(
                taken=Money(taken), month=f"{on:%Y-%m}", security=Money(security)
            )
            fix = f"kac explain {row['number']}"
            check = "months_are_within_security"
            found.append(Finding(check, row["number"], says, ("RTL-MTH-04", "A-46"), fix))
    return found


def months_are_paid_by_their_day(reader: Reader, on: date) -> list[Finding]:
    """Goods by the month that are not paid for by the due day of their contract: reminders."""
    rows = reader.all(
        "SELECT p.customer_id, p.order_number, p.day,"
        " o.total_fen - o.returned_fen - o.received_fen AS owed_fen"
        " FROM v_pickup p JOIN v_order o ON o.id = p.order_id"
        " WHERE o.state IN ('delivered', 'closed')"
        " AND o.received_fen < o.total_fen - o.returned_fen"
        " ORDER BY p.order_number"
    )
    found = []
    for row in rows:
        picked_up = date.fromisoformat(row["day"])
        agreements = agreed(reader, row["customer_id"])
        due = max((due_on(picked_up, each) for each in agreements), default=picked_up)
        if due < on:
            says = _("{owed} was due on {day}").format(owed=Money(row["owed_fen"]), day=due)
            fix = f"kac payment record {row['order_number']} --amount … --ref …"
            check, rules = "months_are_paid_by_their_day", ("RTL-MTH-07", "A-25")
            found.append(Finding(check, row["order_number"], says, rules, fix, soft=True))
    return found


CHECKS = (
    sold_on_credit_is_vouched_for,
    exposures_are_within_limits,
    letters_are_paid_by_their_day,
    months_are_within_security,
    months_are_paid_by_their_day,
)
