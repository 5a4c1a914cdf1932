"""Reading reservations: what is kept or promised beyond its day."""

from __future__ import annotations

from datetime import date, timedelta

from kac.core.findings import Finding
from kac.core.i18n import _
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
            _("no money of {customer} after {days} days").format(
                customer=row["customer_name"], days=days
            ),
        )
        for row in stock.lapsed(reader, (on - timedelta(days=days)).isoformat())
    ]
    rules = ("C-15", "RTL-ORD-02")
    return [
        Finding("reservations_over", number, says, rules, "kac stock expire", soft=True)
        for number, says in dict(found).items()
    ]
