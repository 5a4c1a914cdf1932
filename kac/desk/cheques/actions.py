"""Verbs of the cheque: take it, compare its seal, present it, clear it, or let it bounce."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.allocations import actions as allocations
from kac.desk.allocations import queries as allocation_queries
from kac.desk.cheques import queries, rules
from kac.desk.cheques.states import CHEQUE
from kac.desk.orders import actions as orders
from kac.desk.payments import actions as payments
from kac.desk.payments import queries as payment_queries
from kac.desk.payments.actions import Receipt
from kac.desk.staff.actions import require

if TYPE_CHECKING:
    from kac.desk.cheques.tables import Cheque


@dataclass(frozen=True)
class Slip:
    """What stands on a cheque."""

    cheque_number: str
    bank: str
    drawer: str
    issued_on: date


def record(work: Work, reference: str, amount: Money, slip: Slip) -> Outcome:
    """Take a cheque for an order; it is no money until it has cleared (RTL-CTL-05, RTL-CTL-06)."""
    from kac.desk.cheques.tables import Cheque

    require(work, "cheque.record")
    row = orders.gathered(work, reference)[0]
    policy = queries.policy(work.policy())
    receipt = Receipt(amount, "cheque", slip.cheque_number, slip.drawer)
    gates = [
        rules.not_lapsed(slip.issued_on, policy, work.on),
        *allocations.payable(work, row["number"], amount),
    ]
    payment = allocations.receive(work, row, receipt, "payment", gates)
    cheque = work.add(
        Cheque(
            number=work.number(queries.KIND),
            payment_id=payment_queries.by_number(work.reader, payment)["id"],
            cheque_number=required_text(slip.cheque_number, field=_("cheque number"), longest=40),
            bank=required_text(slip.bank, field=_("bank"), longest=60),
            drawer=required_text(slip.drawer or row["customer_name"], field=_("drawer")),
            issued_on=slip.issued_on,
            state=CHEQUE.start,
            taken_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("take", cheque.number, order=row["number"], payment=payment)
    says = _("{number}: cheque of {amount} taken for {order}, good until {last}").format(
        number=cheque.number,
        amount=amount,
        order=row["number"],
        last=rules.last_day(slip.issued_on, policy),
    )
    told = _("the manager on duty is to know; no goods go before it has cleared")
    hints = (
        f"kac payment print {payment}",
        f"kac cheque check-seal {cheque.number} --specimen …",
        f"kac cheque acknowledge {cheque.number}",
    )
    return Outcome(_document(work, cheque.number), (says, told), hints)


def acknowledge(work: Work, reference: str) -> Outcome:
    """The manager on duty knows of the cheque (BLK-ESC-02)."""
    require(work, "cheque.acknowledge")
    row, cheque = _gathered(work, reference)
    cheque.told_by = work.actor.code
    work.add(cheque)
    work.record("acknowledge", row["number"])
    says = _("{number}: {who} knows of it").format(number=row["number"], who=work.actor.name)
    return Outcome(_document(work, row["number"]), (says,))


def check_seal(work: Work, reference: str, specimen: str) -> Outcome:
    """The seal is the one of the specimen on file; a named person says so (RTL-CTL-05)."""
    require(work, "cheque.check_seal")
    row, cheque = _gathered(work, reference)
    kept = required_text(specimen, field=_("specimen"), longest=80)
    rules.refuse_own(row["taken_by"], work.actor.code, row["number"])
    cheque.checked_by, cheque.specimen = work.actor.code, kept
    work.move(cheque, CHEQUE, "check_seal", kept)
    says = _("{number}: the seal is that of {specimen}").format(number=row["number"], specimen=kept)
    return Outcome(_document(work, row["number"]), (says,), (f"kac cheque bank {row['number']}",))


def hand_back(work: Work, reference: str, reason: str) -> Outcome:
    """Give a cheque back that the bank never saw, as one whose seal differs (RTL-CTL-05)."""
    require(work, "cheque.hand_back")
    return _ended(work, reference, "hand_back", reason)


def bank(work: Work, reference: str) -> Outcome:
    """Present a cheque to the bank, once its seal was compared and while it is good."""
    require(work, "cheque.bank")
    row, cheque = _gathered(work, reference)
    version = work.policy()
    policy, facts = queries.policy(version), queries.facts(row)
    require_open(
        [
            rules.seal_matches(facts, version.may["cheque.check_seal"]),
            rules.cheque_good(facts.issued_on, policy, work.on),
        ],
        _("{number} cannot be presented").format(number=row["number"]),
        refs={"cheque": row["number"]},
    )
    cheque.presented_on = work.on
    work.move(cheque, CHEQUE, "bank")
    says = _("{number}: the bank has it").format(number=row["number"])
    return Outcome(
        _document(work, row["number"]), (says,), (f"kac cheque clear {row['number']} --ref …",)
    )


def clear(work: Work, reference: str, bank_reference: str) -> Outcome:
    """The bank has paid: now it is money, verified on the bank's evidence (RTL-CTL-06, A-48)."""
    require(work, "cheque.clear")
    row, cheque = _gathered(work, reference)
    evidence = required_text(bank_reference, field=_("reference"), longest=60)
    rules.refuse_own(row["taken_by"], work.actor.code, row["number"])
    cheque.cleared_by, cheque.cleared_on = work.actor.code, work.on
    cheque.bank_reference = evidence
    work.move(cheque, CHEQUE, "clear", evidence)
    payments.confirm(work, payment_queries.by_number(work.reader, row["payment"]))
    says = _("{number}: {amount} has cleared").format(
        number=row["number"], amount=Money(row["amount_fen"])
    )
    return Outcome(_document(work, row["number"]), (says,), _orders(work, row))


def bounce(work: Work, reference: str, reason: str) -> Outcome:
    """The bank sent it back: what it had paid for is owed again, by new entries."""
    require(work, "cheque.bounce")
    return _ended(work, reference, "bounce", reason)


def _ended(work: Work, reference: str, verb: str, reason: str) -> Outcome:
    row, cheque = _gathered(work, reference)
    why = required_text(reason, field=_("reason"))
    CHEQUE.after(row["state"], verb, subject=row["number"])
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
    return Outcome(_document(work, row["number"]), (says,), hints)


def _gathered(work: Work, reference: str) -> tuple[Row, Cheque]:
    from kac.desk.cheques.tables import Cheque

    row = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])
    return row, work.get(Cheque, row["id"])


def _orders(work: Work, row: Row) -> Sequence[str]:
    payment = payment_queries.by_number(work.reader, row["payment"])
    living = allocation_queries.of_payment(work.reader, payment["id"])
    return tuple(f"kac order show {each['order_number']}" for each in living)


def _document(work: Work, number: str) -> dict[str, str]:
    row = queries.find(work.reader, number, work.speaker)
    return {
        "number": number,
        "state": row["state"],
        "payment": row["payment"],
        "customer": row["customer"],
        "amount": Money(row["amount_fen"]).plain(),
    }
