"""Verbs of the credit limit: propose one."""

from __future__ import annotations

from datetime import date
from typing import Any

from kac.core.errors import BadInput
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import CREDIT, matrix_route
from kac.desk.customers import queries as customers
from kac.desk.limits import queries, rules
from kac.desk.staff import queries as staff
from kac.desk.staff.actions import require


@dataclass(frozen=True)
class Proposal:
    """A limit as it is asked for; `document` says what the investigation rests on."""

    limit: Money
    until: date
    investigated_by: str
    document: str


def propose(work: Work, reference: str, wish: Proposal) -> Outcome:
    """Propose a limit after an investigation; it counts when it is signed (RTL-CTL-01, -02).

    Neither who proposes nor who investigated signs (A-56). A later one takes its place when it is
    signed; a limit of 0 takes all credit away.
    """
    require(work, "credit.set")
    customer = customers.find(work.reader, reference)
    if wish.limit.fen < 0:
        raise BadInput(_("{amount} is no limit").format(amount=wish.limit), code="E-VAL-010")
    require_open(
        [rules.term_ahead(wish.until, work.on)],
        _("no limit can be proposed for {customer}").format(customer=customer["name"]),
        refs={"customer": customer["number"]},
    )
    number = _written(work, customer, wish)
    row = queries.by_number(work.reader, number)
    request = _asked(work, customer, row)
    says = _("{number}: {limit} until {day} proposed for {customer}, looked into by {staff}")
    told = _("{request} waits for: {roles}")
    waiting = queries.case(work.reader, queries.by_number(work.reader, number), work.on)[0]
    return Outcome(
        document(queries.by_number(work.reader, number)),
        (
            says.format(
                number=number,
                limit=wish.limit,
                day=wish.until,
                customer=customer["name"],
                staff=row["investigated_by"],
            ),
            told.format(request=request, roles=", ".join(_roles(waiting))),
        ),
        (f"kac approval ok {request}",),
    )


def _roles(gates: list[Any]) -> list[str]:
    return [role for gate in gates for role in gate.opened_by]


def _written(work: Work, customer: Row, wish: Proposal) -> str:
    from kac.desk.limits.tables import CreditLimit

    version = work.policy()
    row = work.add(
        CreditLimit(
            number=work.number("ED"),
            customer_id=customer["id"],
            limit_fen=wish.limit.fen,
            until_day=wish.until,
            investigated_by=staff.find(work.reader, wish.investigated_by)["code"],
            document=required_text(wish.document, field=_("document"), longest=200),
            policy_set=version.set,
            policy_version=version.version,
            prepared_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("propose limit", row.number, limit_fen=wish.limit.fen)
    return str(row.number)


def _asked(work: Work, customer: Row, row: Row) -> str:
    version = work.policy()
    amount = row["limit_fen"]
    steps = matrix_route(version.section("approvals", ApprovalPolicy).rows(), CREDIT, amount)
    subject = Subject(
        kind=CREDIT,
        number=row["number"],
        revision=1,
        maker=", ".join(dict.fromkeys((row["prepared_by"], row["investigated_by"]))),
        policy_set=version.set,
        policy_version=version.version,
        total_fen=amount,
        customer_id=customer["id"],
    )
    return approvals.request(
        work,
        subject,
        steps,
        {
            "limit_fen": amount,
            "until": row["until_day"],
            "investigated_by": row["investigated_by"],
            "document": row["document"],
        },
    )


def document(row: Row) -> dict[str, Any]:
    """A proposal as writing commands hand it to scripts; money in yuan."""
    return {
        "number": row["number"],
        "state": row["approval_state"] or "pending",
        "customer": row["customer"],
        "limit": Money(row["limit_fen"]).plain(),
        "until": row["until_day"],
        "investigated_by": row["investigated_by"],
        "approval": row["approval"],
    }
