"""Sales and batches of gift cards as they are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from kac.cli.onlooker import speaker
from kac.cli.orderview import View, gate_columns, gate_row
from kac.cli.show import Column, Part
from kac.core.i18n import N_, _
from kac.db.reader import Reader, Row
from kac.desk.approvals.states import LABELS as APPROVALS
from kac.desk.card_sales import queries as sales
from kac.desk.card_sales.states import LABELS, MODES
from kac.desk.cards import queries as cards
from kac.desk.cards.rules import told
from kac.desk.ious.states import LABELS as IOUS
from kac.desk.papers import queries as papers
from kac.desk.papers.rules import EVENTS as PAPER_EVENTS
from kac.desk.papers.rules import HOLDERS

EVENTS = {
    "out": N_("handed out"),
    "back": N_("came back unused"),
    "issuer": N_("back to the issuer"),
}


def list_columns() -> list[Column]:
    """The columns of a list of sales."""
    return [
        Column("number", _("sale of cards"), "code"),
        Column("customer_name", _("customer"), priority=6),
        Column("mode", _("kind"), "state", words=MODES, priority=4),
        Column("amount", _("amount"), "money"),
        Column("owed", _("still owed"), "money"),
        Column("state", _("state"), "state", words=LABELS),
        Column("iou", _("IOU"), "code"),
        Column("iou_state", _("IOU is"), "state", words=IOUS, priority=5),
        Column("credit", _("credit"), "code", priority=3),
        Column("prepared_by", _("made by"), "code", priority=2),
    ]


def batch_columns() -> list[Column]:
    """The columns of a list of batches."""
    return [
        Column("number", _("batch"), "code"),
        Column("range", _("cards"), "code"),
        Column("face", _("face value"), "money"),
        Column("cards", _("count"), "count"),
        Column("free_cards", _("at the window"), "count"),
        Column("out_cards", _("out"), "count"),
        Column("returned_cards", _("back to the issuer"), "count"),
        Column("received_by", _("batch taken by"), "code", priority=2),
        Column("on_day", _("on"), "day", priority=3),
    ]


def listed(row: Row) -> dict[str, Any]:
    """A sale as lists take it."""
    return {**dict(row), "amount": row["amount_fen"], "owed": row["owed_fen"]}


def batch(row: Row) -> dict[str, Any]:
    """A batch as lists take it."""
    return {**dict(row), "range": str(cards.cards_of(row)), "face": row["face_fen"]}


def of_sale(reader: Reader, reference: str, today: date) -> View:
    """Everything about a sale: its cards, its checklist, who holds which paper."""
    row = sales.find(reader, reference, speaker(reader))
    gates, _after = sales.case(reader, row, today)
    pieces = [
        {"cards": str(piece.cards), "count": piece.cards.count, "face": piece.face_fen}
        for piece in cards.pieces(reader, row["number"])
        if row["state"] != "voided"
    ]
    columns = [
        *list_columns()[:6],
        Column("settled", _("settled"), "money"),
        Column("carried", _("on its way"), "money"),
        Column("iou", _("IOU"), "code"),
        Column("iou_state", _("IOU is"), "state", words=IOUS),
        Column("approval_state", _("signatures"), "state", words=APPROVALS),
        Column("credit", _("credit"), "code"),
        Column("delivered_to", _("cards taken by")),
        Column("delivered_on", _("delivered on"), "day"),
        Column("receipt", _("receipt by")),
        Column("invoice_content", _("invoice content")),
        Column("prepared_by", _("made by"), "code"),
        Column("on_day", _("made on"), "day"),
        Column("end_reason", _("ended because")),
    ]
    head = {**listed(row), "settled": row["settled_fen"], "carried": row["carried_fen"]}
    of_cards = [
        Column("cards", _("cards"), "code"),
        Column("count", _("count"), "count"),
        Column("face", _("face value"), "money"),
    ]
    return View(
        columns,
        head,
        [
            Part("cards", _("cards"), of_cards, pieces),
            Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates]),
            Part("papers", _("papers"), paper_columns(), _papers(reader, row)),
        ],
    )


def _papers(reader: Reader, row: Row) -> list[dict[str, Any]]:
    documents = [each for each in (row["number"], row["iou"]) if each]
    found = []
    for document in documents:
        found += [{**dict(one), "document": document} for one in papers.history(reader, document)]
    return found


def paper_columns() -> list[Column]:
    """The columns of what happened to papers."""
    return [
        Column("document", _("document"), "code"),
        Column("event", _("event"), "state", words=PAPER_EVENTS),
        Column("holder", _("held by"), "state", words=HOLDERS),
        Column("by", _("who"), "code"),
        Column("on_day", _("on"), "day"),
        Column("reason", _("because"), priority=3),
    ]


def of_batch(reader: Reader, reference: str, _today: date) -> View:
    """Everything about a batch: what is free, and where the others went."""
    row = cards.find(reader, reference, speaker(reader))
    free = told(cards.free(reader, row))
    moves = [
        {**dict(each), "cards": str(cards.cards_of(each))}
        for each in cards.history(reader, row["id"])
    ]
    of_moves = [
        Column("event", _("event"), "state", words=EVENTS),
        Column("document", _("document"), "code"),
        Column("cards", _("cards"), "code"),
        Column("by", _("who"), "code"),
        Column("on_day", _("on"), "day"),
        Column("reason", _("because"), priority=3),
    ]
    columns = [*batch_columns(), Column("free", _("unused cards"), "code")]
    return View(columns, {**batch(row), "free": free}, [Part("moves", _("moves"), of_moves, moves)])
