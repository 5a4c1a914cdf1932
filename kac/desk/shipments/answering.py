"""Verbs of shipments at the office: object, settle an objection, charge what nobody objected to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money, total
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.shipments import postings, queries, rules
from kac.desk.shipments.actions import document
from kac.desk.shipments.rules import Batch
from kac.desk.shipments.states import SHIPMENT
from kac.desk.staff.actions import require
from kac.desk.stock import holds
from kac.ledger import journal, moves
from kac.ledger.entry import Move, value_of_part

if TYPE_CHECKING:
    from kac.desk.shipments.tables import Shipment


def objected(work: Work, reference: str, reason: str) -> Outcome:
    """Object to a shipment while it counts: nothing is charged before it is settled.

    DST-GDS-08, A-06. What counts is the day on which the objection is written down.
    """
    require(work, "shipment.object")
    row, shipment = _gathered(work, reference, "object")
    why = required_text(reason, field=_("reason"))
    received = date.fromisoformat(row["received_on"])
    days = queries.policy(work.reader, row).objection_days
    require_open(
        [rules.objection_in_time(row["number"], received, work.today, days)],
        _("{number} is deemed correct").format(number=row["number"]),
        refs={"shipment": row["number"]},
    )
    work.require_not_before(received, row["number"])
    shipment.objected_on, shipment.objected_by = work.on, work.actor.code
    shipment.objection = why
    work.move(shipment, SHIPMENT, "object", why)
    says = _("{number} is objected to and not charged before that is settled: {reason}").format(
        number=row["number"], reason=why
    )
    hint = f"kac shipment settle {row['number']} --got CODE:QTY"
    return Outcome(document(_again(work, row)), (says,), (hint,))


def settle(work: Work, reference: str, came: Mapping[int, int], note: str) -> Outcome:
    """Settle an objection: charge what is agreed to have come; the rest was never there.

    {product id: base units}; what is not named came as it was sent. DST-GDS-08, DST-GDS-09.
    """
    from kac.desk.shipments.tables import ShipmentAgreed

    require(work, "shipment.settle")
    row, shipment = _gathered(work, reference, "settle")
    why = required_text(note, field=_("reason"))
    found = queries.batches(work.reader, row["id"])
    require_open(
        [
            rules.settled_by_other(row["objected_by"], work.actor.code),
            rules.agreed_quantities(found, came),
        ],
        _("{number} is not settled").format(number=row["number"]),
        refs={"shipment": row["number"]},
    )
    work.require_not_before(date.fromisoformat(row["objected_on"]), row["number"])
    work.add_all(
        [
            ShipmentAgreed(
                shipment_line_id=batch.line_id,
                quantity=came.get(batch.product_id, batch.quantity),
            )
            for batch in found
        ]
    )
    _missed(work, row, found, came)
    _charge(work, row, shipment, rules.worth(found, came), ("settle", "agreed", why))
    again = _again(work, row)
    says = _("{number} is settled: {office} is charged {amount} of {total}").format(
        number=row["number"],
        office=row["office"],
        amount=Money(again["charged_fen"]),
        total=Money(row["total_fen"]),
    )
    return Outcome(document(again), (says,), (f"kac shipment account {row['office']}",))


def _missed(work: Work, row: Row, found: list[Batch], came: Mapping[int, int]) -> None:
    """Take what did not come off the stock of the office, and off what is held there."""
    supplied, gone = bool(row["supplier"]), []
    for batch in found:
        less = batch.quantity - came.get(batch.product_id, batch.quantity)
        if less:
            holds.draw(work, batch.hold_line_id, less, row["objection"])
            gone.append(_gone(work, row, batch, less, supplied=supplied))
    moves.post(work, gone)
    lost = total([move.value for move in gone])
    if entry := postings.missing_booked(row["number"], lost, supplied=supplied):
        journal.post(work, entry)


def _gone(work: Work, row: Row, batch: Batch, less: int, *, supplied: bool) -> Move:
    on_hand, value = moves.held(work.reader, batch.product_id, row["office"])
    lost = value_of_part(value, on_hand, less)
    product, office = batch.product_id, row["office"]
    return postings.missing(row["number"], product, office, less, lost, supplied=supplied)


def charge(work: Work, night: date) -> Outcome:
    """Charge what a night takes for correct, each batch once (DST-GDS-08, DST-GDS-09, A-06)."""
    from kac.desk.shipments.tables import Shipment

    require(work, "shipment.deem")
    says, made = [], []
    for row in queries.deemed_correct(work.reader, night):
        shipment = work.get(Shipment, row["id"])
        amount = rules.worth(queries.batches(work.reader, row["id"]), {})
        _charge(work, row, shipment, amount, ("charge", "silence", ""))
        made.append(row["number"])
        says.append(
            _("{number}: nobody objected since {day}; {office} is charged {amount}").format(
                number=row["number"], day=row["received_on"], office=row["office"], amount=amount
            )
        )
    told = {"number": made[-1] if made else "", "state": "charged", "charged": made}
    return Outcome(told, tuple(says))


def _charge(
    work: Work, row: Row, shipment: Shipment, amount: Money, how: tuple[str, str, str]
) -> None:
    verb, outcome, reason = how
    shipment.charged_on, shipment.charged_fen = work.on, amount.fen
    shipment.outcome = outcome
    work.move(shipment, SHIPMENT, verb, reason)
    if entry := postings.charged(row["number"], amount):
        journal.post(work, entry)


def remit(work: Work, reference: str, amount: Money, paper: str) -> Outcome:
    """Write down that the office has handed money on for a batch (DST-GDS-13, DST-GDS-14).

    The customer's payment is recorded as any other; this is what the office owes for the goods.
    """
    from kac.desk.shipments.tables import ShipmentRemittance

    require(work, "shipment.remit")
    row = queries.find(work.reader, reference, work.speaker)
    proof = required_text(paper, field=_("reference"), longest=40)
    charged, before = Money(row["charged_fen"]), Money(row["remitted_fen"])
    known = queries.remittances(work.reader, row["number"])
    require_open(
        [
            rules.office_owes(row["number"], charged, before, amount),
            rules.another_reference([each["reference"] for each in known], proof),
        ],
        _("{number}: nothing is handed on").format(number=row["number"]),
        refs={"shipment": row["number"]},
    )
    work.require_not_before(date.fromisoformat(row["charged_on"]), row["number"])
    work.add(
        ShipmentRemittance(
            shipment_id=row["id"],
            amount_fen=amount.fen,
            reference=proof,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    journal.post(work, postings.remitted(row["number"], proof, amount))
    work.record("remit", row["number"], amount=amount.plain(), paper=proof)
    again = _again(work, row)
    says = _("{number}: {office} has handed on {amount}, {open} is open").format(
        number=row["number"],
        office=row["office"],
        amount=amount,
        open=Money(again["charged_fen"] - again["remitted_fen"]),
    )
    return Outcome(document(again), (says,), (f"kac shipment account {row['office']}",))


def _gathered(work: Work, reference: str, verb: str) -> tuple[Row, Shipment]:
    from kac.desk.shipments.tables import Shipment

    row = queries.find(work.reader, reference, work.speaker)
    SHIPMENT.after(row["state"], verb, subject=row["number"])
    return row, work.get(Shipment, row["id"])


def _again(work: Work, row: Row) -> Row:
    return queries.find(work.reader, row["number"], work.speaker)
