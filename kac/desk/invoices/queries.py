"""Reading invoices: by number or order, those that wait, the register, rows for the tax client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.policybook import DESK, PolicyVersion, in_force
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.allocations import queries as allocations
from kac.desk.allocations.rules import content_agreed
from kac.desk.deliveries import queries as deliveries
from kac.desk.invoices import rules
from kac.desk.invoices.policy import InvoicePolicy
from kac.desk.invoices.rules import InvoiceFacts, SaleFacts
from kac.desk.orders import queries as orders

KIND = "FP"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The invoice meant: by its number, the tax bureau's, or its order's where it has one alone."""
    word = reference.strip()
    rows = reader.all(
        "SELECT * FROM v_invoice WHERE :word <> '' AND (invoice_no = :word OR red_no = :word)",
        word=word,
    )
    if not rows and word[:2].upper() == "DD":
        order = resolve(reader, "DD", "sales_order", word, speaker)
        rows = reader.all(
            "SELECT * FROM v_invoice WHERE order_number = :number"
            " AND state IN ('requested', 'agreed', 'issued')",
            number=order,
        )
    if len(rows) == 1:
        return rows[0]
    return by_number(reader, resolve(reader, KIND, "invoice", reference, speaker))


def by_number(reader: Reader, number: str) -> Row:
    """The invoice of a number that is known to be there."""
    return reader.one("SELECT * FROM v_invoice WHERE number = :number", number=number)


def listing(
    reader: Reader, state: str = "", order_id: int = 0, *, waiting: bool = False
) -> list[Row]:
    """Invoices, the newest first; `waiting` are those that are not issued yet."""
    return reader.all(
        "SELECT * FROM v_invoice WHERE (:state = '' OR state = :state)"
        " AND (:order_id = 0 OR order_id = :order_id)"
        " AND (:waiting = 0 OR state IN ('requested', 'agreed')) ORDER BY id DESC",
        state=state,
        order_id=order_id,
        waiting=int(waiting),
    )


def register(reader: Reader, since: str = "", until: str = "") -> list[Row]:
    """What was issued, in the order of its days; red letters are below nothing."""
    return reader.all(
        "SELECT * FROM v_invoice_register WHERE day >= :since AND (:until = '' OR day <= :until)"
        " ORDER BY day, invoice_no",
        since=since,
        until=until,
    )


def number_taken(reader: Reader, invoice_no: str) -> str:
    """The invoice or red letter that has this number of the tax bureau; empty for none."""
    row = reader.first(
        "SELECT number FROM v_invoice_register WHERE invoice_no = :number", number=invoice_no
    )
    return str(row["number"]) if row else ""


def policy(version: PolicyVersion) -> InvoicePolicy:
    """What must be before an invoice is issued."""
    return version.section("invoice", InvoicePolicy)


def sale(reader: Reader, order: Row, beside: int = 0) -> SaleFacts:
    """An order with its living invoices, all but the one with the id `beside`."""
    row = reader.one(
        "SELECT coalesce(sum(amount_fen), 0) AS asked_fen,"
        " coalesce(sum(CASE WHEN state = 'issued' THEN amount_fen ELSE 0 END), 0) AS issued_fen"
        " FROM invoice WHERE order_id = :order AND id <> :beside"
        " AND state IN ('requested', 'agreed', 'issued')",
        order=order["id"],
        beside=beside,
    )
    return SaleFacts(
        order=order["number"],
        state=order["state"],
        terms=order["payment_terms"],
        total_fen=order["total_fen"] - order["returned_fen"],
        verified_fen=order["verified_fen"],
        asked_fen=row["asked_fen"],
        issued_fen=row["issued_fen"],
        delivered_fen=deliveries.sale(reader, order).delivered_fen if order["dispatch"] else 0,
    )


def facts(reader: Reader, row: Row, order: Row) -> InvoiceFacts:
    """An invoice as its gates see it."""
    beside = sale(reader, order, row["id"])
    return InvoiceFacts(row["number"], row["state"], row["amount_fen"], beside)


def agreed(reader: Reader, row: Row, order: Row, may: Mapping[str, tuple[str, ...]]) -> Gate:
    """Whether what is written on this invoice is agreed, where the terms of the sale ask for it."""
    about = allocations.agreement(reader, order)
    own = type(about)(about.order, about.asked, row["number"], row["state"])
    return content_agreed(own, may["invoice.agree"])


