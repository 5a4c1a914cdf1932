"""The verb of goods received: book what a supplier brought."""

from __future__ import annotations

from collections.abc import Mapping

from kac.core.errors import Refused
from kac.core.i18n import _
from kac.core.money import Money, per_scale_half_up, total
from kac.core.quantity import format_quantity
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.work import Outcome, Work
from kac.desk.promises import actions as promises
from kac.desk.receipts import postings, queries
from kac.desk.staff.actions import require
from kac.ledger import journal, moves
from kac.ledger.entry import Move


@dataclass(frozen=True)
class Wish:
    """What came: {product id: (base units, fen a selling unit, None for the cost on file)}."""

    location: str
    supplier: str
    reference: str
    goods: Mapping[int, tuple[int, int | None]]


def receive(work: Work, wish: Wish) -> Outcome:
    """Book goods from a supplier against the delivery note, once (RTL-DUT-06)."""
    require(work, "stock.in")
    number, kept = write_down(work, wish)
    return told(work, number, wish.location, kept)


def told(work: Work, number: str, place: str, kept: list[str]) -> Outcome:
    """What to say of goods just received, and of the promises that they were for."""
    lines = work.reader.all(
        "SELECT * FROM v_goods_receipt_line WHERE number = :number ORDER BY id", number=number
    )
    goods = ", ".join(
        _("{quantity} {unit} {name}").format(
            quantity=format_quantity(line["quantity"], line["scale"]),
            unit=line["unit"],
            name=line["name"],
        )
        for line in lines
    )
    says = [
        _("{number}: {goods} received at {place}").format(number=number, goods=goods, place=place)
    ]
    if kept:
        says.append(_("promised arrivals: {numbers}").format(numbers=", ".join(kept)))
    document = {"number": number, "state": "received", "promises": kept}
    hints = tuple(f"kac stock check {line['code']}" for line in lines)
    return Outcome(document, tuple(says), hints)


def write_down(work: Work, wish: Wish) -> tuple[str, list[str]]:
    """Book goods that the caller may receive; the number, and the promises that they are for."""
    from kac.desk.receipts.tables import GoodsReceipt, GoodsReceiptLine

    supplier = required_text(wish.supplier, field=_("supplier"), longest=60)
    reference = required_text(wish.reference, field=_("delivery note"), longest=40)
    _refuse_second(work, supplier, reference)
    receipt = work.add(
        GoodsReceipt(
            number=work.number(queries.KIND),
            location=wish.location,
            supplier=supplier,
            reference=reference,
            received_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    arriving = [_arriving(work, receipt.number, wish, each) for each in wish.goods]
    work.add_all(
        [
            GoodsReceiptLine(
                goods_receipt_id=receipt.id,
                product_id=move.product_id,
                quantity=move.quantity,
                value_fen=move.value.fen,
            )
            for move in arriving
        ]
    )
    moves.post(work, arriving)
    if entry := postings.received(receipt.number, total([move.value for move in arriving])):
        journal.post(work, entry)
    kept: list[str] = []
    for move in arriving:
        kept += promises.came(work, receipt.number, move.product_id, wish.location, move.quantity)
    work.record("receive goods", receipt.number, supplier=supplier, reference=reference)
    return receipt.number, kept


def _arriving(work: Work, number: str, wish: Wish, product_id: int) -> Move:
    quantity, cost_fen = wish.goods[product_id]
    row = work.reader.one("SELECT scale, cost_fen FROM v_product WHERE id = :id", id=product_id)
    each = row["cost_fen"] if cost_fen is None else cost_fen
    worth = Money(per_scale_half_up(each, quantity, row["scale"]))
    return postings.arrives(number, product_id, wish.location, quantity, worth)


def _refuse_second(work: Work, supplier: str, reference: str) -> None:
    row = queries.on_file(work.reader, supplier, reference)
    if row is None:
        return
    raise Refused(
        _("delivery note {reference} of {supplier} was booked as {number} on {day}").format(
            reference=reference, supplier=supplier, number=row["number"], day=row["on_day"]
        ),
        code="E-STK-002",
        rules=["CRH-DAT-02"],
        fix=["kac stock receipts"],
    )
