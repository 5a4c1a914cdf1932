"""Verbs of the gift cards: receive a batch, hand cards out, take unused ones back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kac.core.errors import BadInput
from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.db.work import Outcome, Work
from kac.desk.cards import queries, rules
from kac.desk.cards.rules import CardRange
from kac.desk.staff.actions import require


def receive(work: Work, cards: CardRange, face: Money) -> Outcome:
    """Take a batch of cards of one face value into the window, by its numbers (HYP-CRD-07)."""
    from kac.desk.cards.tables import CardBatch

    require(work, "card.receive")
    if face.fen <= 0:
        raise BadInput(_("a card is worth more than nothing"), code="E-VAL-010")
    require_open(
        [rules.numbers_unknown(cards, queries.live(work.reader, cards.series, cards.width))],
        _("{cards} cannot be taken in").format(cards=cards),
    )
    batch = work.add(
        CardBatch(
            number=work.number("KP"),
            series=cards.series,
            width=cards.width,
            first_card=cards.first,
            last_card=cards.last,
            face_fen=face.fen,
            received_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("receive cards", batch.number, cards=str(cards), face_fen=face.fen)
    says = _("{number}: {cards} at the window, {count} of {face} each").format(
        number=batch.number, count=cards.count, face=face, cards=cards
    )
    document = {
        "number": batch.number,
        "state": "received",
        "cards": str(cards),
        "count": cards.count,
        "face": face.plain(),
    }
    return Outcome(document, (says,), ("kac card sell -c CUSTOMER --amount …",))


def free_now(work: Work, wanted: Sequence[CardRange]) -> Gate:
    """The gate of cards that are to go out: all of them lie at the window."""
    there = queries.batches_of(work.reader, wanted)
    return rules.numbers_free(
        wanted, [each for row in there for each in queries.free(work.reader, row)]
    )


def hand_out(work: Work, document: str, wanted: Sequence[CardRange]) -> None:
    """Write cards out of the window by a document; the caller has judged `free_now`."""
    from kac.desk.cards.tables import CardAllocation

    for row in queries.batches_of(work.reader, wanted):
        free = queries.free(work.reader, row)
        for cards in rules.common(wanted, free):
            work.add(
                CardAllocation(
                    batch_id=row["id"],
                    document=document,
                    first_card=cards.first,
                    last_card=cards.last,
                    by=work.actor.code,
                    on_day=work.on,
                    at=work.now,
                )
            )
            work.record("hand out cards", document, cards=str(cards))


def worth(work: Work, wanted: Sequence[CardRange]) -> int:
    """What cards at the window are worth together, in fen."""
    return sum(
        row["face_fen"] * rules.counted(rules.common(wanted, queries.free(work.reader, row)))
        for row in queries.batches_of(work.reader, wanted)
    )


def take_back(work: Work, document: str, wanted: CardRange, reason: str) -> int:
    """Take unused cards of a document back to the window; what they are worth, in fen."""
    held = queries.pieces(work.reader, document)
    require_open(
        [rules.numbers_held(wanted, [piece.cards for piece in held], document)],
        _("{cards} cannot come back").format(cards=wanted),
        refs={"document": document},
    )
    value = 0
    for piece in held:
        for cards in rules.common([wanted], [piece.cards]):
            _write_return(work, piece.batch_id, piece.allocation_id, cards, reason)
            value += cards.count * piece.face_fen
    work.record("take back cards", document, cards=str(wanted), worth_fen=value)
    return value


def send_back(work: Work, reference: str, wanted: CardRange, reason: str) -> Outcome:
    """Give unused cards of a batch back to whoever issued them."""
    require(work, "card.return")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])
    require_open(
        [rules.numbers_free([wanted], queries.free(work.reader, row))],
        _("{cards} cannot go back to the issuer").format(cards=wanted),
        refs={"batch": row["number"]},
    )
    _write_return(work, row["id"], None, wanted, why)
    work.record("return cards", row["number"], cards=str(wanted), reason=why)
    says = _("{number}: unused, back to the issuer: {cards} ({count})").format(
        number=row["number"], count=wanted.count, cards=wanted
    )
    left = rules.counted(queries.free(work.reader, row))
    document = {"number": row["number"], "state": "received", "returned": wanted.count}
    return Outcome({**document, "free": left}, (says,), (f"kac card show {row['number']}",))


def _write_return(
    work: Work, batch_id: int, allocation_id: int | None, cards: CardRange, reason: str
) -> None:
    from kac.desk.cards.tables import CardReturn

    work.add(
        CardReturn(
            batch_id=batch_id,
            allocation_id=allocation_id,
            first_card=cards.first,
            last_card=cards.last,
            reason=reason,
            by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