def case(reader: Reader, row: Row) -> list[Gate]:
    """The gates of an invoice that waits; none once it is issued or not wanted."""
    if row["state"] not in ("requested", "agreed"):
        return []
    order = orders.by_id(reader, row["order_id"])
    version = orders.policy(reader, order)
    content = agreed(reader, row, order, version.may)
    return rules.steps(facts(reader, row, order), content, policy(version), version.may)


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every invoice that waits with its gates, then delivered orders that nothing is agreed of."""
    for row in reversed(listing(reader, waiting=True)):
        document = {**dict(row), "need_by": row["on_day"], "prepared_by": row["asked_by"]}
        yield document, case(reader, row), rules.AFTER
    may = in_force(reader, DESK, today).may
    for row, gate in _too_high(reader):
        document = {**dict(row), "need_by": row["issued_on"], "prepared_by": row["asked_by"]}
        yield document, [replace(gate, opened_by=may["invoice.red"])], rules.AFTER
    for order in _unagreed(reader):
        about = allocations.agreement(reader, order)
        gate = content_agreed(about, orders.policy(reader, order).may["invoice.agree"])
        yield dict(order), [gate], rules.AFTER


def _unagreed(reader: Reader) -> list[Row]:
    """Delivered orders that are not paid for, and have no invoice asked for."""
    return reader.all(
        "SELECT * FROM v_order_gate_facts WHERE state IN ('delivered', 'closed')"
        " AND received_fen < total_fen - returned_fen AND NOT EXISTS (SELECT 1 FROM invoice i"
        " WHERE i.order_id = v_order_gate_facts.id AND i.state IN"
        " ('requested', 'agreed', 'issued', 'waived')) ORDER BY number"
    )


def to_export(reader: Reader, today: date) -> list[dict[str, Any]]:
    """Rows for the tax client: the lines of every invoice that could be issued today.

    One that covers its whole order and says nothing else has the order's lines; any other is one
    row with its own content.
    """
    found: list[dict[str, Any]] = []
    for row in reversed(listing(reader, waiting=True)):
        if all(gate.open for gate in case(reader, row) if gate.name != "invoice_issued"):
            found += _rows(reader, row)
    return found


def _rows(reader: Reader, row: Row) -> list[dict[str, Any]]:
    head = {key: row[key] for key in ("number", "kind", "title", "tax_number", "order_number")}
    if row["content"]:
        one = {"name": row["content"], "spec": "", "unit": "", "quantity": None, "scale": 1}
        return [{**head, **one, "unit_price": None, "amount": row["amount_fen"]}]
    return [
        {
            **head,
            **{key: line[key] for key in ("name", "spec", "unit", "quantity", "scale")},
            "unit_price": line["unit_price_fen"],
            "amount": line["amount_fen"],
        }
        for line in orders.lines(reader, row["order_id"])
        if line["amount_fen"]
    ]


def invoices_have_their_ground(reader: Reader, on: date) -> list[Finding]:
    """What was issued for an order is never above what was paid or delivered (HYP-GDS-03, C-14)."""
    found = []
    rows = reader.all("SELECT DISTINCT order_id FROM invoice WHERE state = 'issued'")
    for each in sorted(row["order_id"] for row in rows):
        order = orders.by_id(reader, each)
        facts = sale(reader, order)
        ground = rules.ground_fen(facts, policy(orders.policy(reader, order)))
        if facts.issued_fen > ground + order["returned_fen"]:
            says = _("{issued} is invoiced, {ground} was paid or delivered").format(
                issued=Money(facts.issued_fen), ground=Money(ground)
            )
            command = f"kac invoice list --order {order['number']}"
            check = "invoices_have_their_ground"
            found.append(Finding(check, order["number"], says, ("HYP-GDS-03", "C-14"), command))
    return found


def invoices_after_returns(reader: Reader, on: date) -> list[Finding]:
    """Invoices of goods that came back since: the service desk takes them back by a red letter."""
    return [
        Finding(
            "invoices_after_returns",
            row["number"],
            gate.says,
            gate.rules,
            gate.command,
            soft=True,
        )
        for row, gate in _too_high(reader)
    ]


def _too_high(reader: Reader) -> list[tuple[Row, Gate]]:
    """The last invoice of each order of which more is invoiced than was kept, with its gate."""
    rows = reader.all(
        "SELECT t.id, t.number, t.order_number, t.issued_fen, t.kept_fen FROM"
        " (SELECT max(i.id) AS id, max(i.number) AS number, o.number AS order_number,"
        "  sum(i.amount_fen) AS issued_fen, o.total_fen - o.returned_fen AS kept_fen"
        "  FROM invoice i JOIN v_order o ON o.id = i.order_id"
        "  WHERE i.state = 'issued' AND o.returned_fen > 0"
        "  GROUP BY o.id, o.number, o.total_fen, o.returned_fen) t"
        " WHERE t.issued_fen > t.kept_fen ORDER BY t.id"
    )
    return [
        (
            by_number(reader, row["number"]),
            rules.not_above_kept(row["number"], row["issued_fen"], row["kept_fen"]),
        )
        for row in rows
    ]


def invoices_wait(reader: Reader, on: date) -> list[Finding]:
    """Invoices that were asked for and not issued though the goods have gone: reminders."""
    rows = reader.all(
        "SELECT i.number, i.amount_fen, i.customer_name, i.order_number FROM v_invoice i"
        " JOIN sales_order o ON o.id = i.order_id WHERE i.state IN ('requested', 'agreed')"
        " AND o.state IN ('delivered', 'closed') ORDER BY i.id"
    )
    return [
        Finding(
            "invoices_wait",
            row["number"],
            _("{customer} has the goods of {order} and not the invoice of {amount}").format(
                customer=row["customer_name"],
                order=row["order_number"],
                amount=Money(row["amount_fen"]),
            ),
            ("HYP-GDS-03",),
            f"kac invoice show {row['number']}",
            soft=True,
        )
        for row in rows
    ]


CHECKS = (invoices_have_their_ground, invoices_after_returns, invoices_wait)
