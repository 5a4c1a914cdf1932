"""Rules of call-backs: due so many days after the delivery, and again until all is well.

FLW-AFT-02, FLW-AFT-03: both only soft. What is late is reported, nothing is refused for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.values import dataclass
from kac.desk.callbacks.policy import AfterSalesPolicy
from kac.desk.callbacks.states import AGAIN, RESULTS

AFTER: dict[str, tuple[str, ...]] = {}
OF_CLERKS = frozenset({"called_back"})


@dataclass(frozen=True)
class CallFacts:
    """A call that is owed for an order; `last` how the one before ended, empty for the first."""

    order: str
    customer_name: str
    delivered_on: date
    due_on: date
    last: str = ""


def first_due(delivered_on: date, policy: AfterSalesPolicy) -> date:
    """By which day the customer is called after a delivery."""
    return delivered_on + timedelta(days=policy.call_days)


def lapsed(delivered_on: date, today: date, policy: AfterSalesPolicy) -> bool:
    """Whether a first call is so late that nobody is reminded of it any more."""
    return today > delivered_on + timedelta(days=policy.lapse_days)


def again_on(
    result: str, wished: date | None, today: date, policy: AfterSalesPolicy
) -> date | None:
    """When the customer is called again: never when all is well."""
    if result not in AGAIN:
        return None
    return wished or today + timedelta(days=policy.again_days)


def called_back(facts: CallFacts, roles: Sequence[str]) -> Gate:
    """The customer is called about the goods (FLW-AFT-02) and asked what is needed next."""
    rules = ("FLW-AFT-02", "FLW-AFT-03")
    told = {"customer": facts.customer_name, "day": facts.due_on}
    says = _("{customer} is to be called about the goods by {day}").format(**told)
    if facts.last:
        says = _("{customer} is to be called again by {day}: last time {result}").format(
            **told, result=_(RESULTS[facts.last])
        )
    command = f"kac callback log {facts.order} --result … --said …"
    return Gate("called_back", rules, False, says, tuple(roles), command)
