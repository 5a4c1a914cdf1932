"""Verbs of credit: apply for it, close it."""

from __future__ import annotations

from datetime import date

from kac.core.errors import BadInput
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import CREDIT as SUBJECT
from kac.desk.approvals.rules import matrix_route
from kac.desk.credits import queries, rules
from kac.desk.credits.policy import CountyPolicy
from kac.desk.credits.rules import CreditFacts
from kac.desk.credits.states import CREDIT
from kac.desk.customers import queries as customers
from kac.desk.staff.actions import require


@dataclass(frozen=True)
class Wish:
    """Credit as it is applied for; empty is what the customer has not agreed to yet."""

    amount: Money
    collection_on: date | None = None
    method: str = ""
    credibility: str = ""
    record: str = ""
    exception: str = ""


def apply(work: Work, reference: str, wish: Wish) -> Outcome:
    """Apply for credit: four facts are there, then department and company are asked (HYP-CRE)."""
    require(work, "credit.apply")
    customer = customers.find(work.reader, reference)
    if wish.amount.fen <= 0:
        raise BadInput(
            _("{amount} is not an amount of credit").format(amount=wish.amount), code="E-VAL-010"
        )
    facts = _facts(work, customer, wish)
    require_open(
        rules.preconditions(facts),
        _("no credit for {customer}").format(customer=customer["name"]),
        refs={"customer": customer["number"]},
    )
    # After this point the application must be written.
    number = _written(work, customer, wish.amount, facts)
    request = _asked(work, customer, number, wish.amount)
    says = _("{number}: {amount} on credit for {customer}, collected on {day}").format(
        number=number, amount=wish.amount, customer=customer["name"], day=facts.collection_on
    )
    row = queries.by_number(work.reader, number)
    roles = ", ".join(step.role for step in queries.standing(work.reader, row).steps)
    told = _("{request} waits for: {roles}").format(request=request, roles=roles)
    return Outcome(_document(row), (says, told), (f"kac approval ok {request}",))


def _facts(work: Work, customer: Row, wish: Wish) -> CreditFacts:
    county = work.policy(queries.SET).section("county", CountyPolicy)
    return CreditFacts(
        customer=customer["number"],
        customer_name=customer["name"],
        business=queries.business(work.reader, customer["id"]),
        record=safe_text(wish.record, field=_("record of cooperation")),
        overdue=queries.overdue(work.reader, customer["id"], work.on),
        credibility=safe_text(wish.credibility, field=_("credibility")),
        collection_on=wish.collection_on,
        method=wish.method,
        outside=county.outside(customer["area"]),
        exception=safe_text(wish.exception, field=_("reason")),
        today=work.on,
    )


def _written(work: Work, customer: Row, amount: Money, facts: CreditFacts) -> str:
    from kac.desk.credits.tables import CreditApplication

    version = work.policy(queries.SET)
    assert facts.collection_on is not None
    row = work.add(
        CreditApplication(
            number=work.number("XY"),
            customer_id=customer["id"],
            amount_fen=amount.fen,
            collection_on=facts.collection_on,
            method=facts.method,
            credibility=facts.credibility,
            record=facts.record,
            outside=facts.outside,
            exception=facts.exception if facts.outside else "",
            state=CREDIT.start,
            end_reason="",
            policy_set=version.set,
            policy_version=version.version,
            prepared_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("apply for credit", row.number, amount_fen=amount.fen)
    return str(row.number)


def _asked(work: Work, customer: Row, number: str, amount: Money) -> str:
    version = work.policy(queries.SET)
    steps = matrix_route(version.section("approvals", ApprovalPolicy).rows(), SUBJECT, amount.fen)
    subject = Subject(
        kind=SUBJECT,
        number=number,
        revision=1,
        maker=work.actor.code,
        policy_set=version.set,
        policy_version=version.version,
        total_fen=amount.fen,
        customer_id=customer["id"],
    )
    return approvals.request(work, subject, steps, {"amount_fen": amount.fen})


def close(work: Work, reference: str, reason: str) -> Outcome:
    """Close an application: nothing more is sold under it."""
    from kac.desk.credits.tables import CreditApplication

    require(work, "credit.close")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    application = work.get(CreditApplication, row["id"])
    application.end_reason = why
    work.move(application, CREDIT, "close", why)
    if row["approval_state"] == "pending":
        approvals.supersede(work, row["number"], why)
    says = _("{number} is closed: {reason}").format(number=row["number"], reason=why)
    return Outcome(_document(queries.by_number(work.reader, row["number"])), (says,))


def _document(row: Row) -> dict[str, str]:
    return {
        "number": row["number"],
        "state": row["state"],
        "customer": row["customer"],
        "amount": Money(row["amount_fen"]).plain(),
        "collection_on": row["collection_on"],
        "approval": row["approval"],
    }
