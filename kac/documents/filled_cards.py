"""Papers of gift cards filled in from the ledger: the IOU, the receipt."""

from __future__ import annotations

from datetime import date

from kac.db.reader import Reader
from kac.desk.card_sales import queries as sales
from kac.desk.cards import queries as cards
from kac.desk.ious import queries as ious
from kac.documents.card_receipt import CardReceiptPaper, CardRow
from kac.documents.iou import IouPaper
from kac.documents.stamped import imprint, name, of_route


def iou(reader: Reader, number: str) -> IouPaper:
    """One IOU as it stands."""
    row = ious.by_number(reader, number)
    withdrawn = row["withdrawn_on"]
    return IouPaper(
        imprint=imprint(reader, number, "iou", void=row["state"] == "voided"),
        on_day=date.fromisoformat(row["on_day"]),
        customer_name=row["customer_name"],
        sale=row["sale"],
        amount_fen=row["amount_fen"],
        writer=name(reader, row["writer"]),
        signatures=tuple(of_route(reader, row)),
        withdrawn_by=name(reader, row["withdrawn_by"]) if withdrawn else "",
        withdrawn_on=date.fromisoformat(withdrawn) if withdrawn else None,
    )


def card_receipt(reader: Reader, number: str) -> CardReceiptPaper:
    """The receipt of one sale: the form, or what the customer wrote on it."""
    row = sales.by_number(reader, number)
    written = sales.receipt(reader, row["id"])
    return CardReceiptPaper(
        imprint=imprint(reader, number, "card_receipt", void=row["state"] == "voided"),
        on_day=date.fromisoformat(written["on_day"] if written else row["on_day"]),
        customer_name=row["customer_name"],
        rows=tuple(
            CardRow(str(piece.cards), piece.cards.count, piece.face_fen)
            for piece in cards.pieces(reader, number)
        ),
        amount_fen=row["worth_fen"],
        manager=name(reader, row["prepared_by"]),
        signer=written["signer"] if written else "",
        words=written["words_read"] if written else "",
        sealed=bool(written and written["sealed"]),
        seal_reason=written["seal_reason"] if written else "",
    )
