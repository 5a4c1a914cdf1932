"""Verbs of the cheque: take it, compare its seal, present it, clear it, or let it bounce.

Those of the hypermarket's finance window are taken, paid and given back in `window`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.allocations import actions as allocations
from kac.desk.allocations import queries as allocation_queries
from kac.desk.cheques import queries, rules, window, written
from kac.desk.cheques.states import CHEQUE
from kac.desk.cheques.written import Slip
from kac.desk.orders import actions as orders
from kac.desk.payments import actions as payments
from kac.desk.payments import queries as payment_queries
from kac.desk.payments.actions import Receipt
from kac.desk.staff.actions import require

if TYPE_CHECKING:
    from kac.desk.cheques.tables import Cheque


def record(work: Work, reference: str, amount: Money, slip: Slip) -> Outcome:
    """Take a cheque for an order; it is no money until it has cleared (RTL-CTL-05, RTL-CTL-06)."""
    require(work, "cheque.record")
    row = orders.gathered(work, reference)[0]
    policy = queries.policy(work.reader, work.today)
    receipt = Receipt(amount, "cheque", slip.cheque_number, slip.drawer)
    gates = [
        rules.not_lapsed(slip.issued_on, policy, work.on),
        *allocations.payable(work, row["number"], amount),
    ]
    payment = allocations.receive(work, row, receipt, "payment", gates)
    written.refuse_twice(work, slip.cheque_number)
    payment_id = payment_queries.by_number(work.reader, payment)["id"]
    drawn = replace(slip, drawer=slip.drawer or row["customer_name"])
    number = written.write(work, drawn, payment_id=payment_id)
    work.record("take", number, order=row["number"], payment=payment)
    says = _("{number}: cheque of {amount} taken for {order}, good until {last}").format(
        number=number,
        amount=amount,
        order=row["number"],
        last=rules.last_day(slip.issued_on, policy),
    )
    told = _("the manager on duty is to know; no goods go before it has cleared")
    hints = (
        f"kac payment print {payment}",
        f"kac cheque check-seal {number} --specimen …",
        f"kac cheque acknowledge {number}",
    )
    return Outcome(written.document(work, number), (says, told), hints)


def acknowledge(work: Work, reference: str) -> Outcome:
    """The manager on duty knows of the cheque (BLK-ESC-02)."""
    require(work, "cheque.acknowledge")
    row, cheque = _gathered(work, reference)
    cheque.told_by = work.actor.code
    work.add(cheque)
    work.record("acknowledge", row["number"])
    says = _("{number}: {who} knows of it").format(number=row["number"], who=work.actor.name)
    return Outcome(written.document(work, row["number"]), (says,))


def check_seal(work: Work, reference: str, specimen: str) -> Outcome:
    """The seal is the one of the specimen on file; a named person says so (RTL-CTL-05)."""
    row, cheque = _gathered(work, reference, "check_seal")
    kept = required_text(specimen, field=_("specimen"), longest=80)
    rules.refuse_own(row["taken_by"], work.actor.code, row["number"])
    cheque.checked_by, cheque.specimen = work.actor.code, kept
    work.move(cheque, CHEQUE, "check_seal", kept)
    says = _("{number}: the seal is that of {specimen}").format(number=row["number"], specimen=kept)
    return Outcome(
        written.document(work, row["number"]), (says,), (f"kac cheque bank {row['number']}",)
    )


def hand_back(work: Work, reference: str, reason: str) -> Outcome:
    """Give a cheque back that the bank never saw, as one whose seal differs (RTL-CTL-05)."""
    return _ended(work, reference, "hand_back", reason)


def bank(work: Work, reference: str) -> Outcome:
    """Present a cheque to the bank, once its seal was compared and while it is good."""
    row, cheque = _gathered(work, reference, "bank")
    policy, facts = queries.policy(work.reader, work.today, row["item"]), queries.facts(row)
    require_open(
        [
            rules.seal_matches(facts, work.house().may[facts.verbs["check_seal"]]),
            rules.cheque_good(facts.issued_on, policy, work.on),
        ],
        _("{number} cannot be presented").format(number=row["number"]),
        refs={"cheque": row["number"]},
    )
    CHEQUE.after(row["state"], "bank", subject=row["number"])
    if row["item"]:
        window.present(work, row["item"])
    cheque.presented_on = work.on
    work.move(cheque, CHEQUE, "bank")
    says = _("{number}: the bank has it").format(number=row["number"])
    later = f"kac cheque clear {row['number']} --ref …"
    return Outcome(
        written.document(work, row["number"]),
        (says,),
        (f"kac day voucher {row['item']} --ref …" if row["item"] else later,),
    )


def clear(work: Work, reference: str, bank_reference: str) -> Outcome:
    """The bank has paid: now it is money, verified on the bank's evidence (RTL-CTL-06, A-48)."""
    row, cheque = _gathered(work, reference, "clear")
    evidence = required_text(bank_reference, field=_("reference"), longest=60)
    rules.refuse_own(row["taken_by"], work.actor.code, row["number"])
    if row["item"]:
        return window.clear(work, row, evidence)
    cheque.cleared_by, cheque.cleared_on = work.actor.code, work.on
    cheque.bank_reference = evidence
    work.move(cheque, CHEQUE, "clear", evidence)
    payments.confirm(work, payment_queries.by_number(work.reader, row["payment"]))
    says = _("{number}: {amount} has cleared").format(
        number=row["number"], amount=Money(row["amount_fen"])
    )
    return Outcome(written.document(work, row["number"]), (says,), _orders(work, row))


def bounce(work: Work, reference: str, reason: str) -> Outcome:
    """The bank sent it back: what it had paid for is owed again, by new entries."""
    return _ended(work, reference, "bounce", reason)


def _ended(work: Work, reference: str, verb: str, reason: str) -> Outcome:
    row, cheque = _gathered(work, reference, verb)
    why = required_text(reason, field=_("reason"))
    CHEQUE.after(row["state"], verb, subject=row["number"])
    if row["item"]:
        return window.ended(work, row, verb, why)
    hints = _orders(work, row)
    payment = payment_queries.by_number(work.reader, row["payment"])
    for each in allocation_queries.of_payment(work.reader, payment["id"]):
        allocations.release(work, payment["number"], each, why)
    payments.take_back(work, payment, "bounce" if verb == "bounce" else "reverse", why)
    cheque.end_reason = why
    work.move(cheque, CHEQUE, verb, why)
    says = _("{number} is {state}: {amount} is owed again ({reason})").format(
        number=row["number"],
        state=CHEQUE.label(cheque.state),
        amount=Money(row["amount_fen"]),
        reason=why,
    )
    return Outcome(written.document(work, row["number"]), (says,), hints)


def _gathered(work: Work, reference: str, step: str = "") -> tuple[Row, Cheque]:
    """The cheque meant, and for a step of it that the actor may take it where it was taken."""
    from kac.desk.cheques.tables import Cheque

    row = queries.find(work.reader, reference, work.speaker)
    if step:
        require(work, queries.facts(row).verbs[step])
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])
    return row, work.get(Cheque, row["id"])


def _orders(work: Work, row: Row) -> tuple[str, ...]:
    payment = payment_queries.by_number(work.reader, row["payment"])
    living = allocation_queries.of_payment(work.reader, payment["id"])
    return tuple(f"kac order show {each['order_number']}" for each in living)
