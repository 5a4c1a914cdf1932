"""Verbs of payment: take money for an order, confirm that it is there, give a receipt."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import safe_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.orders import actions as orders
from kac.desk.orders import rules as order_rules
from kac.desk.orders.states import ORDER
from kac.desk.papers import actions as papers
from kac.desk.payments import postings, queries, rules
from kac.desk.payments.states import PAYMENT
from kac.desk.staff.actions import require
from kac.ledger import journal


@dataclass(frozen=True)
class Receipt:
    """Money as the cashier takes it; `reference` is the bank's own number of a transfer."""

    amount: Money
    method: str
    reference: str = ""
    payer: str = ""
    reason: str = ""


def record(work: Work, reference: str, receipt: Receipt) -> Outcome:
    """Take money for an order that is reviewed and signed for (FLW-APV-02, RTL-ORD-11)."""
    require(work, "payment.record")
    row, facts, policies = orders.gathered(work, reference)
    gates = [
        order_rules.reviewed(facts, policies.may["order.review"]),
        *order_rules.signatures(facts, policies),
        rules.deposit_first(queries.money(work.reader, row), receipt.amount),
    ]
    number = receive(work, row, receipt, "payment", gates)
    return recorded(work, row["number"], number)


def receive(work: Work, row: Row, receipt: Receipt, kind: str, gates: list[Gate]) -> str:
    """Judge and write money for an order; `gates` are the kind's own. Returns its number."""
    from kac.desk.payments.tables import Payment

    tidy = _tidied(receipt, kind, row["number"])
    owed = queries.money(work.reader, row)
    _refuse_state(row)
    _refuse_twice(work, tidy)
    require_open(
        [*gates, rules.not_too_much(owed, tidy.amount)],
        _("no money can be taken for {number}").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    # After this point the money must be recorded.
    payment = work.add(
        Payment(
            number=work.number("SK"),
            order_id=row["id"],
            kind=kind,
            method=tidy.method,
            amount_fen=tidy.amount.fen,
            reference=tidy.reference or None,
            payer=tidy.payer or row["customer_name"],
            cash_reason=tidy.reason,
            state=PAYMENT.start,
            received_by=work.actor.code,
            verified_by="",
            on_day=work.on,
            at=work.now,
        )
    )
    journal.post(work, postings.received(payment.number, tidy.amount))
    work.record("receive", payment.number, order=row["number"], amount_fen=tidy.amount.fen)
    return payment.number


def _tidied(receipt: Receipt, kind: str, order: str) -> Receipt:
    if receipt.method not in rules.METHODS:
        raise BadInput(
            _("money does not come by {method}").format(method=receipt.method),
            code="E-PAY-001",
            cause=[_("one of: {methods}").format(methods=", ".join(rules.METHODS))],
        )
    if receipt.amount.fen <= 0:
        raise BadInput(
            _("{amount} is not an amount to receive").format(amount=receipt.amount),
            code="E-VAL-010",
        )
    written = unicodedata.normalize("NFKC", receipt.reference)
    reference = safe_text(written, field=_("reference"), longest=60)
    if receipt.method == "transfer" and not reference:
        raise BadInput(
            _("a transfer has the bank's own reference"),
            code="E-PAY-002",
            rules=["RTL-DEP-08"],
            fix=[f"kac {kind} record {order} --amount {receipt.amount.plain()} --ref …"],
        )
    return Receipt(
        receipt.amount,
        receipt.method,
        reference,
        safe_text(receipt.payer, field=_("payer"), longest=80),
        safe_text(receipt.reason, field=_("reason")),
    )


def _refuse_state(row: Row) -> None:
    if row["state"] in ("draft", "collecting", "voided"):
        raise Refused(
            _("{number} is {state}: no money is taken for it").format(
                number=row["number"], state=ORDER.label(row["state"])
            ),
            code="E-STA-001",
            rules=["RTL-DEP-01"],
            fix=[f"kac order show {row['number']}"],
        )


def _refuse_twice(work: Work, receipt: Receipt) -> None:
    """One bank reference is one payment, in whatever case or by whatever way it is typed."""
    if not receipt.reference:
        return
    known = work.reader.first(
        "SELECT number, order_number FROM v_payment WHERE upper(reference) = :reference",
        reference=receipt.reference.upper(),
    )
    if known:
        raise Refused(
            _("reference {reference} has been recorded as {number} for {order}").format(
                reference=receipt.reference, number=known["number"], order=known["order_number"]
            ),
            code="E-PAY-003",
            fix=[f"kac payment show {known['number']}"],
        )


def recorded(work: Work, order: str, number: str) -> Outcome:
    """What to say of money just taken."""
    payment = queries.find(work.reader, number, work.speaker)
    row = orders.gathered(work, order)[0]
    owed = queries.money(work.reader, row).owed_fen
    amount = Money(payment["amount_fen"])
    says = _("{number}: {amount} received for {order}, {owed} still owed").format(
        number=number, amount=amount, order=order, owed=Money(owed)
    )
    return Outcome(
        {
            "number": number,
            "state": payment["state"],
            "order": order,
            "kind": payment["kind"],
            "amount": amount.plain(),
            "owed": Money(owed).plain(),
        },
        (says,),
        (f"kac payment print {number}", f"kac payment verify {number}"),
    )


def verify(work: Work, reference: str) -> Outcome:
    """Finance's word that the money is there; not by the one who took it (RTL-DUT-07, A-56)."""
    from kac.desk.payments.tables import Payment

    require(work, "payment.verify")
    row = queries.find(work.reader, reference, work.speaker)
    if row["received_by"] == work.actor.code:
        raise NotPermitted(
            _("{actor} took {number} and may not verify it").format(
                actor=work.actor.code, number=row["number"]
            ),
            rules=["RTL-DUT-07", "A-56"],
        )
    payment = work.get(Payment, row["id"])
    payment.verified_by, payment.verified_at = work.actor.code, work.now
    work.move(payment, PAYMENT, "verify")
    amount = Money(payment.amount_fen)
    journal.post(work, postings.verified(payment.number, payment.method, amount))
    says = _("{number}: {amount} is verified").format(number=payment.number, amount=amount)
    return Outcome(
        {
            "number": payment.number,
            "state": payment.state,
            "order": row["order_number"],
            "amount": amount.plain(),
        },
        (says,),
        (f"kac order show {row['order_number']}",),
    )


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Give the receipt out: one copy to the customer's representative, one to finance."""
    require(work, "payment.print")
    row = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])
    printing = papers.hand_out(work, row["number"], "receipt", rules.RECEIPT_COPIES, reason)
    work.record("print", row["number"], printing=printing, reason=reason)
    says = _("{number}: receipt printed in two copies").format(number=row["number"])
    return Outcome(
        {"number": row["number"], "state": row["state"], "printing": printing},
        (says,),
        (f"kac payment verify {row['number']}",) if row["state"] == "received" else (),
    )
