"""Rules of the printed form: when it may be printed, and when a void is complete."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
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


def living(facts: OrderFacts) -> Gate:
    """A form that is void, or on its way to be, is given to nobody (RTL-SHT-02)."""
    is_open = facts.state not in ("collecting", "voided")
    says = _("the form is in force") if is_open else _("the form is void")
    return Gate("form_living", ("RTL-SHT-02",), is_open, says)


def deposit_came(facts: OrderFacts, roles: Sequence[str]) -> Gate:
    """The photocopy is of a form whose deposit came first, and of no other (RTL-ORD-09)."""
    if facts.deposit_fen:
        says = _("a deposit of {amount} came first").format(amount=Money(facts.deposit_fen))
        return Gate("deposit_came", ("RTL-ORD-09",), True, says)
    return Gate(
        "deposit_came",
        ("RTL-ORD-09",),
        False,
        _("no deposit has come: finance is given no photocopy"),
        tuple(roles),
        f"kac deposit quote {facts.number}",
    )


def to_void(facts: OrderFacts) -> list[Gate]:
    """What must hold before a form is made void."""
    return [orders.unpaid(facts)]


def collected(facts: OrderFacts, roles: Sequence[str]) -> Gate:
    """Every copy of a form under way to be void is back."""
    return papers.collected(facts.number, facts.copies, roles)
