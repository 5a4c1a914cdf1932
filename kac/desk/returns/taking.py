"""Goods that come back, in the books: taken in at what they cost, then to where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kac.core.money import Money
from kac.db.reader import Row
from kac.db.work import Work
from kac.desk.returns import postings, queries
from kac.desk.returns.rules import BackLine
from kac.desk.returns.states import CUSTOMER, DELIVERY, LOST, NOTHING, RETURN, SAMPLE
from kac.desk.stock import actions as stock
from kac.desk.stock import queries as stocks
from kac.desk.stock.actions import Count
from kac.ledger import journal, moves
from kac.ledger.chart import CUSTOMER as CUSTOMER_PLACE
from kac.ledger.chart import TRANSIT
from kac.ledger.entry import Move, value_of_part

# Where goods come back from: what was sold from the customer, what was not from the vehicle.
_WHERE = {
    CUSTOMER: (CUSTOMER_PLACE, queries.left_at_customer),
    DELIVERY: (TRANSIT, queries.left_on_vehicle),
}


class _Values:
    """What is left of each product of a slip where it was, less what was taken here already."""

    def __init__(self, work: Work, row: Row) -> None:
        self._work, self._row = work, row
        self._left: dict[int, tuple[int, Money]] = {}

    def take(self, product_id: int, quantity: int) -> Money:
        """The value of a part; the last piece takes all."""
        if product_id not in self._left:
            found = _WHERE[self._row["origin"]][1](
                self._work.reader, self._row["dispatch_id"], self._row["dispatch"], product_id
            )
            self._left[product_id] = found["quantity"], Money(found["value_fen"])
        held, value = self._left[product_id]
        part = value_of_part(value, held, quantity)
        self._left[product_id] = held - quantity, value - part
        return part


def goods_arrive(work: Work, row: Row, lines: Sequence[BackLine], found: Mapping[int, int]) -> None:
    """Take what was counted into the corner for goods to be judged, at what it had cost."""
    from kac.desk.returns.tables import GoodsReturn

    values = _Values(work, row)
    came: list[Move] = []
    for line in lines:
        if quantity := found[line.line]:
            part = (quantity, values.take(line.product_id, quantity))
            place = _WHERE[row["origin"]][0]
            came.append(postings.comes_back(row["number"], line.line, line.product_id, place, part))
    moves.post(work, came)
    if entry := postings.received(row["number"], came):
        journal.post(work, entry)
    goods = work.get(GoodsReturn, row["id"])
    goods.received_on = work.on
    work.move(goods, RETURN, "receive")


def goods_judged(
    work: Work, row: Row, lines: Sequence[BackLine], fates: Mapping[int, Mapping[str, int]]
) -> None:
    """Bring every piece to where it belongs, and write down who decided it."""
    from kac.desk.returns.tables import GoodsReturn, ReturnFate

    work.add_all(
        [
            ReturnFate(
                return_id=row["id"],
                line=line,
                fate=fate,
                quantity=quantity,
                staff=work.actor.code,
                at=work.now,
            )
            for line, parts in fates.items()
            for fate, quantity in parts.items()
        ]
    )
    judged = _moves(work, row, lines, fates)
    moves.post(work, [move for _fate, move in judged])
    if entry := postings.inspected(row["number"], judged):
        journal.post(work, entry)
    _put_on_show(work, row, lines, fates)
    goods = work.get(GoodsReturn, row["id"])
    goods.inspected_on = work.on
    work.move(goods, RETURN, "inspect")
    if row["origin"] == DELIVERY:
        goods.way, goods.settled_by, goods.settled_on = NOTHING, work.actor.code, work.on
        work.move(goods, RETURN, "settle")


def _moves(
    work: Work, row: Row, lines: Sequence[BackLine], fates: Mapping[int, Mapping[str, int]]
) -> list[tuple[str, Move]]:
    values = _Values(work, row)
    found = []
    for line in lines:
        here = queries.waiting_value(work.reader, row["number"], line.line)
        held, value = here["quantity"], Money(here["value_fen"])
        for fate, quantity in fates.get(line.line, {}).items():
            if fate == LOST:
                part = values.take(line.product_id, quantity)
            else:
                part = value_of_part(value, held, quantity)
                held, value = held - quantity, value - part
            piece = (quantity, part)
            move = postings.judged(
                row["number"], line.line, line.product_id, fate, row["location"], piece
            )
            found.append((fate, move))
    return found


def _put_on_show(
    work: Work, row: Row, lines: Sequence[BackLine], fates: Mapping[int, Mapping[str, int]]
) -> None:
    """Goods kept as samples are in the stock and not for sale: a count of their own says so."""
    shown: dict[int, int] = {}
    for line in lines:
        if quantity := fates.get(line.line, {}).get(SAMPLE, 0):
            shown[line.product_id] = shown.get(line.product_id, 0) + quantity
    counts = []
    for product_id, quantity in shown.items():
        here = stocks.supplies(work.reader, {product_id: 0}, row["location"])[0]
        counts.append(
            Count(
                product_id=product_id,
                product_code=here.code,
                scale=here.scale,
                cost_fen=0,
                location=row["location"],
                counted=here.on_hand,
                display=here.display + quantity,
            )
        )
    if counts:
        stock.take_counts(work, row["number"], counts)
