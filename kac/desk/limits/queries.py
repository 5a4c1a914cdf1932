"""Reading credit limits: what was proposed, and what of it counts for a customer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.gates import Gate
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.approvals import queries as approvals
from kac.desk.limits import rules
from kac.desk.limits.rules import Limit


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The proposal meant."""
    return by_number(reader, resolve(reader, "ED", "credit_limit", reference, speaker))


def by_number(reader: Reader, number: str) -> Row:
    """The proposal of a number."""
    return reader.one("SELECT * FROM v_credit_limit WHERE number = :number", number=number)


def listing(reader: Reader, customer_id: int = 0, state: str = "") -> list[Row]:
    """Proposals, the newest first; of one customer, or whose approval is in a state."""
    return reader.all(
        "SELECT * FROM v_credit_limit WHERE (:customer = 0 OR customer_id = :customer)"
        " AND (:state = '' OR approval_state = :state) ORDER BY id DESC",
        customer=customer_id,
        state=state,
    )


def of_customer(reader: Reader, customer_id: int) -> Limit | None:
    """The limit that was signed for last, whether its term is over or not; None while none is."""
    row = reader.first(
        "SELECT * FROM v_credit_limit WHERE customer_id = :id AND approval_state = 'approved'"
        " ORDER BY id DESC LIMIT 1",
        id=customer_id,
    )
    if row is None:
        return None
    signed = approvals.signed(reader, row["approval_id"])
    hands = [name for one in signed for name in (one.staff, one.on_behalf_of) if name]
    return Limit(
        number=row["number"],
        limit_fen=row["limit_fen"],
        until=date.fromisoformat(row["until_day"]),
        investigated_by=row["investigated_by"],
        signed_by=tuple(dict.fromkeys(hands)),
    )


def case(reader: Reader, row: Row, _today: date) -> tuple[list[Gate], Mapping[str, Any]]:
    """The gates of a proposal, and what each waits for."""
    steps = approvals.steps(row["route"])
    signed = approvals.signed(reader, row["approval_id"]) if row["approval_id"] else ()
    return rules.signatures(row["approval"], steps, signed), rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, Any]]]:
    """Every proposal that waits for signatures, with its gates."""
    for row in listing(reader, state="pending"):
        yield {**dict(row), "need_by": None}, *case(reader, row, today)
