"""Verbs of assessment: grade a customer's credit, evaluate the customer."""

from __future__ import annotations

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.text import required_text
from kac.db.work import Outcome, Work
from kac.desk.assessments.policy import GradePolicy
from kac.desk.customers import queries as customers
from kac.desk.staff.actions import require

# The set whose grades these are (DST-DEF-05).
SET = "distributor"


def grade(work: Work, reference: str, wished: str, reason: str) -> Outcome:
    """Give a customer a grade of credit, with the reason (DST-DEF-05, A-02)."""
    from kac.desk.assessments.tables import CreditGrade

    require(work, "customer.grade")
    customer = customers.find(work.reader, reference)
    policy = work.policy(SET).section("grades", GradePolicy)
    name = wished.strip().upper()
    if name not in policy.names:
        raise BadInput(
            _("{grade} is no grade of credit").format(grade=wished),
            code="E-ASM-001",
            cause=[_("one of: {grades}").format(grades=", ".join(policy.names))],
            rules=["DST-DEF-05"],
        )
    work.add(
        CreditGrade(
            customer_id=customer["id"],
            grade=name,
            reason=required_text(reason, field=_("reason")),
            by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("grade", customer["number"], grade=name)
    says = _("{customer} has credit grade {grade}").format(customer=customer["name"], grade=name)
    document = {"number": customer["number"], "state": "graded", "grade": name}
    return Outcome(document, (says,), (f"kac customer show {customer['number']}",))


def evaluate(work: Work, reference: str, decision: str, reason: str) -> Outcome:
    """Evaluate a customer; it ends in `go` or `no_go` (CRB-EVA-03)."""
    from kac.desk.assessments.tables import CustomerEvaluation

    require(work, "customer.evaluate")
    customer = customers.find(work.reader, reference)
    work.add(
        CustomerEvaluation(
            customer_id=customer["id"],
            decision=decision,
            reason=required_text(reason, field=_("reason")),
            by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("evaluate", customer["number"], decision=decision)
    says = _("{customer} is evaluated: no cooperation")
    if decision == "go":
        says = _("{customer} is evaluated: cooperation goes on")
    document = {"number": customer["number"], "state": "evaluated", "decision": decision}
    ways = (f"kac contract add {customer['number']} …",) if decision == "go" else ()
    return Outcome(document, (says.format(customer=customer["name"]),), ways)
