"""Rules of the printed form: when it may be printed, and when a void is complete."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.gates import Gate
from kac.desk.orders import rules as orders
from kac.desk.orders.policy import OrderPolicies
from kac.desk.orders.rules import OrderFacts
from kac.desk.papers import rules as papers


def to_print(facts: OrderFacts, policies: OrderPolicies) -> list[Gate]:
    """Price, quantity and supply are settled, and every signature is there.

    RTL-REC-14, RTL-REC-17, RTL-ORD-05, RTL-CTL-04.
    """
    return [
        orders.submitted(facts, policies.may["order.submit"]),
        *orders.to_submit(facts, policies),
        *orders.signatures(facts, policies),
    ]


def to_void(facts: OrderFacts) -> list[Gate]:
    """What must hold before a form is made void."""
    return [orders.unpaid(facts)]


def collected(facts: OrderFacts, roles: Sequence[str]) -> Gate:
    """Every copy of a form under way to be void is back."""
    return papers.collected(facts.number, facts.copies, roles)
