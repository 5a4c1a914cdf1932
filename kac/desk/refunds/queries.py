"""Reading refunds: by number, by state, and what of whose money could go back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.db import policybook
from kac.db.policybook import PolicyVersion
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.card_sales import queries as card_sales
from kac.desk.payments import queries as payments
from kac.desk.refunds import rules
from kac.desk.refunds.rules import Source
from kac.desk.wholesale import queries as wholesale


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The refund meant by its number, or a part of it."""
    number = resolve(reader, "TK", "refund", reference, speaker)
    return by_number(reader, number)


def by_number(reader: Reader, number: str) -> Row:
    """The refund of a number that is known to be there."""
    return reader.one("SELECT * FROM v_refund WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "") -> list[Row]:
    """Refunds, the newest first."""
    return reader.all(
        "SELECT * FROM v_refund WHERE :state = '' OR state = :state ORDER BY id DESC", state=state
    )


def of_payment(reader: Reader, payment_id: int) -> list[Row]:
    """What of a payment goes back or has gone back, in order."""
    return reader.all(
        "SELECT * FROM v_refund WHERE payment_id = :id AND state <> 'dropped' ORDER BY id",
        id=payment_id,
    )


def once_for(reader: Reader, order_id: int) -> list[Row]:
    """Money held now that is or was for an order, the oldest first."""
    return reader.all(
        "SELECT * FROM v_payment WHERE state IN ('received', 'verified') AND id IN"
        " (SELECT payment_id FROM payment_allocation WHERE order_id = :id) ORDER BY id",
        id=order_id,
    )


def source(reader: Reader, payment: Row) -> Source:
    """A payment as the rules of refunds see it, with a living order that it is still for."""
    order = reader.value(
        "SELECT min(o.number) FROM v_allocation a JOIN sales_order o ON o.id = a.order_id"
        " WHERE a.payment_id = :id",
        id=payment["id"],
    )
    return Source(payment["number"], payment["state"], payment["free_fen"], order or "")


def of_sale(reader: Reader, sale: Row) -> tuple[list[Row], list[Source]]:
    """Money settled for a sale, the oldest first, and what of it is for nothing any more.

    HYP-CRD-07: together what the cards or goods that came back were paid with, less what is asked
    for already.
    """
    rows = reader.all(
        "SELECT t.*, t.amount_fen - (SELECT coalesce(sum(f.amount_fen), 0) FROM refund f"
        " WHERE f.taking_id = t.id AND f.state <> 'dropped') AS left_fen FROM v_taking t"
        " WHERE t.document = :sale AND t.state = 'settled' ORDER BY t.id",
        sale=sale["number"],
    )
    left = sale["back_fen"] - sale["refunding_fen"]
    sources = []
    for row in rows:
        free = max(min(left, row["left_fen"]), 0)
        sources.append(Source(row["number"], "verified", free))
        left -= free
    return rows, sources


def of_refund(reader: Reader, row: Row) -> Source:
    """The money that a refund is of; less than nothing is free where it is no longer covered."""
    if row["payment_id"]:
        return source(reader, payments.by_number(reader, row["payment"]))
    noun = wholesale if row["kind"] == "goods" else card_sales
    sale = noun.by_number(reader, row["order_number"])
    free = sale["back_fen"] - sale["refunding_fen"]
    return Source(row["payment"], row["payment_state"], free)


def last_void(reader: Reader, payment_id: int) -> Row | None:
    """The void order that money was for last."""
    return reader.first(
        "SELECT o.* FROM payment_allocation a JOIN v_order o ON o.id = a.order_id"
        " WHERE a.payment_id = :id AND o.state IN ('collecting', 'voided')"
        " ORDER BY a.id DESC LIMIT 1",
        id=payment_id,
    )


def given_up(reader: Reader, payment_id: int) -> bool:
    """Whether money was for an order that became void with nothing in its place (A-61)."""
    found: int = reader.value(
        "SELECT count(*) FROM payment_allocation a JOIN sales_order o ON o.id = a.order_id"
        " WHERE a.payment_id = :id AND o.state IN ('collecting', 'voided')"
        " AND NOT EXISTS (SELECT 1 FROM sales_order n WHERE n.replaces_id = o.id)",
        id=payment_id,
    )
    return found > 0


def policy(reader: Reader, row: Row) -> PolicyVersion:
    """The version that a refund was requested under."""
    return policybook.version(reader, row["policy_set"], row["policy_version"])


def case(
    reader: Reader, row: Row, _today: date
) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """All gates of a refund, none of a dropped one, and what each of them waits for."""
    from kac.desk.approvals import queries as approvals
    from kac.desk.approvals import rules as approval_rules

    if row["state"] == "dropped":
        return [], rules.AFTER
    may = policy(reader, row).may
    signed = approval_rules.gates(
        row["approval"],
        approvals.steps(row["route"]),
        approvals.signed(reader, row["approval_id"]),
        may["refund.request"],
        f"kac refund drop {row['number']} --reason …",
    )
    amount = Money(row["amount_fen"])
    return [
        *signed,
        rules.paid(row["number"], amount, row["state"], may["refund.pay"]),
    ], rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every refund that is not paid yet with its gates, the oldest first."""
    for row in reversed(listing(reader, "requested")):
        yield {**dict(row), "need_by": row["on_day"]}, *case(reader, row, today)


def refunds_are_covered(reader: Reader, _on: date) -> list[Finding]:
    """No refund is above what is for nothing else, of unseen money, or paid before its signatures.

    RTL-SHT-14, RTL-SHT-15, C-19: nor paid by who asked for it or signed it.
    """
    rows = reader.all(
        "SELECT f.number, f.amount_fen, f.payment, f.payment_state, f.state,"
        " coalesce(y.free_fen, s.back_fen - s.refunding_fen, w.back_fen - w.refunding_fen)"
        " AS free_fen,"
        " f.approval_state, f.paid_by = f.requested_by OR f.paid_by IN"
        " (SELECT s.staff FROM approval_signature s WHERE s.approval_id = f.approval_id) AS same"
        " FROM v_refund f LEFT JOIN v_payment y ON y.id = f.payment_id"
        " LEFT JOIN v_card_sale s ON s.number = f.order_number"
        " LEFT JOIN v_wholesale w ON w.number = f.order_number"
        " WHERE f.state <> 'dropped' ORDER BY f.number"
    )
    found = []
    for row in rows:
        paid = row["state"] == "paid"
        unsound = row["payment_state"] != "verified" or row["free_fen"] < 0
        if unsound or (paid and (row["approval_state"] != "approved" or row["same"])):
            says = _("{amount} of {payment} goes back without cover, signature or a third person")
            found.append(
                Finding(
                    "refunds_are_covered",
                    row["number"],
                    says.format(amount=Money(row["amount_fen"]), payment=row["payment"]),
                    ("RTL-SHT-14", "RTL-SHT-15", "C-19"),
                    f"kac refund show {row['number']}",
                )
            )
    return found
