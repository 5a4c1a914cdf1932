"""Verbs of the deposit: take one, and leave some of it off."""

from __future__ import annotations

from dataclasses import replace

from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.deposits import queries, rules
from kac.desk.deposits.policy import DepositPolicy
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.orders import rules as order_rules
from kac.desk.orders.rules import OrderFacts
from kac.desk.papers.rules import PHOTOCOPY
from kac.desk.payments import actions as payments
from kac.desk.payments.actions import Receipt
from kac.desk.payments.rules import METHODS
from kac.desk.staff.actions import require


def record(work: Work, reference: str, receipt: Receipt) -> Outcome:
    """Take a deposit for a reviewed order (RTL-DEP-01..09)."""
    require(work, "deposit.record")
    row, facts, policies = orders.gathered(work, reference)
    policy = _policy(work, row)
    roles = policies.may["deposit.record"]
    gates = [
        order_rules.reviewed(facts, policies.may["order.review"]),
        *order_rules.signatures(facts, policies),
        rules.deposit_met(queries.facts(row), policy, roles, receipt.amount),
    ]
    if receipt.method in METHODS:
        gates.append(
            rules.method_allowed(row["number"], receipt.method, receipt.reason.strip(), policy)
        )
    number = payments.receive(work, row, receipt, "deposit", gates)
    outcome = payments.recorded(work, row["number"], number)
    if PHOTOCOPY in facts.copies or not facts.copies:
        return outcome
    return replace(outcome, hints=(*outcome.hints, f"kac order photocopy {row['number']}"))


def waive(work: Work, reference: str, short: Money, part: str, reason: str) -> Outcome:
    """Leave off some of the ordinary part of a deposit, for a reason (RTL-DEP-06 一般, A-60)."""
    from kac.desk.deposits.tables import DepositException

    require(work, "deposit.waive")
    why = required_text(reason, field=_("reason"))
    row, facts, _policies = orders.gathered(work, reference)
    policy = _policy(work, row)
    if work.actor.code in order_queries.makers(work.reader, row["id"]):
        raise NotPermitted(
            _("{actor} made {number} and may not lower its deposit").format(
                actor=work.actor.code, number=row["number"]
            ),
            rules=["A-56"],
        )
    _refuse_odd(row, facts, part)
    require_open(
        [rules.waivable(queries.facts(row), policy, part or rules.ORDINARY, short)],
        _("the deposit of {number} cannot be lowered").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    work.add(
        DepositException(
            order_id=row["id"],
            revision=row["revision"],
            short_fen=short.fen,
            reason=why,
            granted_by=work.actor.code,
            at=work.now,
        )
    )
    work.record("waive deposit", row["number"], short_fen=short.fen, reason=why)
    left = rules.minimum(
        queries.facts(order_queries.by_id(work.reader, row["id"])), policy
    ).whole_fen
    says = _("{number}: {short} of the deposit waived, at least {left} remain").format(
        number=row["number"], short=short, left=Money(left)
    )
    return Outcome(
        {"number": row["number"], "state": row["state"], "minimum": Money(left).plain()},
        (says,),
        (f"kac deposit quote {row['number']}",),
    )


def _policy(work: Work, row: Row) -> DepositPolicy:
    return queries.policy(order_queries.policy(work.reader, row))


def _refuse_odd(row: Row, facts: OrderFacts, part: str) -> None:
    mixed = 0 < facts.fresh_fen < facts.total_fen
    if part not in (rules.ORDINARY, rules.FRESH, "") or (mixed and not part):
        raise BadInput(
            _("{number} has fresh food and other goods: say which part is short").format(
                number=row["number"]
            ),
            code="E-DEP-001",
            rules=["RTL-DEP-07"],
            fix=[f"kac deposit waive {row['number']} --short … --part ordinary --reason …"],
        )
    if row["exception_fen"]:
        raise Refused(
            _("the deposit of {number} has been lowered by {amount} before").format(
                number=row["number"], amount=Money(row["exception_fen"])
            ),
            code="E-DEP-002",
            rules=["RTL-DEP-06"],
        )
