"""Reading goods received: the list, and the delivery note that is on file already."""

from __future__ import annotations

from kac.db.reader import Reader, Row

KIND = "RK"


def listing(reader: Reader, since: str = "") -> list[Row]:
    """Goods received, line by line, the newest first."""
    return reader.all(
        "SELECT l.*, g.supplier, g.reference, g.received_by FROM v_goods_receipt_line l"
        " JOIN goods_receipt g ON g.number = l.number WHERE l.on_day >= :since"
        " ORDER BY g.id DESC, l.id",
        since=since,
    )


def on_file(reader: Reader, supplier: str, reference: str) -> Row | None:
    """The receipt that a supplier's delivery note was booked with."""
    return reader.first(
        "SELECT * FROM v_goods_receipt WHERE supplier = :supplier AND reference = :reference",
        supplier=supplier,
        reference=reference,
    )
