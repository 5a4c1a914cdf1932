"""Verbs of the IOU: write, print, withdraw, void."""

from __future__ import annotations

from kac.core.errors import Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import Step, matrix_route
from kac.desk.card_sales import actions as sales
from kac.desk.card_sales import rules as sale_rules
from kac.desk.ious import queries
from kac.desk.ious.states import IOU
from kac.desk.papers import actions as papers
from kac.desk.staff.actions import require

SUBJECT = "iou"
COPIES = {"original": "finance_window"}


def write(work: Work, reference: str) -> Outcome:
    """Write the IOU of a spot sale and ask for the signature of its amount (HYP-CRD-01..03)."""
    from kac.desk.ious.tables import Iou

    require(work, "iou.write")
    sale, facts, _may = sales.gathered(work, reference)
    if facts.on_credit or facts.state != "ordered" or facts.iou:
        raise Refused(
            _("no IOU is to be written for {number}").format(number=sale["number"]),
            code="E-IOU-001",
            cause=[_("an IOU is for a spot sale whose cards are not made yet, one for each")],
            rules=["HYP-CRD-01"],
            fix=[f"kac card show {sale['number']}"],
        )
    amount = Money(facts.amount_fen)
    version = work.policy(sales.SET)
    iou = work.add(
        Iou(
            number=work.number("QT"),
            card_sale_id=sale["id"],
            amount_fen=amount.fen,
            writer=work.actor.code,
            state=IOU.start,
            withdrawn_by="",
            end_reason="",
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("write IOU", iou.number, sale=sale["number"], amount_fen=amount.fen)
    request = _asked(work, sale, iou.number, amount)
    roles = ", ".join(step.role for step in _steps(work, amount))
    says = _("{number}: {customer} owes {amount}, written by {writer}").format(
        number=iou.number,
        customer=sale["customer_name"],
        amount=amount,
        writer=work.actor.code,
    )
    told = _("{request} waits for: {roles}").format(request=request, roles=roles)
    return _outcome(work, iou.number, (says, told), f"kac approval ok {request}")


def _steps(work: Work, amount: Money) -> tuple[Step, ...]:
    rows = work.policy(sales.SET).section("approvals", ApprovalPolicy).rows()
    return matrix_route(rows, SUBJECT, amount.fen)


def _asked(work: Work, sale: Row, number: str, amount: Money) -> str:
    version = work.policy(sales.SET)
    subject = Subject(
        kind=SUBJECT,
        number=number,
        revision=1,
        maker=work.actor.code,
        policy_set=version.set,
        policy_version=version.version,
        total_fen=amount.fen,
        customer_id=sale["customer_id"],
    )
    facts = {"amount_fen": amount.fen, "sale": sale["number"], "customer": sale["customer"]}
    return approvals.request(work, subject, _steps(work, amount), facts)


def print_(work: Work, reference: str, reprint: str) -> Outcome:
    """Print the signed IOU; the window keeps it until all is paid."""
    row, _facts = _mine(work, "iou.print", reference)
    sale, facts, may = sales.gathered(work, row["sale"])
    require_open(
        sale_rules.iou_signatures(facts, may),
        _("{number} is not signed yet").format(number=row["number"]),
        refs={"iou": row["number"], "sale": sale["number"]},
    )
    printing = papers.hand_out(work, row["number"], SUBJECT, COPIES, reprint)
    work.record("print", row["number"], printing=printing)
    says = _("{number}: printed, the window keeps it").format(number=row["number"])
    return _outcome(work, row["number"], (says,), f"kac card make {row['sale']} --cards …")


def withdraw(work: Work, reference: str) -> Outcome:
    """Give the IOU back at the window; only when all is paid (HYP-CRD-06)."""
    from kac.desk.ious.tables import Iou

    row, facts = _mine(work, "iou.withdraw", reference)
    IOU.after(row["state"], "withdraw", subject=row["number"])
    may = work.house().may
    require_open(
        [sale_rules.cards_delivered(facts, may), sale_rules.paid(facts, may)],
        _("{number} stays at the window").format(number=row["number"]),
        refs={"iou": row["number"]},
    )
    iou = work.get(Iou, row["id"])
    iou.withdrawn_by, iou.withdrawn_on = work.actor.code, work.on
    work.move(iou, IOU, "withdraw")
    papers.mark(work, row["number"], SUBJECT, "original", "returned", "business_manager")
    says = _("{number} is withdrawn: {customer} paid {amount}").format(
        number=row["number"], customer=row["customer_name"], amount=Money(facts.worth_fen)
    )
    return _outcome(work, row["number"], (says,))


def void(work: Work, reference: str, reason: str) -> Outcome:
    """Make an IOU void while no card is with the customer; its paper is marked and kept."""
    from kac.desk.ious.tables import Iou

    why = required_text(reason, field=_("reason"))
    row, facts = _mine(work, "iou.void", reference)
    if facts.state not in ("ordered", "made") and facts.worth_fen > 0:
        raise Refused(
            _("{number} stands for cards that the customer has").format(number=row["number"]),
            code="E-IOU-002",
            rules=["HYP-CRD-06"],
            fix=[f"kac iou show {row['number']}"],
        )
    iou = work.get(Iou, row["id"])
    iou.end_reason = why
    work.move(iou, IOU, "void", why)
    approvals.supersede(work, row["number"], why)
    if facts.iou_copies:
        papers.mark(work, row["number"], SUBJECT, "original", "voided", "finance_window", why)
    says = _("{number} is void: {reason}").format(number=row["number"], reason=why)
    return _outcome(work, row["number"], (says,), f"kac iou write {row['sale']}")


def _mine(work: Work, verb: str, reference: str) -> tuple[Row, sale_rules.CardSaleFacts]:
    require(work, verb)
    row = queries.find(work.reader, reference, work.speaker)
    return row, sales.gathered(work, row["sale"])[1]


def _outcome(work: Work, number: str, says: tuple[str, ...], *hints: str) -> Outcome:
    row = queries.by_number(work.reader, number)
    document = {
        "number": number,
        "state": row["state"],
        "sale": row["sale"],
        "customer": row["customer"],
        "amount": Money(row["amount_fen"]).plain(),
        "writer": row["writer"],
        "approval": row["approval"],
    }
    return Outcome(document, says, hints)
