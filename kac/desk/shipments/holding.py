"""Verbs of goods held at an office: say why, accept that, and draw on them after a review."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kac.core.errors import Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.shipments import queries, rules
from kac.desk.shipments.actions import document
from kac.desk.shipments.rules import Batch
from kac.desk.shipments.states import HELD_DRAW
from kac.desk.staff.actions import require
from kac.desk.stock import holds

if TYPE_CHECKING:
    from kac.desk.shipments.tables import HeldDraw, Shipment


def reason(work: Work, reference: str, why: str) -> Outcome:
    """Say in writing why goods are held; they count as the office's stock until it is accepted.

    DST-GDS-19, DST-GDS-20.
    """
    require(work, "shipment.reason")
    row, shipment = _shipment(work, reference)
    text = required_text(why, field=_("reason"))
    require_open(
        [rules.something_held(queries.batches(work.reader, row["id"]))],
        _("{number}: no reason is stated").format(number=row["number"]),
        refs={"shipment": row["number"]},
    )
    shipment.reason, shipment.reason_state = text, "stated"
    shipment.reason_by = work.actor.code
    work.record("state why", row["number"], reason=text)
    says = [
        _("{number}: held because {reason}").format(number=row["number"], reason=text),
        _("the goods count as stock of {office} until that is accepted").format(
            office=row["office"]
        ),
    ]
    hint = f"kac shipment accept {row['number']}"
    return Outcome(document(_again(work, row)), tuple(says), (hint,))


def judge(work: Work, reference: str, *, accepted: bool, why: str = "") -> Outcome:
    """Accept why goods are held, or do not: only then they may leave the office's stock.

    DST-GDS-20.
    """
    require(work, "shipment.accept" if accepted else "shipment.decline")
    row, shipment = _shipment(work, reference)
    text = why if accepted else required_text(why, field=_("reason"))
    require_open(
        [
            rules.reason_stated(row["reason_state"]),
            rules.judged_by_other(row["reason_by"], work.actor.code),
        ],
        _("{number}: nothing is accepted").format(number=row["number"]),
        refs={"shipment": row["number"]},
    )
    shipment.reason_state = "accepted" if accepted else "declined"
    work.record("accept" if accepted else "decline", row["number"], reason=text)
    again = _again(work, row)
    says = _("{number}: the reason is accepted; the goods do not count as stock of {office}")
    if rules.in_inventory(again["reason_state"]):
        says = _("{number}: the reason is not accepted; the goods count as stock of {office}")
    told = says.format(number=row["number"], office=row["office"])
    return Outcome(document(again), (told,), (f"kac shipment held {row['office']}",))


def ask(work: Work, reference: str, product_id: int, quantity: int, why: str) -> Outcome:
    """Ask the sales company to let held goods be used for something else (DST-GDS-18)."""
    from kac.desk.shipments.tables import HeldDraw

    require(work, "shipment.ask")
    row, _shipment_row = _shipment(work, reference)
    text = required_text(why, field=_("reason"))
    batch = _batch(work, row, product_id)
    require_open(
        [rules.enough_held(batch, quantity)],
        _("{number}: nothing can be drawn").format(number=row["number"]),
        refs={"shipment": row["number"]},
    )
    draw = work.add(
        HeldDraw(
            number=work.number(queries.DRAW),
            stock_hold_line_id=batch.hold_line_id,
            quantity=quantity,
            reason=text,
            state=HELD_DRAW.start,
            asked_by=work.actor.code,
            reviewed_by="",
            filing="",
            filed_by="",
            end_reason="",
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("ask", draw.number, shipment=row["number"], reason=text)
    found = queries.find_draw(work.reader, draw.number, work.speaker)
    says = _("{number}: the sales company is asked to let {goods} of {shipment} be used").format(
        number=draw.number, goods=queries.told(found), shipment=row["number"]
    )
    return Outcome(_of_draw(found), (says,), (f"kac shipment review {draw.number}",))


def _batch(work: Work, row: Row, product_id: int) -> Batch:
    for batch in queries.batches(work.reader, row["id"]):
        if batch.product_id == product_id:
            return batch
    raise Refused(
        _("{number} holds none of these goods").format(number=row["number"]),
        code="E-SHP-002",
        rules=["DST-GDS-17"],
        fix=[f"kac shipment show {row['number']}"],
    )


def review(work: Work, reference: str) -> Outcome:
    """Look at a request and allow it; it is put on file besides (DST-GDS-18)."""
    require(work, "shipment.review")
    row, draw = _draw(work, reference, "review")
    require_open(
        [rules.judged_by_other(row["asked_by"], work.actor.code)],
        _("{number} is not reviewed").format(number=row["number"]),
        refs={"draw": row["number"]},
    )
    draw.reviewed_by = work.actor.code
    work.move(draw, HELD_DRAW, "review")
    says = _("{number} is reviewed: {goods} may be used once it is on file").format(
        number=row["number"], goods=queries.told(row)
    )
    return _told(work, row, says, f"kac shipment file {row['number']} --ref NUMBER")


def file(work: Work, reference: str, filing: str) -> Outcome:
    """Put a reviewed request on file, by its number there (DST-GDS-18)."""
    require(work, "shipment.file")
    row, draw = _draw(work, reference, "file")
    draw.filing = required_text(filing, field=_("filing"), longest=40)
    draw.filed_by = work.actor.code
    work.move(draw, HELD_DRAW, "file")
    says = _("{number} is on file under {filing}").format(number=row["number"], filing=draw.filing)
    return _told(work, row, says, f"kac shipment take {row['number']}")


def refuse(work: Work, reference: str, why: str) -> Outcome:
    """Say no to a request: the goods stay held."""
    require(work, "shipment.refuse")
    row, draw = _draw(work, reference, "refuse")
    draw.end_reason = required_text(why, field=_("reason"))
    work.move(draw, HELD_DRAW, "refuse", draw.end_reason)
    says = _("{number} is refused, the goods stay held: {reason}").format(
        number=row["number"], reason=draw.end_reason
    )
    return _told(work, row, says, f"kac shipment show {row['shipment']}")


def drawn(work: Work, reference: str) -> Outcome:
    """Free held goods for something else, after review and filing (DST-GDS-17, DST-GDS-18)."""
    from kac.desk.shipments.tables import HeldDraw

    require(work, "shipment.take")
    row = queries.find_draw(work.reader, reference, work.speaker)
    if row["state"] not in ("asked", "reviewed"):
        HELD_DRAW.after(row["state"], "draw", subject=row["number"])
    shipment = queries.find(work.reader, row["shipment"], work.speaker)
    batch = _batch(work, shipment, row["product_id"])
    gates = queries.draw_checklist(row, work.house().may)
    require_open(
        [
            *(gate for gate in gates if gate.name != "draw_made"),
            rules.enough_held(batch, row["quantity"]),
        ],
        _("{number}: the goods stay held for {customer}").format(
            number=row["number"], customer=row["customer_name"]
        ),
        refs={"draw": row["number"]},
    )
    holds.draw(work, row["stock_hold_line_id"], row["quantity"], row["reason"])
    work.move(work.get(HeldDraw, row["id"]), HELD_DRAW, "draw", row["reason"])
    says = _("{number}: {goods} at {office} are free").format(
        number=row["number"], goods=queries.told(row), office=row["office"]
    )
    return _told(work, row, says, f"kac stock check {row['code']}")


def _told(work: Work, row: Row, says: str, hint: str) -> Outcome:
    again = queries.find_draw(work.reader, row["number"], work.speaker)
    return Outcome(_of_draw(again), (says,), (hint,))


def _of_draw(row: Row) -> dict[str, object]:
    return {
        "number": row["number"],
        "state": row["state"],
        "shipment": row["shipment"],
        "code": row["code"],
        "filing": row["filing"],
    }


def _draw(work: Work, reference: str, verb: str) -> tuple[Row, HeldDraw]:
    from kac.desk.shipments.tables import HeldDraw

    row = queries.find_draw(work.reader, reference, work.speaker)
    HELD_DRAW.after(row["state"], verb, subject=row["number"])
    return row, work.get(HeldDraw, row["id"])


def _shipment(work: Work, reference: str) -> tuple[Row, Shipment]:
    from kac.desk.shipments.tables import Shipment

    row = queries.find(work.reader, reference, work.speaker)
    since = row["received_on"] or row["on_day"]
    work.require_not_before(date.fromisoformat(since), row["number"])
    return row, work.get(Shipment, row["id"])


def _again(work: Work, row: Row) -> Row:
    return queries.find(work.reader, row["number"], work.speaker)
