"""Visits as people see them: the register, one visit, whom to call, days outside."""

from __future__ import annotations

from typing import Any

from kac.cli.show import Column
from kac.core.i18n import _
from kac.desk.visits.states import LABELS, SOURCES

LIST = [
    Column("number", _("visit"), "code"),
    Column("state", _("state"), "state", words=LABELS),
    Column("need_by", _("day"), "day"),
    Column("visitor", _("visited by"), "code"),
    Column("customer", _("customer"), "code"),
    Column("customer_name", _("name"), priority=8),
    Column("contact", _("contact"), priority=5),
    Column("phone", _("phone"), "code", priority=4),
    Column("area", _("area"), priority=3),
    Column("content", _("what was talked about"), priority=6),
    Column("valid", _("valid"), "flag"),
    Column("late_days", _("file late by days"), "count", priority=3),
]
RECORD = [
    *LIST[:9],
    Column("source", _("source"), "state", words=SOURCES),
    Column("purpose", _("purpose")),
    *LIST[9:],
    Column("filed_by", _("filed by"), "code"),
    Column("drop_reason", _("dropped because")),
]
GATES = [
    Column("gate", _("gate"), "code", aside=True),
    Column("says", _("says"), priority=9),
    Column("open", _("passed"), "flag"),
    Column("command", _("do"), "command", priority=6),
    Column("rules", _("rules"), priority=4),
]
DUE = [
    Column("number", _("customer"), "code"),
    Column("name", _("name"), priority=9),
    Column("contact", _("contact"), priority=5),
    Column("phone", _("phone"), "code", priority=6),
    Column("area", _("area"), priority=3),
    Column("last_day", _("last word"), "day"),
    Column("days_silent", _("days ago"), "count"),
    Column("due", _("due"), "day"),
]
REPORT = [
    Column("day", _("day"), "day"),
    Column("visitor", _("visited by"), "code"),
    Column("visits", _("visits"), "count"),
    Column("valid", _("valid customers"), "count"),
    Column("fewest", _("at least"), "count"),
    Column("short", _("short"), "count"),
    Column("excuse", _("no normal day because"), priority=6),
]


def shown(row: Any) -> dict[str, Any]:
    """A row of v_visit, with whether it counts and how late its customer's file is."""
    from kac.desk.visits import queries, rules

    facts = queries.facts(row)
    counted = facts.visited_on is not None
    return {
        **dict(row),
        "valid": not rules.missing(facts) if counted else None,
        "late_days": facts.late_days or None,
    }
