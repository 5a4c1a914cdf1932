"""What a month that is over makes of key-account classes: told in the next one's first nights."""

from __future__ import annotations

from datetime import date, timedelta

from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.policybook import DESK, in_force
from kac.db.reader import Reader, Row
from kac.desk.customers import queries
from kac.desk.customers.policy import ClassPolicy, ClassRule
from kac.desk.customers.rules import CLASSES, Change, Purchases, requalified


def classes_requalified(reader: Reader, on: date) -> list[Finding]:
    """Who won or lost a class by the month that is over (BLK-DEF-01, RTL-DEF-02)."""
    policy = in_force(reader, DESK, on).section("classes", ClassPolicy)
    if on.day > policy.told_nights:
        return []
    end = on.replace(day=1)
    second = (end - timedelta(days=1)).replace(day=1)
    first = (second - timedelta(days=1)).replace(day=1)
    rules = policy.rules()
    rows = queries.bought_in_months(reader, first, second, end)
    return [_finding(row, change, second) for row in rows for change in _changes(row, rules)]


def _changes(row: Row, rules: tuple[ClassRule, ...]) -> list[Change]:
    before, after = (Purchases(Money(row[name]), Money(0)) for name in ("before_fen", "after_fen"))
    return requalified(queries.facts(row), before, after, rules)


def _finding(row: Row, change: Change, month: date) -> Finding:
    said = _("{customer} bought {amount} in {month}: no longer {label}")
    if change.won:
        said = _("{customer} bought {amount} in {month}: now {label}")
    return Finding(
        "classes_requalified",
        row["number"],
        said.format(
            customer=row["name"],
            month=month.isoformat()[:7],
            label=_(CLASSES[change.verdict.id]),
            amount=Money(row["after_fen"]),
        ),
        (change.verdict.rule,),
        f"kac customer show {row['number']}",
        soft=True,
    )
