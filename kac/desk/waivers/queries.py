"""Reading waivers: by number, of an order, and those that wait for a signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.waivers import rules
from kac.desk.waivers.rules import WaiverFacts


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The waiver meant by its number, a part of it, or the number of its order."""
    row = reader.first(
        "SELECT * FROM v_waiver WHERE order_number = upper(:word) ORDER BY id DESC LIMIT 1",
        word=reference.strip(),
    )
    if row is not None:
        return row
    number = resolve(reader, "JM", "deposit_exception", reference, speaker)
    return reader.one("SELECT * FROM v_waiver WHERE number = :number", number=number)


def of_order(reader: Reader, order_id: int) -> WaiverFacts | None:
    """The last waiver of an order; None when none was asked for."""
    row = reader.first(
        "SELECT * FROM v_waiver WHERE order_id = :id ORDER BY id DESC LIMIT 1", id=order_id
    )
    return facts(row) if row else None


def facts(row: Row) -> WaiverFacts:
    """A row of v_waiver as its rules see it."""
    return WaiverFacts(
        number=row["number"],
        request=row["approval"],
        state=row["state"],
        short_fen=row["short_fen"],
        total_fen=row["order_total_fen"],
        ordinary_fen=row["ordinary_fen"],
        reason=row["reason"],
        by=row["granted_by"],
        on_behalf_of=row["granted_for"],
        at=row["granted_at"],
    )


def of_row(order: Row) -> WaiverFacts | None:
    """The waiver that a row of v_order_gate_facts speaks of."""
    if not order["waiver"]:
        return None
    return WaiverFacts(
        number=order["waiver"],
        request=order["waiver_request"],
        state=order["waiver_state"],
        short_fen=order["waiver_fen"],
        total_fen=order["waiver_total_fen"],
        ordinary_fen=order["waiver_ordinary_fen"],
        reason=order["waiver_reason"],
        by=order["waiver_by"],
        on_behalf_of=order["waiver_for"],
        at=order["waiver_at"],
    )


def listing(reader: Reader, state: str = "") -> list[Row]:
    """Waivers, the newest first."""
    return reader.all(
        "SELECT * FROM v_waiver WHERE :state = '' OR state = :state ORDER BY id DESC", state=state
    )


def case(
    reader: Reader, row: Row, _today: date
) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """The gate of a waiver, none once it has lapsed."""
    from kac.desk.approvals import queries as approvals
    from kac.desk.approvals import rules as approval_rules

    if row["state"] == "superseded":
        return [], rules.AFTER
    steps = approvals.steps(row["route"])
    signed = approvals.signed(reader, row["approval_id"])
    return approval_rules.gates(row["approval"], steps, signed), rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every waiver that waits for its signature with its gate, the oldest first."""
    for row in reversed(listing(reader, "pending")):
        yield dict(row), *case(reader, row, today)


def waivers_are_signed(reader: Reader, _on: date) -> list[Finding]:
    """No waiver holds without the signature of somebody else, nor for more than was signed for.

    RTL-DEP-06, A-56, A-60.
    """
    rows = reader.all(
        "SELECT w.number, w.order_number, w.short_fen FROM v_waiver w"
        " JOIN v_order o ON o.id = w.order_id"
        " WHERE w.state = 'approved' AND (w.granted_by = w.asked_by OR w.granted_by = ''"
        " OR o.total_fen > w.order_total_fen"
        " OR o.total_fen - o.fresh_fen > w.ordinary_fen) ORDER BY w.id"
    )
    return [
        Finding(
            "waivers_are_signed",
            row["number"],
            _("{amount} of the deposit of {order} is left off without its signature").format(
                amount=Money(row["short_fen"]), order=row["order_number"]
            ),
            rules.RULES,
            f"kac explain {row['number']}",
        )
        for row in rows
    ]
