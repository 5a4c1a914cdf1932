"""Reading the worklist: the checklist of an order, and what waits for somebody's roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kac.core.actor import Actor
from kac.core.gates import Gate
from kac.db.policybook import PolicyVersion, version
from kac.db.reader import Reader, Row
from kac.desk.deposits import queries as deposits
from kac.desk.dispatch import queries as dispatch
from kac.desk.orders import queries as orders
from kac.desk.orders.states import OPEN
from kac.desk.payments import queries as payments
from kac.desk.worklist import rules
from kac.desk.worklist.rules import CaseFacts


@dataclass(frozen=True)
class Task:
    """One thing to do: the order, whose it is, the gate that is to be opened."""

    order: Row
    gate: Gate


def case(reader: Reader, row: Row, policy: PolicyVersion | None = None) -> CaseFacts:
    """Everything about an order; `row` is one of v_order_gate_facts."""
    judged_by = policy or orders.policy(reader, row)
    policies = orders.policies(judged_by)
    return CaseFacts(
        order=orders.facts(reader, row, policies),
        money=payments.money(reader, row),
        deposit=deposits.facts(row),
        slip=dispatch.facts(reader, row),
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

    Signatures and reviews of one's own orders are nobody's own task (A-56).
    """
    found = []
    for row, facts, gates in open_cases(reader, today):
        mine = rules.waiting(gates)
        if actor is not None:
            own = row["prepared_by"] == actor.code
            mine = [g for g in mine if rules.is_for(g, actor.roles, facts.holders, own=own)]
        found += [Task(row, gate) for gate in mine if not _own(row, gate, actor)]
    return found


_NOT_ONES_OWN = frozenset(
    {"discount_checked", "concession_granted", "margin_tier_signed", "reviewed"}
)


def _own(row: Row, gate: Gate, actor: Actor | None) -> bool:
    return actor is not None and gate.name in _NOT_ONES_OWN and row["prepared_by"] == actor.code
