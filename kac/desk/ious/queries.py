"""Reading IOUs: by number or by the sale, and those that lie where they should not."""

from __future__ import annotations

from datetime import date

from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The IOU meant by its number, or by that of its sale."""
    row = reader.first(
        "SELECT * FROM v_iou WHERE sale = upper(:word) AND state <> 'voided'",
        word=reference.strip(),
    )
    if row is not None:
        return row
    number = resolve(reader, "QT", "iou", reference, speaker)
    return by_number(reader, number)


def by_number(reader: Reader, number: str) -> Row:
    """The IOU of a number."""
    return reader.one("SELECT * FROM v_iou WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "") -> list[Row]:
    """IOUs, the newest first."""
    return reader.all(
        "SELECT i.*, s.owed_fen, s.settled_fen FROM v_iou i"
        " JOIN v_card_sale s ON s.number = i.sale"
        " WHERE :state = '' OR i.state = :state ORDER BY i.id DESC",
        state=state,
    )


def in_the_right_place(reader: Reader, _on: date) -> list[Finding]:
    """Paid and not withdrawn is a reminder; withdrawn and not paid must never be (HYP-CRD-06)."""
    rows = reader.all(
        "SELECT i.number, i.state, i.customer_name, s.owed_fen, s.worth_fen FROM v_iou i"
        " JOIN v_card_sale s ON s.number = i.sale"
        " WHERE (i.state = 'withdrawn' AND s.owed_fen > 0)"
        " OR (i.state = 'written' AND s.state = 'settled') ORDER BY i.number"
    )
    return [_misplaced(row) for row in rows]


def _misplaced(row: Row) -> Finding:
    figures = {
        "customer": row["customer_name"],
        "owed": Money(row["owed_fen"]),
        "worth": Money(row["worth_fen"]),
    }
    if row["state"] == "withdrawn":
        says = _("withdrawn, but {customer} owes {owed} of {worth}").format(**figures)
        command = f"kac iou show {row['number']}"
        return Finding("iou_withdrawn_unpaid", row["number"], says, ("HYP-CRD-06",), command)
    says = _("{customer} paid {worth}, and the IOU still lies at the window").format(**figures)
    command = f"kac iou withdraw {row['number']}"
    rules = ("HYP-CRD-06",)
    return Finding("iou_paid_not_withdrawn", row["number"], says, rules, command, soft=True)
