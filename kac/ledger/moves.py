"""The only writer of stock moves, and what is where."""

from __future__ import annotations

from collections.abc import Iterable

from kac.core.money import Money
from kac.db.reader import Reader
from kac.db.work import Work
from kac.ledger.entry import Move


def post(work: Work, moves: Iterable[Move]) -> None:
    """Write moves of goods; the key of each keeps it from being written twice."""
    from kac.ledger.tables import StockMove

    work.add_all(
        [
            StockMove(
                key=move.key,
                product_id=move.product_id,
                from_place=move.from_place,
                to_place=move.to_place,
                quantity=move.quantity,
                value_fen=move.value.fen,
                document=move.document,
                on_day=work.on,
                at=work.now,
            )
            for move in moves
        ]
    )


def held(reader: Reader, product_id: int, place: str) -> tuple[int, Money]:
    """Quantity and value of a product at a place."""
    row = reader.one(
        "SELECT coalesce(sum(quantity), 0) AS quantity, coalesce(sum(value_fen), 0) AS value_fen"
        " FROM (SELECT quantity, value_fen FROM stock_move"
        " WHERE product_id = :product AND to_place = :place"
        " UNION ALL SELECT -quantity, -value_fen FROM stock_move"
        " WHERE product_id = :product AND from_place = :place) AS moved",
        product=product_id,
        place=place,
    )
    return row["quantity"], Money(row["value_fen"])
