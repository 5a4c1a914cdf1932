"""Verbs of payment: take a customer's money, confirm that it is there, give a receipt.

What the money is for is said by allocations.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.papers import actions as papers
from kac.desk.payments import postings, queries, rules
from kac.desk.payments.states import HELD, PAYMENT
from kac.desk.staff.actions import require
from kac.ledger import journal

if TYPE_CHECKING:
    from kac.desk.payments.tables import Payment


@dataclass(frozen=True)
class Receipt:
    """Money as the cashier takes it; `reference` is the bank's own number of a transfer."""

    amount: Money
    method: str
    reference: str = ""
    payer: str = ""
    reason: str = ""


def take(work: Work, customer: Row, receipt: Receipt, command: str) -> str:
    """Write money of a customer down and book it; it is for nothing yet. Returns its number."""
    tidy = tidied(receipt, command)
    refuse_twice(work, tidy)
    payment = _written(work, customer, tidy, state=PAYMENT.after(PAYMENT.start, "receive"))
    journal.post(work, postings.received(payment.number, tidy.method, tidy.amount))
    work.record("receive", payment.number, customer=customer["number"], amount_fen=tidy.amount.fen)
    return str(payment.number)


def declare(work: Work, order: Row, customer: Row, receipt: Receipt, command: str) -> str:
    """Write down that a customer says money was sent for an order; nothing is booked for it."""
    refuse_cheque(receipt.method, f"kac cheque record {order['number']} …")
    tidy = tidied(receipt, command)
    refuse_twice(work, tidy)
    payment = _written(work, customer, tidy, state=PAYMENT.start, order_id=order["id"])
    work.record("declare", payment.number, order=order["number"], amount_fen=tidy.amount.fen)
    return str(payment.number)


def _written(
    work: Work, customer: Row, receipt: Receipt, *, state: str, order_id: int | None = None
) -> Payment:
    from kac.desk.payments.tables import Payment

    declared = state == PAYMENT.start
    return work.add(
        Payment(
            number=work.number("SK"),
            customer_id=customer["id"],
            method=receipt.method,
            amount_fen=receipt.amount.fen,
            reference=receipt.reference or None,
            recorded_nth=queries.recorded(work.reader, receipt.reference) + 1,
            payer=receipt.payer or customer["name"],
            cash_reason=receipt.reason,
            state=state,
            declared_by=work.actor.code if declared else "",
            declared_for=order_id,
            received_by="" if declared else work.actor.code,
            verified_by="",
            on_day=work.on,
            at=work.now,
        )
    )


def arrive(work: Work, row: Row) -> str:
    """Money that was only declared is in the cashier's hands: book it. Returns its number."""
    from kac.desk.payments.tables import Payment

    payment = work.get(Payment, row["id"])
    PAYMENT.after(row["state"], "receive", subject=row["number"])
    payment.received_by = work.actor.code
    work.move(payment, PAYMENT, "receive")
    journal.post(work, postings.received(payment.number, payment.method, Money(payment.amount_fen)))
    return str(payment.number)


def tidied(receipt: Receipt, command: str) -> Receipt:
    """A receipt as it is written down; BadInput where it cannot be money that came."""
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
    if receipt.method in rules.REFERENCED and not reference:
        raise BadInput(
            _("{method} has a reference of its own: name it").format(
                method=_(rules.METHODS[receipt.method])
            ),
            code="E-PAY-002",
            rules=["RTL-DEP-08"],
            fix=[f"{command} --amount {receipt.amount.plain()} --ref …"],
        )
    return Receipt(
        receipt.amount,
        receipt.method,
        reference,
        safe_text(receipt.payer, field=_("payer"), longest=80),
        safe_text(receipt.reason, field=_("reason")),
    )


def refuse_twice(work: Work, receipt: Receipt) -> None:
    """One reference is one payment, in whatever case or by whatever way it is typed."""
    if not receipt.reference:
        return
    known = work.reader.first(
        "SELECT number, order_number, customer_name FROM v_payment"
        " WHERE upper(reference) = :reference AND state IN ('declared', 'received', 'verified')",
        reference=receipt.reference.upper(),
    )
    if known:
        raise Refused(
            _("reference {reference} has been recorded as {number} for {order}").format(
                reference=receipt.reference,
                number=known["number"],
                order=known["order_number"] or known["customer_name"],
            ),
            code="E-PAY-003",
            fix=[f"kac payment show {known['number']}"],
        )


