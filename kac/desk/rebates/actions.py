"""Verbs of the rebate: propose one, pay it out, drop it."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.errors import BadInput, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money, format_bp
from kac.core.text import required_text, safe_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals import queries as approval_queries
from kac.desk.approvals import rules as approval_rules
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.rules import Step
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.payments.rules import METHODS
from kac.desk.rebates import postings, queries, rules
from kac.desk.rebates.policy import RebatePolicy
from kac.desk.rebates.states import REBATE
from kac.desk.staff.actions import require
from kac.ledger import journal


def propose(work: Work, reference: str, rate_bp: int = 0, exactly: Money | None = None) -> Outcome:
    """Reckon a rebate on a collected order and ask for its signatures (GPA-COL-02, C-23).

    It is a rate of the order's total, or `exactly` an amount, such as an order table is lower by.
    """
    require(work, "rebate.propose")
    row, facts, policies = orders.gathered(work, reference)
    policy = order_queries.policy(work.reader, row).section("rebate", RebatePolicy)
    lines = [line.margin_facts for line in facts.lines]
    kept_fen = row["total_fen"] - row["returned_fen"]
    if exactly is not None:
        rate_bp = rules.rate_of(kept_fen, exactly.fen)
    require_open(
        [
            rules.rate_allowed(rate_bp, policy),
            rules.money_is_in(row["verified_fen"], kept_fen),
            rules.nothing_below_cost(lines, rate_bp),
        ],
        _("no rebate of {rate} on {number}").format(rate=format_bp(rate_bp), number=row["number"]),
        refs={"order": row["number"]},
    )
    _refuse_second(work, row["id"], row["number"])
    # After this point the rebate must be proposed.
    amount = exactly or Money(rules.amount(kept_fen, rate_bp))
    number = _written(work, row["id"], rate_bp, amount)
    steps = rules.route(lines, rate_bp, policies.margins, policy)
    request = _asked(work, row, number, amount, rate_bp, steps)
    says = _("{number}: {amount} back on {order} leaves a margin of {margin}").format(
        number=number,
        amount=amount,
        order=row["number"],
        margin=rules.left_text(lines, rate_bp),
    )
    asked = _("{request} waits for: {roles}").format(
        request=request, roles=", ".join(dict.fromkeys(step.role for step in steps))
    )
    document = {
        "number": number,
        "state": REBATE.start,
        "order": row["number"],
        "amount": amount.plain(),
        "approval": request,
    }
    return Outcome(document, (says, asked), (f"kac approval ok {request}",))


def _written(work: Work, order_id: int, rate_bp: int, amount: Money) -> str:
    from kac.desk.rebates.tables import Rebate

    rebate = work.add(
        Rebate(
            number=work.number("FL"),
            order_id=order_id,
            rate_bp=rate_bp,
            amount_fen=amount.fen,
            state=REBATE.start,
            maker=work.actor.code,
            method="",
            reference="",
            paid_by="",
            on_day=work.on,
            at=work.now,
        )
    )
    return str(rebate.number)


def _asked(
    work: Work, row: Row, number: str, amount: Money, rate_bp: int, steps: Sequence[Step]
) -> str:
    subject = Subject(
        kind="rebate",
        number=number,
        revision=1,
        maker=work.actor.code,
        policy_set=row["policy_set"],
        policy_version=row["policy_version"],
        total_fen=amount.fen,
        customer_id=row["customer_id"],
    )
    frozen = {"order": row["number"], "rate_bp": rate_bp, "total_fen": row["total_fen"]}
    return approvals.request(work, subject, steps, frozen)


def _refuse_second(work: Work, order_id: int, order: str) -> None:
    known = work.reader.first(
        "SELECT number FROM rebate WHERE order_id = :id AND state <> 'dropped'", id=order_id
    )
    if known:
        raise Refused(
            _("{order} has the rebate {number}").format(order=order, number=known["number"]),
            code="E-RBT-001",
            rules=["GPA-COL-02"],
            fix=[f"kac rebate drop {known['number']} --reason …"],
        )


def pay(work: Work, reference: str, method: str, bank_reference: str) -> Outcome:
    """Pay an approved rebate out; finance does (GPA-COL-02, C-23)."""
    from kac.desk.rebates.tables import Rebate

    require(work, "rebate.pay")
    if method not in METHODS:
        raise BadInput(_("money does not go by {method}").format(method=method), code="E-PAY-001")
    row = queries.find(work.reader, reference, work.speaker)
    REBATE.after(row["state"], "pay", subject=row["number"])
    steps = approval_queries.steps(row["route"])
    signed = approval_queries.signed(work.reader, row["approval_id"])
    require_open(
        [*approval_rules.gates(row["approval"], steps, signed), queries.kept(work.reader, row)],
        _("{number} cannot be paid out").format(number=row["number"]),
        refs={"rebate": row["number"]},
    )
    rebate = work.get(Rebate, row["id"])
    rebate.method, rebate.paid_by = method, work.actor.code
    rebate.reference = safe_text(bank_reference, field=_("reference"), longest=60)
    work.move(rebate, REBATE, "pay")
    amount = Money(rebate.amount_fen)
    journal.post(work, postings.paid(rebate.number, method, amount))
    says = _("{number}: {amount} paid back for {order}").format(
        number=rebate.number, amount=amount, order=row["order_number"]
    )
    document = {"number": rebate.number, "state": rebate.state, "amount": amount.plain()}
    return Outcome(document, (says,))


def drop(work: Work, reference: str, reason: str) -> Outcome:
    """Give a rebate up before it is paid."""
    from kac.desk.rebates.tables import Rebate

    require(work, "rebate.propose")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    rebate = work.get(Rebate, row["id"])
    work.move(rebate, REBATE, "drop", why)
    approvals.supersede(work, rebate.number, why)
    says = _("{number} is dropped: {reason}").format(number=rebate.number, reason=why)
    return Outcome({"number": rebate.number, "state": rebate.state}, (says,))
