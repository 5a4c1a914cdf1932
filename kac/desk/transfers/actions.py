"""Verbs of transfers: send goods to another location, receive them there."""

from __future__ import annotations

from collections.abc import Mapping

from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money, total
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.work import Outcome, Work
from kac.desk.staff.actions import require
from kac.desk.stock import queries as stock
from kac.desk.stock import rules as stock_rules
from kac.desk.transfers import postings, queries, rules
from kac.desk.transfers.rules import Sent, TransferFacts
from kac.desk.transfers.states import TRANSFER
from kac.ledger import journal, moves
from kac.ledger.entry import Move, value_of_part


@dataclass(frozen=True)
class Wish:
    """Goods to send from one location to another: {product id: base units}."""

    here: str
    there: str
    reason: str
    goods: Mapping[int, int]


def send(work: Work, wish: Wish) -> Outcome:
    """Send free goods to another location; they are nobody's to promise until they are there."""
    from kac.desk.transfers.tables import StockTransfer, StockTransferLine

    require(work, "stock.transfer")
    why = required_text(wish.reason, field=_("reason"))
    supplies = stock.supplies(work.reader, wish.goods, wish.here)
    require_open(
        [rules.other_place(wish.here, wish.there), stock_rules.free_to_go(supplies)],
        _("nothing is sent"),
    )
    # After this point the goods must leave.
    row = work.add(
        StockTransfer(
            number=work.number(queries.KIND),
            from_location=wish.here,
            to_location=wish.there,
            state=TRANSFER.start,
            reason=why,
            sent_by=work.actor.code,
            received_by="",
            missing_reason="",
            on_day=work.on,
            at=work.now,
        )
    )
    work.add_all(
        [
            StockTransferLine(stock_transfer_id=row.id, product_id=product_id, quantity=quantity)
            for product_id, quantity in wish.goods.items()
        ]
    )
    moves.post(work, _leaving(work, row.number, wish))
    work.record("send goods", row.number, here=wish.here, there=wish.there, reason=why)
    says = _("{number}: {goods} on the road from {here} to {there}").format(
        number=row.number, goods=stock_rules.told(supplies), here=wish.here, there=wish.there
    )
    document = {
        "number": row.number,
        "state": row.state,
        "from": wish.here,
        "to": wish.there,
    }
    return Outcome(document, (says,), (f"kac stock arrive {row.number}",))


def _leaving(work: Work, number: str, wish: Wish) -> list[Move]:
    found = []
    for product_id, quantity in wish.goods.items():
        on_hand, value = moves.held(work.reader, product_id, wish.here)
        worth = value_of_part(value, on_hand, quantity)
        found.append(postings.sent(number, product_id, wish.here, quantity, worth))
    return found


def arrive(
    work: Work, reference: str, came: Mapping[int, int] | None = None, reason: str = ""
) -> Outcome:
    """Receive goods from the road: all that was sent, or what `came` with the reason for the rest.

    By another person than the sender: that of two persons each says what was theirs (A-56).
    """
    require(work, "stock.arrive")
    why = safe_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    TRANSFER.after(row["state"], "arrive", subject=row["number"])
    facts = queries.facts(work.reader, row)
    found = came or {line.product_id: line.quantity for line in facts.lines}
    require_open(
        [rules.other_receiver(facts, work.actor.code), rules.came(facts, found, why)],
        _("{number} is not received").format(number=row["number"]),
        refs={"transfer": row["number"]},
    )
    # After this point the goods must be received.
    lost = _receive(work, facts, found)
    _close(work, row["id"], why)
    less = rules.missing(facts, found)
    says = [
        _("{number} is received at {place}").format(number=row["number"], place=row["to_location"])
    ]
    if less:
        says.append(
            _("missing, worth {value}: {goods}").format(
                value=lost, goods=", ".join(line.name for line in less)
            )
        )
    document = {
        "number": row["number"],
        "state": "arrived",
        "missing": [line.code for line in less],
    }
    hints = tuple(f"kac stock check {line.code}" for line in facts.lines)
    return Outcome(document, tuple(says), hints)


def _receive(work: Work, facts: TransferFacts, found: Mapping[int, int]) -> Money:
    """Book what came and what did not; the value of what did not."""
    from kac.desk.transfers.tables import StockTransferArrival

    came, gone = [], []
    for line in facts.lines:
        there = found.get(line.product_id, 0)
        parts = _parts(work, facts, line, there)
        came += [move for move in parts if not move.to_place.startswith("@")]
        gone += [move for move in parts if move.to_place.startswith("@")]
    moves.post(work, [*came, *gone])
    work.add_all(
        [
            StockTransferArrival(
                stock_transfer_line_id=row["id"], quantity=found.get(row["product_id"], 0)
            )
            for row in queries.lines(work.reader, facts.number)
        ]
    )
    lost = total([move.value for move in gone])
    if entry := postings.missing_booked(facts.number, lost):
        journal.post(work, entry)
    return lost


def _parts(work: Work, facts: TransferFacts, line: Sent, there: int) -> list[Move]:
    value = Money(
        work.reader.value(
            "SELECT value_fen FROM stock_move WHERE document = :number AND product_id = :product",
            number=facts.number,
            product=line.product_id,
        )
    )
    gone = line.quantity - there
    lost = value_of_part(value, line.quantity, gone) if gone else Money(0)
    number, product = facts.number, line.product_id
    parts = []
    if there:
        kept = Money(value.fen - lost.fen)
        parts.append(postings.arrived(number, product, facts.to_location, there, kept))
    if gone:
        parts.append(postings.missing(number, product, gone, lost))
    return parts


def _close(work: Work, transfer_id: int, reason: str) -> None:
    from kac.desk.transfers.tables import StockTransfer

    transfer = work.get(StockTransfer, transfer_id)
    transfer.received_by, transfer.arrived_on = work.actor.code, work.on
    transfer.missing_reason = reason
    work.move(transfer, TRANSFER, "arrive", reason)
