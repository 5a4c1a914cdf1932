"""Reading sales of cards: what was sold to whom, what became of it, what is still owed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.db import policybook
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.approvals import queries as approvals
from kac.desk.card_sales import rules
from kac.desk.card_sales.rules import CardSaleFacts
from kac.desk.card_sales.states import OPEN
from kac.desk.credits import queries as credits
from kac.ledger.chart import CARD_LIABILITY, CARDS_OWED, CARDS_TO_REFUND
from kac.ledger.checks import balance


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The sale meant, as a row of v_card_sale."""
    number = resolve(reader, "KS", "card_sale", reference, speaker)
    return by_number(reader, number)


def by_number(reader: Reader, number: str) -> Row:
    """The sale of a number."""
    return reader.one("SELECT * FROM v_card_sale WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "", customer_id: int = 0) -> list[Row]:
    """Sales of cards, the newest first; of the state `open` those that want something."""
    marks = ", ".join(f"'{each}'" for each in OPEN)
    return reader.all(
        "SELECT * FROM v_card_sale WHERE (:state = '' OR state = :state"
        f" OR (:state = 'open' AND (state IN ({marks}) OR iou_state = 'written')))"
        " AND (:customer = 0 OR customer_id = :customer) ORDER BY id DESC",
        state=state,
        customer=customer_id,
    )


def facts(reader: Reader, row: Row, today: date) -> CardSaleFacts:
    """A sale as its gates see it."""
    credit = None
    if row["credit"]:
        application = credits.by_number(reader, row["credit"])
        credit = credits.standing(reader, application, beside=row["number"])
    copies = reader.value(
        "SELECT count(*) FROM v_paper WHERE document = :iou AND kind = 'iou'", iou=row["iou"]
    )
    names = ("number", "state", "mode", "customer", "customer_name", "amount_fen", "worth_fen")
    more = ("settled_fen", "carried_fen", "iou", "iou_state", "receipt", "invoice_content")
    return CardSaleFacts(
        **{name: row[name] for name in (*names, *more)},
        iou_copies=copies,
        request=row["approval"],
        steps=approvals.steps(row["route"]),
        signed=approvals.signed(reader, row["approval_id"]) if row["approval_id"] else (),
        credit=credit,
        today=today,
    )


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, Any]]:
    """All gates of a sale, and what each of them waits for."""
    may = policybook.in_force(reader, policybook.DESK, today).may
    return rules.checklist(facts(reader, row, today), may), rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, Any]]]:
    """Every sale that still wants something, with its gates."""
    for row in listing(reader, "open"):
        yield {**dict(row), "need_by": row["collection_on"]}, *case(reader, row, today)


def receipt(reader: Reader, sale_id: int) -> Row | None:
    """The receipt that the customer wrote."""
    return reader.first("SELECT * FROM card_receipt WHERE card_sale_id = :id", id=sale_id)


def cards_equal_books(reader: Reader, _on: date) -> list[Finding]:
    """What customers owe for cards, and the cards that they hold, are what the books say."""
    row = reader.one(
        "SELECT coalesce(sum(worth_fen), 0) AS worth, coalesce(sum(back_fen), 0) AS back,"
        " coalesce(sum(credited_fen - refunded_fen - back_fen), 0) AS credited"
        " FROM v_card_sale WHERE state IN ('delivered', 'settled')"
    )
    opened = reader.value(
        "SELECT coalesce(sum(amount_fen), 0) FROM v_opening_line"
        " WHERE kind = 'cards' AND state = 'confirmed'"
    )
    pairs = (
        (CARDS_OWED, row["worth"] - row["credited"], balance(reader, CARDS_OWED)),
        (CARD_LIABILITY, row["worth"] + opened, -balance(reader, CARD_LIABILITY)),
        (CARDS_TO_REFUND, row["back"], -balance(reader, CARDS_TO_REFUND)),
    )
    return [
        Finding(
            "cards_equal_books",
            account,
            _("cards: documents say {derived}, account {account} says {booked}").format(
                derived=Money(derived), account=account, booked=Money(booked)
            ),
            ("CRH-DAT-02",),
            "kac audit verify",
        )
        for account, derived, booked in pairs
        if derived != booked
    ]


def latest_day(reader: Reader, row: Row) -> date:
    """The last day on which cards or money of a sale moved; `row` is of v_card_sale."""
    return max(date.fromisoformat(row["delivered_on"] or row["on_day"]), money_day(reader, row))


def money_day(reader: Reader, row: Row) -> date:
    """The last day on which money of a sale of cards or goods was taken or settled."""
    latest = reader.value(
        "SELECT max(day) FROM (SELECT max(on_day) AS day FROM taking WHERE document = :number"
        " UNION ALL SELECT max(settled_on) FROM taking WHERE document = :number) d",
        number=row["number"],
    )
    return date.fromisoformat(latest or row["on_day"])
