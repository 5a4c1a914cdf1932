"""Verbs of adjustments: propose pieces more or fewer, confirm them, reject them."""

from __future__ import annotations

from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money, per_scale_half_up
from kac.core.quantity import format_quantity
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.adjustments import queries, rules
from kac.desk.adjustments.states import ADJUSTMENT
from kac.desk.staff.actions import require
from kac.desk.stock import actions as stock
from kac.desk.stock import postings
from kac.ledger import journal, moves
from kac.ledger.entry import value_of_part


@dataclass(frozen=True)
class Difference:
    """Pieces more, or fewer when below zero, of one product at one location; base units."""

    product_id: int
    location: str
    quantity: int


def propose(work: Work, found: Difference, reason: str) -> Outcome:
    """Say that pieces broke, vanished or turned up; a second person books it (A-56)."""
    from kac.desk.adjustments.tables import StockAdjustment

    require(work, "stock.adjust")
    why = required_text(reason, field=_("reason"))
    row = work.add(
        StockAdjustment(
            number=work.number(queries.KIND),
            product_id=found.product_id,
            location=found.location,
            quantity=found.quantity,
            state=ADJUSTMENT.start,
            reason=why,
            proposed_by=work.actor.code,
            decided_by="",
            on_day=work.on,
            at=work.now,
        )
    )
    told = queries.find(work.reader, row.number, work.speaker)
    facts = queries.facts(told)
    require_open(
        [rules.pieces_there(facts)],
        _("{code} is not adjusted").format(code=told["code"]),
        refs={"product": told["code"]},
    )
    work.record("propose", row.number, product=told["code"], quantity=found.quantity, reason=why)
    says = _("{number}: {quantity} {unit} {name} at {location} wait for a second person")
    said = says.format(**_words(told))
    return Outcome(_document(told), (said,), (f"kac stock confirm {row.number}",))


def confirm(work: Work, reference: str) -> Outcome:
    """Book an adjustment that somebody else proposed; the orders that it leaves short.

    Broken pieces are a fact, however much was promised (RTL-SHT-01).
    """
    require(work, "stock.confirm")
    row = queries.find(work.reader, reference, work.speaker)
    ADJUSTMENT.after(row["state"], "confirm", subject=row["number"])
    facts = queries.facts(row)
    require_open(
        [rules.other_person(facts, work.actor.code), rules.pieces_there(facts)],
        _("{number} cannot be confirmed").format(number=row["number"]),
        refs={"adjustment": row["number"]},
    )
    # After this point the pieces must be booked.
    _decide(work, row, "confirm")
    _book(work, row)
    stock.keep_samples(work, row["number"], row["product_id"], row["location"])
    left = stock.left_short(work.reader, row["product_id"], row["location"])
    says = [_("{number}: {quantity} {unit} {name} at {location} booked").format(**_words(row))]
    if left:
        says.append(_("promised to: {orders}").format(orders=", ".join(left)))
    document = {**_document(row), "state": "booked", "orders": left}
    return Outcome(document, tuple(says), tuple(f"kac explain {each}" for each in left))


def reject(work: Work, reference: str, reason: str) -> Outcome:
    """Say no to an adjustment: nothing is booked."""
    require(work, "stock.reject")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    ADJUSTMENT.after(row["state"], "reject", subject=row["number"])
    require_open(
        [rules.other_person(queries.facts(row), work.actor.code)],
        _("{number} cannot be rejected").format(number=row["number"]),
        refs={"adjustment": row["number"]},
    )
    _decide(work, row, "reject", why)
    says = _("{number} is rejected: {reason}").format(number=row["number"], reason=why)
    return Outcome({**_document(row), "state": "rejected"}, (says,), ("kac stock adjustments",))


def _decide(work: Work, row: Row, verb: str, reason: str = "") -> None:
    from kac.desk.adjustments.tables import StockAdjustment

    adjustment = work.get(StockAdjustment, row["id"])
    adjustment.decided_by, adjustment.decided_on = work.actor.code, work.on
    work.move(adjustment, ADJUSTMENT, verb, safe_text(reason, field=_("reason")))


def _book(work: Work, row: Row) -> None:
    """Book the pieces: those that go at their average value, those that turn up at their cost."""
    on_hand, value = moves.held(work.reader, row["product_id"], row["location"])
    if row["quantity"] > 0:
        worth = Money(per_scale_half_up(row["cost_fen"], row["quantity"], row["scale"]))
    else:
        worth = value_of_part(value, on_hand, -row["quantity"])
    number = row["number"]
    move = postings.counted(
        f"{number}:{row['code']}",
        number,
        row["product_id"],
        row["location"],
        row["quantity"],
        worth,
    )
    moves.post(work, [move])
    gained, lost = (worth, Money(0)) if row["quantity"] > 0 else (Money(0), worth)
    if entry := postings.count_booked(number, gained, lost):
        journal.post(work, entry)


def _words(row: Row) -> dict[str, str]:
    sign = "+" if row["quantity"] > 0 else "-"
    return {
        "number": row["number"],
        "quantity": sign + format_quantity(abs(row["quantity"]), row["scale"]),
        "unit": row["unit"],
        "name": row["name"],
        "location": row["location"],
    }


def _document(row: Row) -> dict[str, str]:
    return {
        "number": row["number"],
        "state": row["state"],
        "product": row["code"],
        "location": row["location"],
        "quantity": _words(row)["quantity"].lstrip("+"),
    }
