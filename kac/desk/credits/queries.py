"""Reading credit: applications, what is used of them, and what of a customer is overdue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.gates import Gate
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.approvals import queries as approvals
from kac.desk.credits import rules
from kac.desk.credits.rules import CreditStanding

SET = "hypermarket"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The application meant."""
    number = resolve(reader, "XY", "credit_application", reference, speaker)
    return by_number(reader, number)


def by_number(reader: Reader, number: str) -> Row:
    """The application of a number."""
    return reader.one("SELECT * FROM v_credit WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "") -> list[Row]:
    """Applications, the soonest to be collected first."""
    return reader.all(
        "SELECT * FROM v_credit WHERE :state = '' OR state = :state ORDER BY collection_on, number",
        state=state,
    )


def business(reader: Reader, customer_id: int) -> int:
    """How many dealings with a customer this ledger knows, of whatever set (HYP-CRE-01)."""
    found: int = reader.value(
        "SELECT (SELECT count(*) FROM v_business WHERE customer_id = :id)"
        " + (SELECT count(*) FROM v_card_sale WHERE customer_id = :id AND state = 'settled'"
        " AND worth_fen > 0)"
        " + (SELECT count(*) FROM v_wholesale WHERE customer_id = :id AND state = 'settled'"
        " AND worth_fen > 0)"
        " + (SELECT count(*) FROM v_contract WHERE customer_id = :id"
        " AND state IN ('executing', 'closed'))",
        id=customer_id,
    )
    return found


def overdue(reader: Reader, customer_id: int, today: date) -> tuple[str, ...]:
    """Documents sold on account whose day of collection is over."""
    rows = reader.all(
        "SELECT number FROM v_on_account WHERE customer_id = :id AND collection_on < :today"
        " AND owed_fen > 0 ORDER BY number",
        id=customer_id,
        today=today.isoformat(),
    )
    return tuple(row["number"] for row in rows)


def standing(reader: Reader, row: Row, beside: str = "") -> CreditStanding:
    """An application as a sale under it sees it; what the sale `beside` uses is not counted."""
    used = reader.value(
        "SELECT coalesce(sum(worth_fen), 0) FROM v_on_account WHERE credit = :credit"
        " AND number <> :beside",
        credit=row["number"],
        beside=beside,
    )
    return CreditStanding(
        **{name: row[name] for name in ("number", "state", "customer", "amount_fen")},
        used_fen=used,
        collection_on=date.fromisoformat(row["collection_on"]),
        request=row["approval"],
        steps=approvals.steps(row["route"]),
        signed=approvals.signed(reader, row["approval_id"]) if row["approval_id"] else (),
    )


def case(reader: Reader, row: Row, _today: date) -> tuple[list[Gate], Mapping[str, Any]]:
    """The gates of an application, and what each waits for."""
    return rules.checklist(standing(reader, row)), rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, Any]]]:
    """Every living application with its gates."""
    for row in listing(reader, "applied"):
        yield {**dict(row), "need_by": None}, *case(reader, row, today)
