"""Verbs of the deposit: take one, use money on account as one, carry it over, ask to lower it."""

from __future__ import annotations

from dataclasses import replace

from kac.core.errors import BadInput, Refused
from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.allocations import actions as allocations
from kac.desk.allocations.rules import DEPOSIT, Share
from kac.desk.allocations.said import allocated, recorded
from kac.desk.approvals import queries as approval_queries
from kac.desk.deposits import queries, rules
from kac.desk.deposits.policy import DepositPolicy
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.orders import rules as order_rules
from kac.desk.orders.rules import OrderFacts
from kac.desk.papers.rules import PHOTOCOPY
from kac.desk.payments import queries as payment_queries
from kac.desk.payments.actions import Receipt
from kac.desk.payments.rules import METHODS
from kac.desk.staff.actions import require
from kac.desk.waivers import actions as waivers
from kac.desk.waivers import rules as waiver_rules
from kac.desk.waivers.actions import Wish


def record(work: Work, reference: str, receipt: Receipt, declared: str = "") -> Outcome:
    """Take a deposit for a reviewed order (RTL-DEP-01..09)."""
    require(work, "deposit.record")
    row, facts, _policies = orders.gathered(work, reference)
    gates = _gates(work, row["number"], receipt.amount, receipt.method, receipt.reason)
    number = allocations.receive(work, row, receipt, DEPOSIT, gates, declared)
    return _to_photocopy(recorded(work, row["number"], number), facts)


def apply(work: Work, payment_reference: str, reference: str, amount: Money | None) -> Outcome:
    """Use money that the customer has on account as the deposit of an order (RTL-DEP-06)."""
    require(work, "deposit.record")
    payment = payment_queries.find(work.reader, payment_reference, work.speaker)
    row, facts, _policies = orders.gathered(work, reference)
    policy = _policy(work, row)
    due = rules.minimum(queries.facts(row), policy).whole_fen - row["received_fen"]
    share = Share(row["number"], amount.fen if amount else max(due, 0), DEPOSIT)
    whole = Money(share.amount_fen)
    gates = _gates(work, row["number"], whole, payment["method"], payment["cash_reason"])
    allocations.assign(work, payment, row, share, gates)
    return _to_photocopy(allocated(work, payment["number"]), facts)


def _to_photocopy(outcome: Outcome, facts: OrderFacts) -> Outcome:
    """A form that is out is photocopied for finance, now that a deposit came (RTL-ORD-09)."""
    if PHOTOCOPY in facts.copies or not facts.copies:
        return outcome
    return replace(outcome, hints=(*outcome.hints, f"kac order photocopy {facts.number}"))


def move(work: Work, source: str, target: str, reason: str) -> Outcome:
    """Carry the money of an order over to the one that takes its place (RTL-SHT-03, A-34)."""
    require(work, "deposit.move")
    why = required_text(reason, field=_("reason"))
    old, new = orders.gathered(work, source)[0], orders.gathered(work, target)[0]
    moved = allocations.carry(work, old, new, Money(old["received_fen"]), why)
    if not moved or old["id"] == new["id"]:
        raise Refused(
            _("nothing moves from {source} to {number}: the same order, or paid in full").format(
                number=new["number"], source=old["number"]
            ),
            code="E-DEP-003",
            rules=["RTL-SHT-03"],
            fix=[f"kac order show {new['number']}"],
        )
    says = _("{amount} of {source} is now for {target}").format(
        amount=moved, source=old["number"], target=new["number"]
    )
    document = {
        "number": new["number"],
        "state": new["state"],
        "from": old["number"],
        "amount": moved.plain(),
    }
    return Outcome(document, (says,), (f"kac order show {new['number']}",))


def _gates(work: Work, order: str, amount: Money, method: str, reason: str) -> list[Gate]:
    """The gates of a deposit: reviewed, signed for, enough, and by a way that deposits come."""
    row, facts, policies = orders.gathered(work, order)
    policy = _policy(work, row)
    gates = [
        order_rules.reviewed(facts, policies.may["order.review"]),
        *order_rules.signatures(facts, policies),
        rules.before_the_slip(row["number"], row["dispatch"]),
        rules.deposit_met(queries.facts(row), policy, policies.may["deposit.record"], amount),
    ]
    if method in METHODS:
        gates.append(rules.method_allowed(row["number"], method, reason.strip(), policy))
    return gates


def waive(work: Work, reference: str, short: Money, part: str, reason: str) -> Outcome:
    """Ask that some of the ordinary part of a deposit be left off (RTL-DEP-06 一般, A-60).

    Until the request is signed, by nobody who made the order or asks, the whole is due.
    """
    require(work, "deposit.waive")
    why = required_text(reason, field=_("reason"))
    row, facts, policies = orders.gathered(work, reference)
    known, policy = queries.facts(row), _policy(work, row)
    _refuse_odd(row, facts, part)
    require_open(
        [
            rules.waivable(known, policy, part or rules.ORDINARY, short),
            waiver_rules.none_asked(row["number"], known.waiver),
        ],
        _("the deposit of {number} cannot be lowered").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    # After this point the waiver must be asked for.
    wish = Wish(row, known.total_fen, known.ordinary_fen, short.fen, why)
    makers = order_queries.makers(work.reader, row["id"])
    figures = {"minimum_fen": rules.minimum(known, policy).whole_fen, "rate_bp": policy.rate_bp}
    number, request = waivers.ask(work, wish, policies.approvals, makers, figures)
    says = _("{number}: {short} of the deposit of {order} asked to be waived: {reason}").format(
        number=number, short=short, order=row["number"], reason=why
    )
    return Outcome(
        {
            "number": number,
            "state": "pending",
            "order": row["number"],
            "short": short.plain(),
            "approval": request,
        },
        (says, *_waits(work, request)),
        (f"kac approval ok {request}",),
    )


def _waits(work: Work, request: str) -> tuple[str, ...]:
    row = approval_queries.find(work.reader, request, work.speaker)
    roles = ", ".join(dict.fromkeys(s.role for s in approval_queries.steps(row["route"])))
    return (_("{request} waits for: {roles}").format(request=request, roles=roles),)


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
