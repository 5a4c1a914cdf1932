"""Uncounting: the counts of a file taken back, while no goods have moved on them since."""

from __future__ import annotations

from kac.core.errors import Refused
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.reader import Reader, Row
from kac.db.work import Work
from kac.ledger import journal, moves
from kac.ledger.entry import Entry, Move, Posting

_MOST = 10


def uncount(work: Work, document: str) -> None:
    """Move back what the counts of a batch moved, and hold the samples that were held before.

    Refused names the goods that moved, were counted or were promised since.
    """
    reader = work.reader
    counts = reader.all(
        "SELECT * FROM stock_count WHERE document = :batch ORDER BY id", batch=document
    )
    moved = reader.all(
        "SELECT * FROM stock_move WHERE document = :batch ORDER BY id", batch=document
    )
    _refuse_moved_on(reader, document)
    moves.post(work, [_back(row) for row in moved])
    _count_as_before(work, counts)
    postings = reader.all(
        "SELECT p.debit, p.credit, p.amount_fen FROM posting p JOIN journal_entry e"
        " ON e.id = p.entry_id WHERE e.key = :key ORDER BY p.id",
        key=f"count:{document}",
    )
    if postings:
        back = tuple(
            Posting(row["credit"], row["debit"], Money(row["amount_fen"])) for row in postings
        )
        journal.post(work, Entry(f"uncount:{document}", document, "stock count taken back", back))


def _back(row: Row) -> Move:
    return Move(
        key=f"undo:{row['key']}",
        document=row["document"],
        product_id=row["product_id"],
        from_place=row["to_place"],
        to_place=row["from_place"],
        quantity=row["quantity"],
        value=Money(row["value_fen"]),
    )


def _count_as_before(work: Work, counts: list[Row]) -> None:
    """Write down what is there again, with the samples of the count before."""
    from kac.desk.stock.tables import StockCount

    for row in counts:
        held, _value = moves.held(work.reader, row["product_id"], row["location"])
        display = work.reader.value(
            "SELECT display FROM stock_count WHERE product_id = :product AND location = :location"
            " AND id < :id ORDER BY id DESC LIMIT 1",
            product=row["product_id"],
            location=row["location"],
            id=row["id"],
        )
        work.add(
            StockCount(
                product_id=row["product_id"],
                location=row["location"],
                counted=held,
                display=display or 0,
                document=row["document"],
                on_day=work.on,
                at=work.now,
            )
        )


# What happened to goods at a place after a batch counted them there.
_SINCE = """
SELECT p.code, c.location, coalesce(
    (SELECT min(m.document) FROM stock_move m WHERE m.product_id = c.product_id
     AND c.location IN (m.from_place, m.to_place) AND m.document <> c.document
     AND m.id > (SELECT coalesce(max(x.id), 0) FROM stock_move x WHERE x.document = c.document)
     AND m.at >= c.at),
    (SELECT min(n.document) FROM stock_count n WHERE n.product_id = c.product_id
     AND n.location = c.location AND n.id > c.id),
    (SELECT min(o.number) FROM v_reservation r JOIN sales_order o ON o.id = r.order_id
     WHERE r.product_id = c.product_id AND r.location = c.location AND r.at >= c.at)) AS since
FROM stock_count c JOIN product p ON p.id = c.product_id
WHERE c.document = :batch AND since IS NOT NULL ORDER BY c.id LIMIT :most
"""


def _refuse_moved_on(reader: Reader, document: str) -> None:
    rows = reader.all(_SINCE, batch=document, most=_MOST)
    if rows:
        raise Refused(
            _("work stands on what was imported"),
            code="E-IMP-010",
            cause=[
                _("{code} at {location}: {document} came since").format(
                    code=row["code"], location=row["location"], document=row["since"]
                )
                for row in rows
            ],
            fix=["kac import stock FILE"],
        )
