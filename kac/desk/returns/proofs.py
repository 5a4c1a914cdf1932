"""The proofs of the night about returns: never more back than out, in goods or in money."""

from __future__ import annotations

from datetime import date

from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.reader import Reader
from kac.desk.returns.states import RETURN

_RULES = ("FLW-AFT-01", "CRH-DAT-02")


def returned_within_delivered(reader: Reader, _on: date) -> list[Finding]:
    """Of no line has more come back, or is on its way back, than its customer was given."""
    rows = reader.all(
        "SELECT s.dispatch, s.line, s.name, s.delivered, sum(r.stands) AS away FROM v_sold_line s"
        " JOIN v_return_line r ON r.dispatch_id = s.dispatch_id AND r.order_line = s.line"
        " GROUP BY s.dispatch, s.line, s.name, s.delivered HAVING sum(r.stands) > s.delivered"
        " ORDER BY s.dispatch, s.line"
    )
    return [
        Finding(
            "returned_within_delivered",
            row["dispatch"],
            _("line {line} {name}: {away} base units given back of {delivered} delivered").format(
                line=row["line"], name=row["name"], away=row["away"], delivered=row["delivered"]
            ),
            _RULES,
            f"kac dispatch show {row['dispatch']}",
        )
        for row in rows
    ]


def returned_goods_are_there(reader: Reader, _on: date) -> list[Finding]:
    """What waits to be judged is what was counted of returns that nobody has judged yet."""
    rows = reader.all(
        "SELECT p.code, p.name, sum(t.counted) AS counted, sum(t.held) AS held FROM"
        " (SELECT product_id, counted, 0 AS held FROM v_return_line WHERE state = 'back'"
        "  UNION ALL SELECT product_id, 0 AS counted, quantity AS held FROM v_place"
        "  WHERE place = '@returned') t JOIN product p ON p.id = t.product_id"
        " GROUP BY p.code, p.name HAVING sum(t.counted) <> sum(t.held) ORDER BY p.code"
    )
    return [
        Finding(
            "returned_goods_are_there",
            row["code"],
            _("{name}: {counted} base units counted, {held} wait to be judged").format(
                name=row["name"], counted=row["counted"], held=row["held"]
            ),
            _RULES,
            "kac return list --state back",
        )
        for row in rows
    ]


def credits_equal_books(reader: Reader, _on: date) -> list[Finding]:
    """What each return was settled with is what its entry took off the sales."""
    rows = reader.all(
        "SELECT t.number, sum(t.credited) AS credited, sum(t.booked) AS booked FROM"
        " (SELECT number, amount_fen AS credited, 0 AS booked FROM v_return"
        "  UNION ALL SELECT g.number, 0 AS credited, p.amount_fen AS booked FROM goods_return g"
        "  JOIN posting p ON p.document = g.number AND p.debit = '6001') t"
        " GROUP BY t.number HAVING sum(t.credited) <> sum(t.booked) ORDER BY t.number"
    )
    return [
        Finding(
            "credits_equal_books",
            row["number"],
            _("{credited} settled, {booked} taken off the sales").format(
                credited=Money(row["credited"]), booked=Money(row["booked"])
            ),
            _RULES,
            f"kac return show {row['number']}",
        )
        for row in rows
    ]


def returns_overdue(reader: Reader, on: date) -> list[Finding]:
    """Returns that are not settled though their goods were to be back by now: reminders."""
    rows = reader.all(
        "SELECT number, state, customer_name, by_day FROM v_return"
        " WHERE state IN ('awaited', 'back', 'inspected') AND by_day < :day"
        " ORDER BY by_day, number",
        day=on.isoformat(),
    )
    return [
        Finding(
            "returns_overdue",
            row["number"],
            _("return of {customer}, due by {day}: {state}").format(
                customer=row["customer_name"], day=row["by_day"], state=RETURN.label(row["state"])
            ),
            ("FLW-AFT-01",),
            f"kac return show {row['number']}",
            soft=True,
        )
        for row in rows
    ]


CHECKS = (
    returned_within_delivered,
    returned_goods_are_there,
    credits_equal_books,
    returns_overdue,
)
