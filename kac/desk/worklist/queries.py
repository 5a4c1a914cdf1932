"""Reading the worklist: the checklist of an order, and what waits for somebody's roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any

from kac.core.actor import Actor
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.values import dataclass
from kac.db.policybook import DESK, PolicyVersion, in_force, version
from kac.db.reader import Reader, Row
from kac.desk.deposits import queries as deposits
from kac.desk.dispatch import queries as dispatch
from kac.desk.orders import queries as orders
from kac.desk.orders.states import OPEN
from kac.desk.payments import queries as payments
from kac.desk.shortages import queries as shortages
from kac.desk.worklist import rules
from kac.desk.worklist.rules import CaseFacts

# The nouns whose documents have gates of their own besides those of orders.
_OTHERS = (
    "visits",
    "campaigns",
    "inquiries",
    "quotations",
    "dossiers",
    "contracts",
    "limits",
    "credits",
    "card_sales",
    "settlement_days",
    "wholesale",
    "expenses",
    "cheques",
    "invoices",
    "statements",
    "receivables",
    "amendments",
    "prices",
    "rebates",
    "refunds",
    "adjustments",
    "transfers",
    "purchases",
    "shipments",
    "tabulations",
    "vehicles",
    "returns",
    "callbacks",
    "waivers",
    "openings",
)
# Later than any day that something is due.
_NEVER = "9999-12-31"


@dataclass(frozen=True)
class Task:
    """One thing to do: the document, whose it is, the gate that is to be opened."""

    document: Row | dict[str, Any]
    gate: Gate


def case(reader: Reader, row: Row, policy: PolicyVersion | None = None) -> CaseFacts:
    """Everything about an order; `row` is one of v_order_gate_facts."""
    judged_by = policy or orders.policy(reader, row)
    policies = orders.policies(judged_by)
    facts = orders.facts(reader, row, policies)
    slips = dispatch.facts(reader, row)
    return CaseFacts(
        order=facts,
        money=payments.money(reader, row),
        deposit=deposits.facts(row),
        slip=slips[0],
        more=slips[1:],
        short=tuple(shortages.gates(reader, row, facts, judged_by)),
        policies=policies,
        deposit_policy=deposits.policy(judged_by),
        dispatch_policy=dispatch.policy(judged_by),
        holders=judged_by.holders,
    )


def checklist(reader: Reader, row: Row, today: date) -> list[Gate]:
    """The gates of an order, all of them."""
    return rules.checklist(case(reader, row), today)


def open_cases(reader: Reader, today: date) -> Iterator[tuple[Row, CaseFacts, list[Gate]]]:
    """Every order that still wants something, with its gates, the soonest wanted first."""
    known: dict[tuple[str, int], PolicyVersion] = {}
    for row in orders.listing(reader, OPEN):
        key = (row["policy_set"], row["policy_version"])
        policy = known.get(key) or known.setdefault(key, version(reader, *key))
        facts = case(reader, row, policy)
        yield row, facts, rules.checklist(facts, today)


def todo(reader: Reader, actor: Actor | None, today: date) -> list[Task]:
    """What waits for this person; for anybody, when nobody is named.

    The soonest due at the head: of what is due alike orders first, then other nouns' documents.
    """
    found = []
    for row, facts, gates in open_cases(reader, today):
        mine = _of(actor, row, rules.waiting(gates), facts.holders)
        found += [Task(row, gate) for gate in mine]
    holders = in_force(reader, DESK, today).holders
    for cases in _others():
        for document, gates, after in cases(reader, today):
            mine = _of(actor, document, rules.waiting(gates, after), holders)
            found += [Task(document, gate) for gate in mine]
    if actor is not None:
        found += _as_deputy(reader, actor, today)
    return sorted(found, key=lambda task: task.document["need_by"] or _NEVER)


def _as_deputy(reader: Reader, actor: Actor, today: date) -> list[Task]:
    """What waits for the signature of somebody who delegated it in writing (DST-AUT-10)."""
    from kac.core.calendar import business_day, parse_instant
    from kac.desk.approvals import queries as approvals
    from kac.desk.approvals import rules as approval_rules

    found = []
    for row, given, steps in approvals.for_deputy(reader, actor, today):
        day = business_day(parse_instant(row["at"])).isoformat()
        document = {**dict(row), "number": row["subject"], "need_by": None, "on_day": day}
        command = f"kac approval ok {row['number']} --for {given.delegator}"
        for gate in approval_rules.gates(row["number"], steps, ()):
            says = _("{label}; for {delegator}, by {document}").format(
                label=gate.says, delegator=given.delegator, document=given.number
            )
            found.append(Task(document, replace(gate, says=says, command=command)))
    return found


def _others() -> tuple[Callable[[Reader, date], Any], ...]:
    """Documents besides orders: each noun tells its living ones, gates, what those wait for."""
    return tuple(import_module(f"kac.desk.{noun}.queries").cases for noun in _OTHERS)


def _of(
    actor: Actor | None,
    document: Row | dict[str, Any],
    gates: list[Gate],
    holders: Callable[[str], frozenset[str]],
) -> list[Gate]:
    """The gates that wait for this person; signatures of one's own documents never do (A-56)."""
    if actor is None:
        return gates
    own = document["prepared_by"] == actor.code
    return [
        gate
        for gate in gates
        if rules.is_for(gate, actor.roles, holders, own=own)
        and not (own and gate.name in rules.not_ones_own())
    ]
