"""Verbs of part deliveries: keep reserved what an order has still to load, and nothing else."""

from __future__ import annotations

from kac.db.reader import Row
from kac.db.work import Work
from kac.desk.deliveries import queries
from kac.desk.deliveries.rules import by_product
from kac.desk.stock import actions as stock
from kac.desk.stock.queries import open_reservations


def hold(work: Work, order: Row, how: str) -> None:
    """Make the reservations of an order what it has still to load; `how` those beyond it end."""
    reader, order_id = work.reader, order["id"]
    parts, released = queries.parts(reader, order_id), queries.released(reader, order_id)
    wanted = by_product(parts, [part.held(released=released) for part in parts])
    held: dict[int, int] = {}
    for row in open_reservations(reader, order_id):
        held[row["product_id"]] = held.get(row["product_id"], 0) + row["quantity"]
    if held == wanted:
        return
    stock.end_reservations(work, order_id, how)
    stock.reserve(work, order_id, order["location"], wanted)
