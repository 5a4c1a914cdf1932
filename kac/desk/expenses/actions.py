"""Verbs of expenses: note a delivery cost or bags, sign, keep the receipt, reimburse, drop."""

from __future__ import annotations

from datetime import date

from kac.core.errors import BadInput, Refused
from kac.core.gates import closed
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money, total
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import BAGS as SUBJECT
from kac.desk.approvals.rules import matrix_route
from kac.desk.expenses import postings, queries, rules
from kac.desk.expenses.policy import ExpensePolicy
from kac.desk.expenses.rules import ExpenseFacts
from kac.desk.expenses.states import EXPENSE
from kac.desk.staff.actions import require
from kac.desk.stock import queries as stock
from kac.desk.wholesale import queries as wholesale
from kac.ledger import journal


@dataclass(frozen=True)
class Spent:
    """Cash that a business manager spent: `proof` is the written proof of a delivery cost."""

    kind: str
    amount: Money
    store: str = ""
    proof: str = ""


def note(work: Work, reference: str, spent: Spent) -> Outcome:
    """Note what was spent for a wholesale; bags ask for the department's approval (HYP-BAG-01)."""
    from kac.desk.expenses.tables import Expense

    require(work, "expense.note")
    sale = wholesale.find(work.reader, reference, work.speaker)
    if spent.amount.fen <= 0:
        raise BadInput(
            _("{amount} is not an expense").format(amount=spent.amount), code="E-VAL-010"
        )
    store = stock.location(work.reader, spent.store or sale["location"])
    proof = safe_text(spent.proof, field=_("written proof"), longest=60)
    if spent.kind == "bags":
        require_open(
            [rules.at_dispatching_store(store, sale["location"])],
            _("no bags are bought there"),
            refs={"wholesale": sale["number"]},
        )
    elif not proof:
        raise BadInput(
            _("a delivery cost has a written proof: --proof"),
            code="E-EXP-001",
            rules=["HYP-GDS-04"],
        )
    version = work.policy(queries.SET)
    row = work.add(
        Expense(
            number=work.number("BX"),
            kind=spent.kind,
            document=sale["number"],
            location=store,
            amount_fen=spent.amount.fen,
            proof=proof,
            till_receipt="",
            spender=work.actor.code,
            state=EXPENSE.start,
            reimbursed_by="",
            end_reason="",
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("note expense", row.number, amount_fen=spent.amount.fen)
    says = _("{number}: {amount} spent for {document}").format(
        number=row.number, amount=spent.amount, document=sale["number"]
    )
    if spent.kind == "delivery":
        return _outcome(work, row.number, (says,), f"kac expense sign {row.number}")
    request = _asked(work, sale, row.number, spent.amount)
    told = _("{request} waits for the department").format(request=request)
    return _outcome(work, row.number, (says, told), f"kac approval ok {request}")


def _asked(work: Work, sale: Row, number: str, amount: Money) -> str:
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
        customer_id=sale["customer_id"],
    )
    return approvals.request(work, subject, steps, {"amount_fen": amount.fen})


def sign(work: Work, reference: str) -> Outcome:
    """Sign the proof of a delivery cost in the store: two different people do (HYP-GDS-05)."""
    from kac.desk.expenses.tables import ExpenseSignature

    row, facts, policy = _mine(work, "expense.sign", reference)
    _refuse_ended(facts)
    if facts.kind != "delivery":
        raise Refused(
            _("bags are not signed for in the store"),
            code="E-EXP-002",
            rules=["HYP-BAG-01"],
            fix=[f"kac approval show {facts.request}"],
        )
    require_open(
        [rules.another_hand(facts, work.actor.code)],
        _("{number} is not signed").format(number=facts.number),
        refs={"expense": facts.number},
    )
    work.add(
        ExpenseSignature(expense_id=row["id"], staff=work.actor.code, on_day=work.on, at=work.now)
    )
    work.record("sign", facts.number)
    given = len(facts.signers) + 1
    says = _("{number}: signed by {staff}, {given} of {needed}").format(
        number=facts.number,
        staff=work.actor.code,
        given=given,
        needed=policy.delivery_signatures,
    )
    return _outcome(work, facts.number, (says,))


def receipt(work: Work, reference: str, number: str) -> Outcome:
    """Keep the till receipt of bags: bought in cash, after approval, by the handler (HYP-BAG)."""
    from kac.desk.expenses.tables import Expense

    row, facts, _policy = _mine(work, "expense.receipt", reference)
    _refuse_ended(facts)
    paper = required_text(number, field=_("till receipt"), longest=60)
    require_open(
        [
            *rules.bags_approved(facts, work.house().may),
            rules.own_purchase(facts, work.actor.code),
        ],
        _("{number} has no receipt to keep").format(number=facts.number),
        refs={"expense": facts.number},
    )
    expense = work.get(Expense, row["id"])
    expense.till_receipt = paper
    work.add(expense)
    work.record("keep receipt", facts.number, receipt=paper)
    says = _("{number}: till receipt {receipt} is kept").format(number=facts.number, receipt=paper)
    return _outcome(work, facts.number, (says,))


def reimburse(work: Work, month: str) -> Outcome:
    """Reimburse a month's expenses together; what is not proved stays (HYP-BAG-03/04, GDS-06)."""
    from kac.desk.expenses.tables import Expense

    require(work, "expense.reimburse")
    tidy = _month(month)
    require_open(
        [rules.month_over(tidy, work.on)],
        _("the expenses of {month} are not reimbursed yet").format(month=tidy),
    )
    done, left = _sorted(work, tidy)
    for row in done:
        expense = work.get(Expense, row["id"])
        expense.reimbursed_by, expense.reimbursed_on = work.actor.code, work.on
        work.move(expense, EXPENSE, "reimburse")
        journal.post(work, postings.reimbursed(row["number"], Money(row["amount_fen"])))
    amount = total([Money(row["amount_fen"]) for row in done])
    says = [
        _("{month}: {amount} reimbursed: {numbers}").format(
            month=tidy,
            amount=amount,
            numbers=", ".join(row["number"] for row in done) or _("none"),
        )
    ]
    says += [
        _("not reimbursed: {number} {amount}: {reason}").format(
            number=row["number"], amount=Money(row["amount_fen"]), reason=reason
        )
        for row, reason in left
    ]
    document = {
        "number": "",
        "state": "reimbursed",
        "month": tidy,
        "amount": amount.plain(),
        "reimbursed": [row["number"] for row in done],
        "left": [row["number"] for row, _reason in left],
    }
    return Outcome(document, tuple(says))


def _month(month: str) -> str:
    try:
        return date.fromisoformat(f"{month}-01").strftime("%Y-%m")
    except ValueError:
        raise BadInput(
            _('"{month}" is no month').format(month=month),
            code="E-DAY-004",
            cause=[_("write it as in {example}").format(example="2026-11")],
        ) from None


def _sorted(work: Work, month: str) -> tuple[list[Row], list[tuple[Row, str]]]:
    """The expenses of a month that can be reimbursed, and the others with what they lack."""
    may = work.house().may
    done: list[Row] = []
    left: list[tuple[Row, str]] = []
    for row in queries.listing(work.reader, "noted", month):
        facts, policy = queries.facts(work.reader, row), queries.policy(work.reader, row)
        shut = closed(rules.to_reimburse(facts, policy, may))
        if shut:
            ids = ", ".join(rule for gate in shut for rule in gate.rules)
            left.append((row, "; ".join(gate.says for gate in shut) + f" [{ids}]"))
        else:
            done.append(row)
    return done, left


def drop(work: Work, reference: str, reason: str) -> Outcome:
    """Give an expense up."""
    from kac.desk.expenses.tables import Expense

    why = required_text(reason, field=_("reason"))
    row, facts, _policy = _mine(work, "expense.drop", reference)
    expense = work.get(Expense, row["id"])
    expense.end_reason = why
    work.move(expense, EXPENSE, "drop", why)
    if facts.request:
        approvals.supersede(work, facts.number, why)
    says = _("{number} is dropped: {reason}").format(number=facts.number, reason=why)
    return _outcome(work, facts.number, (says,))


def _refuse_ended(facts: ExpenseFacts) -> None:
    if facts.state != EXPENSE.start:
        EXPENSE.after(facts.state, "reimburse", subject=facts.number)


def _mine(work: Work, verb: str, reference: str) -> tuple[Row, ExpenseFacts, ExpensePolicy]:
    require(work, verb)
    row = queries.find(work.reader, reference, work.speaker)
    return row, queries.facts(work.reader, row), queries.policy(work.reader, row)


def _outcome(work: Work, number: str, says: tuple[str, ...], *hints: str) -> Outcome:
    row = queries.by_number(work.reader, number)
    document = {
        "number": number,
        "state": row["state"],
        "kind": row["kind"],
        "document": row["document"],
        "amount": Money(row["amount_fen"]).plain(),
        "approval": row["approval"],
    }
    return Outcome(document, says, hints)
