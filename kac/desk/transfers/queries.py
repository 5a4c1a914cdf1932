"""Reading transfers: the one meant, a list, and what is on the road."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.db.policybook import DESK, in_force
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.stock.policy import StockPolicy
from kac.desk.transfers import rules
from kac.desk.transfers.rules import Sent, TransferFacts

KIND = "YK"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The transfer meant, as a row of v_stock_transfer."""
    number = resolve(reader, KIND, "stock_transfer", reference, speaker)
    return reader.one("SELECT * FROM v_stock_transfer WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "") -> list[Row]:
    """Transfers, the newest first."""
    return reader.all(
        "SELECT * FROM v_stock_transfer WHERE :state = '' OR state = :state ORDER BY id DESC",
        state=state,
    )


def lines(reader: Reader, number: str) -> list[Row]:
    """What was sent, and what came of it."""
    return reader.all(
        "SELECT * FROM v_stock_transfer_line WHERE number = :number ORDER BY id", number=number
    )


def facts(reader: Reader, row: Row) -> TransferFacts:
    """A transfer as its gates see it."""
    names = ("product_id", "code", "name", "unit", "scale", "quantity")
    return TransferFacts(
        number=row["number"],
        to_location=row["to_location"],
        sent_by=row["sent_by"],
        sent_on=date.fromisoformat(row["on_day"]),
        lines=tuple(
            Sent(**{name: line[name] for name in names}) for line in lines(reader, row["number"])
        ),
    )


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every transfer on the road with its gate, the oldest first."""
    policy = in_force(reader, DESK, today)
    days = policy.section("stock", StockPolicy).moving_days
    for row in reversed(listing(reader, "moving")):
        document = {**dict(row), "need_by": row["on_day"], "matter": row["reason"]}
        gate = rules.received(facts(reader, row), policy.may["stock.arrive"], days, today)
        yield document, [gate], rules.AFTER


def on_the_road_too_long(reader: Reader, on: date) -> list[Finding]:
    """Goods sent to another location are received within the days that the policy gives (A-66)."""
    policy = in_force(reader, DESK, on)
    days = policy.section("stock", StockPolicy).moving_days
    found = []
    for row in reversed(listing(reader, "moving")):
        told = facts(reader, row)
        if rules.overdue(told, days, on):
            gate = rules.received(told, policy.may["stock.arrive"], days, on)
            says, command = gate.says, gate.command
            found.append(
                Finding("on_the_road_too_long", row["number"], says, gate.rules, command, soft=True)
            )
    return found


def road_equals_moves(reader: Reader, _on: date) -> list[Finding]:
    """What transfers and shipments have on the road is what the moves of goods say is there."""
    rows = reader.all(
        "SELECT p.code, coalesce(v.quantity, 0) AS moved,"
        " coalesce((SELECT sum(l.quantity) FROM v_stock_transfer_line l"
        "  WHERE l.product_id = p.id AND l.state = 'moving'), 0)"
        " + coalesce((SELECT sum(g.quantity) FROM v_shipment_line g JOIN shipment s"
        "  ON s.id = g.shipment_id WHERE g.product_id = p.id AND g.state = 'shipped'"
        "  AND s.supplier = ''), 0) AS sent FROM product p"
        " LEFT JOIN v_place v ON v.product_id = p.id AND v.place = '@road' ORDER BY p.code"
    )
    return [
        Finding(
            "road_equals_moves",
            row["code"],
            _("{code}: {sent} base units sent, {moved} on the road").format(**dict(row)),
            ("CRH-DAT-02",),
            "kac stock transfers",
        )
        for row in rows
        if row["moved"] != row["sent"]
    ]
