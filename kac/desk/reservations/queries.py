"""Reading reservations: what is kept or promised beyond its day."""

from __future__ import annotations

from datetime import date, timedelta

from kac.core.findings import Finding
from kac.core.i18n import _, ngettext
from kac.db.policybook import DESK, in_force
from kac.db.reader import Reader
from kac.desk.stock import queries as stock
from kac.desk.stock.policy import StockPolicy


def reservations_over(reader: Reader, on: date) -> list[Finding]:
    """Goods kept beyond their day, or promised too long without any money; reminders."""
    days = in_force(reader, DESK, on).section("stock", StockPolicy).unpaid_days
    found = [
        (
            row["number"],
            _("kept for {customer} until {day}").format(
                customer=row["customer_name"], day=row["until"]
            ),
        )
        for row in stock.holds_over(reader, on.isoformat())
    ]
    found += [
        (
            row["number"],
            ngettext(
                "no money of {customer} after {days} day",
                "no money of {customer} after {days} days",
                days,
            ).format(customer=row["customer_name"], days=days),
        )
        for row in stock.lapsed(reader, (on - timedelta(days=days)).isoformat())
    ]
    rules = ("C-15", "RTL-ORD-02")
    return [
        Finding("reservations_over", number, says, rules, "kac stock expire", soft=True)
        for number, says in dict(found).items()
    ]


def reservations_equal_orders(reader: Reader, _on: date) -> list[Finding]:
    """What submitted orders have still to load is reserved for them, and nothing for others.

    Of an order whose rest was released that is what is on its slips. Where it lapsed nothing is
    reserved until it is promised again.
    """
    rows = reader.all(
        "SELECT t.number, t.code, sum(t.wanted) AS wanted, sum(t.held) AS held FROM"
        " (SELECT l.number, l.code, l.unloaded + CASE WHEN l.released"
        "   OR l.quantity <= l.on_slips + l.cut THEN 0"
        "   ELSE l.quantity - l.on_slips - l.cut END AS wanted, 0 AS held FROM v_part l"
        "  JOIN sales_order o ON o.number = l.number"
        "  WHERE l.state IN ('submitted', 'reviewed', 'slip_issued', 'partly_delivered')"
        "  AND NOT EXISTS"
        "   (SELECT 1 FROM reservation_end e JOIN reservation y ON y.id = e.reservation_id"
        "    WHERE y.order_id = o.id AND e.how = 'lapsed' AND NOT EXISTS"
        "    (SELECT 1 FROM reservation z WHERE z.order_id = o.id AND z.id > y.id"
        "     AND z.product_id = y.product_id))"
        "  UNION ALL SELECT order_number, code, quantity AS wanted, 0 AS held"
        "  FROM v_shortage_line WHERE order_state = 'collecting'"
        "  UNION ALL SELECT o.number, p.code, 0 AS wanted, r.quantity AS held"
        "  FROM v_reservation r JOIN sales_order o ON o.id = r.order_id"
        "  JOIN product p ON p.id = r.product_id) t"
        " GROUP BY t.number, t.code HAVING sum(t.wanted) <> sum(t.held) ORDER BY t.number, t.code"
    )
    return [
        Finding(
            "reservations_equal_orders",
            row["number"],
            _("{code}: {wanted} base units ordered, {held} reserved").format(
                code=row["code"], wanted=row["wanted"], held=row["held"]
            ),
            ("RTL-ORD-02", "CRH-DAT-02"),
            f"kac order show {row['number']}",
        )
        for row in rows
    ]


def reserved_goods_are_there(reader: Reader, _on: date) -> list[Finding]:
    """No location has promised more than it holds beside samples and what customers wait for."""
    rows = reader.all(
        "SELECT s.code, s.name, s.location, s.on_hand, s.display,"
        " s.reserved + s.kept AS reserved FROM v_stock s"
        " LEFT JOIN v_awaited w ON w.product_id = s.product_id AND w.location = s.location"
        " WHERE s.available + coalesce(w.quantity, 0) < 0 AND s.reserved + s.kept > 0"
        " ORDER BY s.code, s.location"
    )
    return [
        Finding(
            "reserved_goods_are_there",
            row["code"],
            _(
                "{name} at {location}: {reserved} promised of {on_hand} with {display} samples"
            ).format(**dict(row)),
            ("RTL-ORD-02", "BLK-INT-01"),
            f"kac stock check {row['code']}",
        )
        for row in rows
    ]