def refuse_cheque(method: str, command: str) -> None:
    """A cheque is a document: it is taken, cleared and given back as one (RTL-CTL-05, 06)."""
    if method == "cheque":
        raise Refused(
            _("a cheque goes its own way: taken, presented, cleared, bounced or handed back"),
            code="E-PAY-004",
            rules=["RTL-CTL-05", "RTL-CTL-06"],
            fix=[command],
        )


def withdraw(work: Work, reference: str, reason: str) -> Outcome:
    """Take back what a customer only declared; nothing had been booked for it."""
    require(work, "payment.declare")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    take_back(work, row, "withdraw", why)
    says = _("{number} is withdrawn: {reason}").format(number=row["number"], reason=why)
    return Outcome(document(work, row["number"]), (says,))


def take_back(work: Work, row: Row, verb: str, reason: str) -> None:
    """Mark money as not held any more, with red entries for all that it had booked.

    `row` is the payment as it was before; its own entries are not touched.
    """
    from kac.desk.payments.tables import Payment

    payment = work.get(Payment, row["id"])
    PAYMENT.after(row["state"], verb, subject=row["number"])
    payment.taken_back_by, payment.taken_back_reason = work.actor.code, reason
    payment.taken_back_on = work.on
    work.move(payment, PAYMENT, verb, reason)
    amount = Money(row["amount_fen"])
    if row["opening"]:
        # It never came into a bank or a till of these books.
        journal.post(work, postings.taken_over(row["number"], amount).reversed(reason))
        return
    if row["state"] == "verified":
        verified = postings.verified(row["number"], row["method"], amount)
        journal.post(work, verified.reversed(reason))
    if row["state"] in HELD:
        received = postings.received(row["number"], row["method"], amount)
        journal.post(work, received.reversed(reason))


def declared_receipt(work: Work, reference: str) -> Receipt:
    """The receipt that a customer's declaration comes to."""
    row = queries.find(work.reader, reference, work.speaker)
    PAYMENT.after(row["state"], "receive", subject=row["number"])
    return Receipt(
        Money(row["amount_fen"]),
        row["method"],
        row["reference"] or "",
        row["payer"],
        row["cash_reason"],
    )


def document(work: Work, number: str) -> dict[str, Any]:
    """A payment as writing commands hand it to scripts; money in yuan."""
    row = queries.by_number(work.reader, number)
    return {
        "number": number,
        "state": row["state"],
        "customer": row["customer"],
        "order": row["order_number"],
        "amount": Money(row["amount_fen"]).plain(),
        "free": Money(row["free_fen"]).plain(),
    }


def verify(work: Work, reference: str) -> Outcome:
    """Finance's word that the money is there; not by the one who took it (RTL-DUT-07, A-56)."""
    require(work, "payment.verify")
    row = queries.find(work.reader, reference, work.speaker)
    if row["received_by"] == work.actor.code:
        raise NotPermitted(
            _("{actor} took {number} and may not verify it").format(
                actor=work.actor.code, number=row["number"]
            ),
            rules=["RTL-DUT-07", "A-56"],
        )
    require_open(
        [rules.not_a_cheque(row["number"], row["method"])],
        _("{number} cannot be verified by a look").format(number=row["number"]),
        refs={"payment": row["number"]},
    )
    confirm(work, row)
    says = _("{number}: {amount} is verified").format(
        number=row["number"], amount=Money(row["amount_fen"])
    )
    hint = f"kac order show {row['order_number']}"
    if not row["order_number"]:
        hint = f"kac payment allocate {row['number']} --fifo"
    return Outcome(document(work, row["number"]), (says,), (hint,))


def confirm(work: Work, row: Row) -> None:
    """Write finance's word down and book the money where it lies; for cheques when they clear."""
    from kac.desk.payments.tables import Payment

    payment = work.get(Payment, row["id"])
    payment.verified_by, payment.verified_at = work.actor.code, work.now
    work.move(payment, PAYMENT, "verify")
    amount = Money(payment.amount_fen)
    journal.post(work, postings.verified(payment.number, payment.method, amount))


def require_not_before(work: Work, row: Row) -> None:
    """Nothing is done with money on a day before it came."""
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Give the receipt out: one copy to the customer's representative, one to finance."""
    require(work, "payment.print")
    row = queries.find(work.reader, reference, work.speaker)
    require_not_before(work, row)
    printing = papers.hand_out(work, row["number"], "receipt", rules.RECEIPT_COPIES, reason)
    work.record("print", row["number"], printing=printing, reason=reason)
    says = _("{number}: receipt printed in two copies").format(number=row["number"])
    return Outcome(
        {"number": row["number"], "state": row["state"], "printing": printing},
        (says,),
        (f"kac payment verify {row['number']}",) if row["state"] == "received" else (),
    )
