"""Reading gift cards: which numbers lie at the window, which went out, and by what document."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.values import dataclass
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.cards.rules import CardRange, shared, without


@dataclass(frozen=True)
class Piece:
    """Cards of one allocation that are still out, and what each is worth."""

    allocation_id: int
    batch_id: int
    cards: CardRange
    face_fen: int


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The batch meant."""
    number = resolve(reader, "KP", "card_batch", reference, speaker)
    return reader.one("SELECT * FROM v_card_batch WHERE number = :number", number=number)


def batches(reader: Reader) -> list[Row]:
    """Every batch with how many of its cards are where, the newest first."""
    return reader.all("SELECT * FROM v_card_batch ORDER BY id DESC")


def cards_of(row: Row) -> CardRange:
    """The range that a row names, with the series of its batch."""
    return CardRange(row["series"], row["width"], row["first_card"], row["last_card"])


def live(reader: Reader, series: str, width: int) -> list[tuple[str, CardRange]]:
    """(batch, cards) of a series that did not go back to the issuer."""
    rows = reader.all(
        "SELECT * FROM card_batch WHERE series = :series AND width = :width ORDER BY id",
        series=series,
        width=width,
    )
    return [
        (row["number"], piece)
        for row in rows
        for piece in without([cards_of(row)], _to_issuer(reader, row["id"]))
    ]


def free(reader: Reader, batch: Row) -> list[CardRange]:
    """The cards of a batch that lie at the window."""
    out = [piece.cards for piece in pieces(reader, batch_id=batch["id"])]
    return without([cards_of(batch)], [*out, *_to_issuer(reader, batch["id"])])


def batches_of(reader: Reader, wanted: Sequence[CardRange]) -> list[Row]:
    """The batches that have any of these cards, as rows of v_card_batch."""
    return [
        row
        for row in reader.all("SELECT * FROM v_card_batch ORDER BY id")
        if any(cards_of(row).meets(each) for each in wanted)
    ]


def pieces(reader: Reader, document: str = "", batch_id: int = 0) -> list[Piece]:
    """The cards that are out by a document, or out of a batch, without those that came back."""
    rows = reader.all(
        "SELECT a.id, a.batch_id, a.first_card, a.last_card, b.series, b.width, b.face_fen"
        " FROM card_allocation a JOIN card_batch b ON b.id = a.batch_id"
        " WHERE (:document = '' OR a.document = :document) AND (:batch = 0 OR a.batch_id = :batch)"
        " ORDER BY a.id",
        document=document,
        batch=batch_id,
    )
    return [
        Piece(row["id"], row["batch_id"], cards, row["face_fen"])
        for row in rows
        for cards in without([cards_of(row)], _came_back(reader, row["id"]))
    ]


def _came_back(reader: Reader, allocation_id: int) -> list[CardRange]:
    return _returned(reader, "r.allocation_id = :id", allocation_id)


def _to_issuer(reader: Reader, batch_id: int) -> list[CardRange]:
    return _returned(reader, "r.allocation_id IS NULL AND r.batch_id = :id", batch_id)


def _returned(reader: Reader, where: str, id: int) -> list[CardRange]:
    rows = reader.all(
        "SELECT b.series, b.width, r.first_card, r.last_card FROM card_return r"
        f" JOIN card_batch b ON b.id = r.batch_id WHERE {where} ORDER BY r.id",
        id=id,
    )
    return [cards_of(row) for row in rows]


def history(reader: Reader, batch_id: int) -> list[Row]:
    """What happened to the cards of a batch, in order."""
    return reader.all(
        "SELECT b.series, b.width, t.* FROM (SELECT id, batch_id, 'out' AS event, document,"
        " first_card, last_card, '' AS reason, by, on_day, at FROM card_allocation"
        " UNION ALL SELECT r.id, r.batch_id, CASE WHEN r.allocation_id IS NULL THEN 'issuer'"
        " ELSE 'back' END, coalesce(a.document, ''), r.first_card, r.last_card, r.reason, r.by,"
        " r.on_day, r.at FROM card_return r LEFT JOIN card_allocation a ON a.id = r.allocation_id)"
        " t JOIN card_batch b ON b.id = t.batch_id WHERE t.batch_id = :id ORDER BY t.at, t.id",
        id=batch_id,
    )


def numbers_in_one_place(reader: Reader, _on: object) -> list[Finding]:
    """No card number is in two live batches, nor out by two documents (HYP-CRD-07)."""
    rows = reader.all("SELECT DISTINCT series, width FROM card_batch")
    known = [each for row in rows for _number, each in live(reader, row["series"], row["width"])]
    out = [piece.cards for piece in pieces(reader)]
    astray = without(out, known)
    twice = [second for ranges in (known, out) for _first, second in shared(ranges)]
    return [
        Finding(
            "card_numbers_in_one_place",
            str(cards),
            _("card {cards} is in two places at once").format(cards=cards),
            ("HYP-CRD-07",),
            "kac card batches",
        )
        for cards in [*twice, *astray]
    ]
