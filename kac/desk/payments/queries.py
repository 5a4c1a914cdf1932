"""Reading money received: by number, by order, and what finance has still to look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kac.core.gates import Gate
from kac.db.policybook import DESK, in_force
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.covers.exposure import DELIVERED, ON_CREDIT
from kac.desk.payments import rules
from kac.desk.payments.rules import RECEIPT_COPIES, MoneyFacts
from kac.desk.payments.states import HELD


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The payment meant; a bank's own reference is understood too."""
    row = reader.first(
        "SELECT * FROM v_payment WHERE reference = :reference AND reference <> ''"
        " ORDER BY recorded_nth DESC LIMIT 1",
        reference=reference.strip(),
    )
    if row is not None:
        return row
    return by_number(reader, resolve(reader, "SK", "payment", reference, speaker))


def by_number(reader: Reader, number: str) -> Row:
    """The payment of a number that is known to be there."""
    return reader.one("SELECT * FROM v_payment WHERE number = :number", number=number)


def recorded(reader: Reader, reference: str) -> int:
    """How often money of this reference has been written down before, all of it taken back."""
    if not reference:
        return 0
    found: int = reader.value(
        "SELECT count(*) FROM payment WHERE reference = :reference", reference=reference
    )
    return found


def of_order(reader: Reader, order_id: int) -> list[Row]:
    """What is allocated to an order, in order of arrival: `allocated_fen` of each payment."""
    return reader.all(
        "SELECT y.*, a.kind AS allocated_as, a.allocated_fen, a.held FROM (SELECT payment_id, kind,"
        " max(held) AS held, sum(amount_fen) AS allocated_fen FROM v_allocation"
        " WHERE order_id = :id GROUP BY payment_id, kind) a"
        " JOIN v_payment y ON y.id = a.payment_id ORDER BY y.id",
        id=order_id,
    )


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
    """What an order costs, less what was returned of it, and what has come for it."""
    rows = [row for row in of_order(reader, order["id"]) if row["state"] in HELD]
    return MoneyFacts(
        order=order["number"],
        total_fen=order["total_fen"] - order["returned_fen"],
        received_fen=order["received_fen"],
        verified_fen=order["verified_fen"],
        deposit_fen=order["deposit_fen"],
        unverified=tuple(
            dict.fromkeys(row["number"] for row in rows if row["state"] == "received")
        ),
        unreceipted=tuple(
            dict.fromkeys(
                row["number"] for row in rows if receipt_copies(reader, row["number"]) < _COPIES
            )
        ),
        cheques=tuple(
            row["number"]
            for row in rows
            if row["state"] == "received" and row["method"] == "cheque"
        ),
        deposit_asked=order["payment_terms"] not in ON_CREDIT
        and order["state"] not in (*DELIVERED, "partly_delivered"),
    )


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """The gates of one payment; none once it was taken back."""
    if row["state"] not in ("declared", *HELD):
        return [], rules.AFTER
    may, held = in_force(reader, DESK, today).may, row["state"] in HELD
    alone = MoneyFacts(
        order=row["order_number"],
        total_fen=row["amount_fen"],
        received_fen=row["amount_fen"] if held else 0,
        verified_fen=row["amount_fen"] if row["state"] == "verified" else 0,
        unverified=(row["number"],) if row["state"] == "received" else (),
        unreceipted=(row["number"],) if held and _short(reader, row) else (),
        cheques=(row["number"],) if row["method"] == "cheque" else (),
    )
    wanted = (row["number"], row["declared_for"], row["state"])
    return [
        rules.money_arrived(*wanted, may["payment.record"]),
        rules.receipts_issued(alone, may["payment.print"]),
        rules.money_verified(alone, may["payment.verify"]),
    ], rules.AFTER


def _short(reader: Reader, row: Row) -> bool:
    return receipt_copies(reader, row["number"]) < _COPIES


_COPIES = len(RECEIPT_COPIES)


def receipt_copies(reader: Reader, number: str) -> int:
    """How many copies of a receipt have been printed."""
    found: int = reader.value(
        "SELECT count(*) FROM v_paper WHERE document = :number AND kind = 'receipt'", number=number
    )
    return found
