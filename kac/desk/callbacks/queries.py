"""Reading call-backs: which are owed, what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.db.policybook import DESK, PolicyVersion, in_force
from kac.db.reader import Reader, Row
from kac.desk.callbacks import rules
from kac.desk.callbacks.policy import AfterSalesPolicy
from kac.desk.callbacks.rules import CallFacts

NUMBERS = "HF"


def policy(version: PolicyVersion) -> AfterSalesPolicy:
    """When customers are called."""
    return version.section("aftersales", AfterSalesPolicy)


def listing(reader: Reader, order: str = "", result: str = "") -> list[Row]:
    """Calls that were made, the newest first."""
    return reader.all(
        "SELECT * FROM v_callback WHERE (:order_number = '' OR order_number = :order_number)"
        " AND (:result = '' OR result = :result) ORDER BY id DESC",
        order_number=order,
        result=result,
    )


def by_number(reader: Reader, number: str) -> Row:
    """The call of a number that is known to be there."""
    return reader.one("SELECT * FROM v_callback WHERE number = :number", number=number)


def owed(reader: Reader, today: date, until: date) -> list[CallFacts]:
    """Calls that are due by a day, the soonest first; first calls that lapsed are left out."""
    terms = policy(in_force(reader, DESK, today))
    rows = reader.all(
        "SELECT * FROM v_call_owed WHERE (last = '' AND delivered_on <= :delivered"
        " AND delivered_on >= :oldest) OR (last <> '' AND again_on <= :until)",
        delivered=(until - timedelta(days=terms.call_days)).isoformat(),
        oldest=(today - timedelta(days=terms.lapse_days)).isoformat(),
        until=until.isoformat(),
    )
    found = []
    for row in rows:
        delivered_on = date.fromisoformat(row["delivered_on"])
        first = rules.first_due(delivered_on, terms)
        due = date.fromisoformat(row["again_on"]) if row["last"] else first
        found.append(CallFacts(row["number"], row["customer_name"], delivered_on, due, row["last"]))
    return sorted(found, key=lambda call: (call.due_on, call.order))


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every call that is due, the soonest due first."""
    may = in_force(reader, DESK, today).may
    for call in owed(reader, today, today):
        due = call.due_on.isoformat()
        document = {
            "number": call.order,
            "customer_name": call.customer_name,
            "need_by": due,
            "on_day": due,
            "prepared_by": "",
        }
        yield document, [rules.called_back(call, may["callback.log"])], rules.AFTER


def callbacks_overdue(reader: Reader, on: date) -> list[Finding]:
    """Customers who should have been called about their goods by now: reminders."""
    may = in_force(reader, DESK, on).may
    gates = [
        (call.order, rules.called_back(call, may["callback.log"]))
        for call in owed(reader, on, on - timedelta(days=1))
    ]
    return [
        Finding("callbacks_overdue", order, gate.says, gate.rules, gate.command, soft=True)
        for order, gate in gates
    ]


CHECKS = (callbacks_overdue,)
