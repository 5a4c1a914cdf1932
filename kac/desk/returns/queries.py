"""Reading returns: what a customer could give back, what is on its way, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.gates import Gate
from kac.db import policybook
from kac.db.policybook import PolicyVersion
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.approvals import queries as approvals
from kac.desk.approvals import rules as approval_rules
from kac.desk.returns import rules
from kac.desk.returns.policy import ReturnPolicy
from kac.desk.returns.rules import BackLine, ReturnFacts, SoldLine
from kac.desk.returns.states import CUSTOMER

NUMBERS = "TH"
LIVING = ("awaited", "back", "inspected")


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The return meant by its number, or a part of it."""
    return by_number(reader, resolve(reader, NUMBERS, "goods_return", reference, speaker))


def by_number(reader: Reader, number: str) -> Row:
    """The return of a number that is known to be there."""
    return reader.one("SELECT * FROM v_return WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "", order: str = "") -> list[Row]:
    """Returns, the newest first."""
    return reader.all(
        "SELECT * FROM v_return WHERE (:state = '' OR state = :state)"
        " AND (:order_number = '' OR order_number = :order_number) ORDER BY id DESC",
        state=state,
        order_number=order,
    )


def living(reader: Reader) -> list[Row]:
    """Returns that still want something, the oldest first."""
    return reader.all(
        "SELECT * FROM v_return WHERE state IN ('awaited', 'back', 'inspected') ORDER BY id"
    )


def sold(reader: Reader, dispatch_id: int) -> list[SoldLine]:
    """What a customer was given by a slip, and what of it came back or is on its way."""
    rows = reader.all(
        "SELECT s.line, s.product_id, s.name, s.unit, s.scale, s.delivered, s.amount_fen,"
        " s.ordered, coalesce((SELECT sum(r.stands) FROM v_return_line r"
        "  WHERE r.dispatch_id = s.dispatch_id AND r.order_line = s.line), 0) AS away"
        " FROM v_sold_line s WHERE s.dispatch_id = :id ORDER BY s.line",
        id=dispatch_id,
    )
    return [
        SoldLine(
            row["line"],
            row["product_id"],
            row["name"],
            row["unit"],
            row["scale"],
            row["delivered"],
            row["away"],
            row["amount_fen"],
            row["ordered"],
        )
        for row in rows
    ]


def lines(reader: Reader, row: Row) -> tuple[BackLine, ...]:
    """The lines of a return, with what was counted and what became of it."""
    fates = _fates(reader, row["id"])
    counted = row["state"] in ("back", "inspected", "settled")
    found = reader.all(
        "SELECT r.line, r.order_line, r.product_id, s.name, s.unit, s.scale, r.kind, r.quantity,"
        " coalesce(t.amount_fen, s.amount_fen) AS amount_fen,"
        " coalesce(t.ordered, s.quantity) AS ordered, r.counted, r.origin,"
        " r.amount_fen AS credit_fen,"
        " coalesce((SELECT sum(k.quantity)"
        "  FROM return_credit k JOIN return_line n ON n.return_id = k.return_id"
        "  AND n.line = k.line JOIN goods_return g ON g.id = k.return_id"
        "  WHERE g.dispatch_id = r.dispatch_id AND n.order_line = r.order_line"
        "  AND k.return_id <> r.return_id), 0) AS earlier"
        " FROM v_return_line r LEFT JOIN v_sold_line t ON t.dispatch_id = r.dispatch_id"
        " AND t.line = r.order_line JOIN v_order_line s ON s.order_id = r.order_id"
        " AND s.line = r.order_line WHERE r.return_id = :id ORDER BY r.line",
        id=row["id"],
    )
    return tuple(_with_sisters(found, fates, row["state"] == "settled", counted=counted))


def _with_sisters(
    rows: list[Row], fates: Mapping[int, Mapping[str, int]], settled: bool, *, counted: bool
) -> Iterator[BackLine]:
    """Lines one by one: of two of the same line of an order the first counts before the second."""
    before: dict[int, int] = {}
    for row in rows:
        place = row["order_line"]
        line = BackLine(
            line=row["line"],
            order_line=place,
            product_id=row["product_id"],
            name=row["name"],
            unit=row["unit"],
            scale=row["scale"],
            kind=row["kind"],
            quantity=row["quantity"],
            amount_fen=row["amount_fen"],
            of=row["ordered"],
            before=row["earlier"] + before.get(place, 0),
            counted=row["counted"] if counted else None,
            fates=fates.get(row["line"], {}),
            credit_fen=row["credit_fen"] if settled else None,
            sold=row["origin"] == CUSTOMER,
        )
        before[place] = before.get(place, 0) + line.stands
        yield line


def _fates(reader: Reader, return_id: int) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for row in reader.all(
        "SELECT line, fate, quantity FROM return_fate WHERE return_id = :id ORDER BY id",
        id=return_id,
    ):
        found.setdefault(row["line"], {})[row["fate"]] = row["quantity"]
    return found


def counted_by(reader: Reader, return_id: int) -> dict[str, str]:
    """Who counted for each department."""
    rows = reader.all(
        "SELECT DISTINCT department, staff FROM return_count WHERE return_id = :id", id=return_id
    )
    return {row["department"]: row["staff"] for row in rows}


def counted(reader: Reader, return_id: int) -> dict[int, int] | None:
    """What was counted of each line by the first who counted; None before anybody did."""
    rows = reader.all(
        "SELECT line, min(quantity) AS quantity FROM return_count WHERE return_id = :id"
        " GROUP BY line",
        id=return_id,
    )
    return {row["line"]: row["quantity"] for row in rows} or None


def facts(reader: Reader, row: Row) -> ReturnFacts:
    """A return as its gates see it."""
    return ReturnFacts(
        number=row["number"],
        state=row["state"],
        lines=lines(reader, row),
        counted_by=counted_by(reader, row["id"]),
        exchange=(row["exchange"], row["exchange_state"]),
    )


def left_at_customer(reader: Reader, dispatch_id: int, slip: str, product_id: int) -> Row:
    """Quantity and value of a product of one slip that have not come back, by moves of goods."""
    return reader.one(
        "SELECT coalesce(sum(m.quantity), 0) - coalesce((SELECT sum(v.quantity)"
        "  FROM v_returned_value v WHERE v.dispatch_id = :id AND v.product_id = :product), 0)"
        " AS quantity, coalesce(sum(m.value_fen), 0) - coalesce((SELECT sum(v.value_fen)"
        "  FROM v_returned_value v WHERE v.dispatch_id = :id AND v.product_id = :product), 0)"
        " AS value_fen FROM stock_move m WHERE m.document = :slip AND m.to_place = '@customer'"
        " AND m.product_id = :product",
        id=dispatch_id,
        slip=slip,
        product=product_id,
    )


def left_on_vehicle(reader: Reader, dispatch_id: int, slip: str, product_id: int) -> Row:
    """Quantity and value of a product that a slip took away and that has got nowhere yet."""
    return reader.one(
        "SELECT coalesce(sum(CASE WHEN m.to_place = '@transit' THEN m.quantity"
        "  ELSE -m.quantity END), 0) AS quantity,"
        " coalesce(sum(CASE WHEN m.to_place = '@transit' THEN m.value_fen"
        "  ELSE -m.value_fen END), 0) AS value_fen FROM stock_move m"
        " WHERE (m.document = :slip OR m.document IN"
        "  (SELECT g.number FROM goods_return g WHERE g.dispatch_id = :id))"
        " AND (m.to_place = '@transit' OR m.from_place = '@transit') AND m.product_id = :product",
        id=dispatch_id,
        slip=slip,
        product=product_id,
    )


def waiting_value(reader: Reader, number: str, line: int) -> Row:
    """Quantity and value of what came back of one line of a return."""
    return reader.one(
        "SELECT coalesce(sum(quantity), 0) AS quantity, coalesce(sum(value_fen), 0) AS value_fen"
        " FROM stock_move WHERE key = :key",
        key=f"{number}:{line}:back",
    )


def version(reader: Reader, row: Row) -> PolicyVersion:
    """The policy by which a return is judged: the one in force on the day it was asked for."""
    return policybook.version(reader, row["policy_set"], row["policy_version"])


def policy(of: PolicyVersion) -> ReturnPolicy:
    """The section of a version that rules returns."""
    return of.section("returns", ReturnPolicy)


def signatures(reader: Reader, row: Row, may: Mapping[str, tuple[str, ...]]) -> list[Gate]:
    """The gates of the signatures that a return asks for; none for what was refused at delivery."""
    if row["approval_id"] is None:
        return []
    return approval_rules.gates(
        row["approval"],
        approvals.steps(row["route"]),
        approvals.signed(reader, row["approval_id"]),
        may["return.drop"],
        f"kac return drop {row['number']} --reason …",
    )


def case(
    reader: Reader, row: Row, _today: date
) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """All gates of a return, none of one that was dropped, and what each of them waits for."""
    return [] if row["state"] == "dropped" else _gates(reader, row), rules.AFTER


def _gates(reader: Reader, row: Row) -> list[Gate]:
    of = version(reader, row)
    may, held = of.may, facts(reader, row)
    left = [each.id for each in policy(of).counting() if each.id not in held.counted_by]
    exchange = [rules.exchange_reviewed(held, may["order.review"])] if row["exchange"] else []
    money = [] if rules.nothing_sold(held) else [rules.settled(held, may["return.settle"])]
    return [
        *signatures(reader, row, may),
        rules.received(held, policy(of), left),
        rules.inspected(held, may["return.inspect"]),
        *exchange,
        *money,
    ]


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every return that still wants something with its gates, the oldest first."""
    for row in living(reader):
        yield {**dict(row), "need_by": row["by_day"]}, *case(reader, row, today)
