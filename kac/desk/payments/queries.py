"""Reading money received: by number, by order, and what finance has still to look at."""

from __future__ import annotations

from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.payments.rules import RECEIPT_COPIES, MoneyFacts


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The payment meant; a bank's own reference is understood too."""
    row = reader.first(
        "SELECT * FROM v_payment WHERE reference = :reference AND reference <> ''",
        reference=reference.strip(),
    )
    if row is not None:
        return row
    number = resolve(reader, "SK", "payment", reference, speaker)
    return reader.one("SELECT * FROM v_payment WHERE number = :number", number=number)


def of_order(reader: Reader, order_id: int) -> list[Row]:
    """What came for an order, in order of arrival."""
    return reader.all("SELECT * FROM v_payment WHERE order_id = :id ORDER BY id", id=order_id)


def listing(reader: Reader, state: str = "", kind: str = "", since: str = "") -> list[Row]:
    """Money received, the newest first."""
    return reader.all(
        "SELECT * FROM v_payment WHERE (:state = '' OR state = :state)"
        " AND (:kind = '' OR kind = :kind) AND on_day >= :since ORDER BY id DESC",
        state=state,
        kind=kind,
        since=since,
    )


def money(reader: Reader, order: Row) -> MoneyFacts:
    """What an order costs and what has come for it."""
    rows = of_order(reader, order["id"])
    return MoneyFacts(
        order=order["number"],
        total_fen=order["total_fen"],
        received_fen=order["received_fen"],
        verified_fen=order["verified_fen"],
        deposit_fen=order["deposit_fen"],
        unverified=tuple(row["number"] for row in rows if row["state"] == "received"),
        unreceipted=tuple(
            row["number"] for row in rows if receipt_copies(reader, row["number"]) < _COPIES
        ),
    )


_COPIES = len(RECEIPT_COPIES)


def receipt_copies(reader: Reader, number: str) -> int:
    """How many copies of a receipt have been printed."""
    found: int = reader.value(
        "SELECT count(*) FROM v_paper WHERE document = :number AND kind = 'receipt'", number=number
    )
    return found
