"""Verbs of the security deposit: take one, confirm it, print its receipt, give it back."""

from __future__ import annotations

from typing import Any

from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.contracts import queries as contracts
from kac.desk.contracts.policy import SecurityPolicy
from kac.desk.papers import actions as papers
from kac.desk.payments.rules import METHODS, REFERENCED
from kac.desk.securities import postings, queries, rules
from kac.desk.securities.states import SECURITY
from kac.desk.staff.actions import require
from kac.ledger import journal


@dataclass(frozen=True)
class Sum:
    """Money as the cashier takes it; `reference` is the bank's own number of a transfer."""

    amount: Money
    method: str
    reference: str = ""
    payer: str = ""


def record(work: Work, reference: str, money: Sum) -> Outcome:
    """Take a deposit under a long-term contract (RTL-MTH-03); never the desk (BLK-MNY-02)."""
    from kac.desk.securities.tables import SecurityDeposit

    require(work, "security.record")
    contract = contracts.find(work.reader, reference, work.speaker)
    tidy = tidied(work, money)
    require_open(
        [
            rules.of_supply(contract["number"], contract["kind"], contract["state"]),
            rules.method_allowed(tidy.method, _policy(work).methods),
        ],
        _("no security can be taken for {number}").format(number=contract["number"]),
        refs={"contract": contract["number"]},
    )
    row = work.add(
        SecurityDeposit(
            number=work.number("BZ"),
            contract_id=contract["id"],
            amount_fen=tidy.amount.fen,
            method=tidy.method,
            reference=tidy.reference or None,
            payer=tidy.payer or contract["customer_name"],
            state=SECURITY.start,
            received_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    journal.post(work, postings.received(row.number, tidy.amount))
    work.record("receive", row.number, contract=contract["number"], amount_fen=tidy.amount.fen)
    says = _("{number}: {amount} received as security for {contract}").format(
        number=row.number, amount=tidy.amount, contract=contract["number"]
    )
    hints = (f"kac security print {row.number}", f"kac security verify {row.number}")
    return Outcome(document(work, row.number), (says,), hints)


def _policy(work: Work) -> SecurityPolicy:
    return work.policy().section("security", SecurityPolicy)


def tidied(work: Work, money: Sum) -> Sum:
    """A sum as it is written down; BadInput where it cannot be money that came."""
    if money.method not in METHODS:
        raise BadInput(
            _("money does not come by {method}").format(method=money.method), code="E-PAY-001"
        )
    if money.amount.fen <= 0:
        raise BadInput(
            _("{amount} is not an amount to receive").format(amount=money.amount),
            code="E-VAL-010",
        )
    reference = safe_text(money.reference, field=_("reference"), longest=60)
    if money.method in REFERENCED and not reference:
        raise BadInput(
            _("{method} has a reference of its own: name it").format(
                method=_(METHODS[money.method])
            ),
            code="E-PAY-002",
        )
    _refuse_twice(work, reference)
    payer = safe_text(money.payer, field=_("payer"), longest=80)
    return Sum(money.amount, money.method, reference, payer)


def _refuse_twice(work: Work, reference: str) -> None:
    """One reference is one sum of money: no payment has it, nor another deposit."""
    if not reference:
        return
    known = work.reader.first(
        "SELECT number FROM payment WHERE upper(reference) = :reference"
        " AND state IN ('declared', 'received', 'verified')"
        " UNION ALL SELECT number FROM security_deposit WHERE upper(reference) = :reference",
        reference=reference.upper(),
    )
    if known:
        raise Refused(
            _("reference {reference} has been recorded as {number}").format(
                reference=reference, number=known["number"]
            ),
            code="E-PAY-003",
        )


def verify(work: Work, reference: str) -> Outcome:
    """Finance's word that the money is there; before it, it covers nothing (RTL-DUT-07, A-56)."""
    from kac.desk.securities.tables import SecurityDeposit

    require(work, "security.verify")
    row = queries.find(work.reader, reference, work.speaker)
    _refuse_own(work, row)
    deposit = work.get(SecurityDeposit, row["id"])
    SECURITY.after(row["state"], "verify", subject=row["number"])
    deposit.verified_by, deposit.verified_at = work.actor.code, work.now
    work.move(deposit, SECURITY, "verify")
    amount = Money(deposit.amount_fen)
    journal.post(work, postings.verified(deposit.number, deposit.method, amount))
    says = _("{number}: {amount} is verified").format(number=deposit.number, amount=amount)
    return Outcome(document(work, deposit.number), (says,), (f"kac explain {row['contract']}",))


def _refuse_own(work: Work, row: Row) -> None:
    if row["received_by"] == work.actor.code:
        raise NotPermitted(
            _("{actor} took {number} and may not verify it").format(
                actor=work.actor.code, number=row["number"]
            ),
            rules=["RTL-DUT-07", "A-56"],
        )


def give_back(work: Work, reference: str, way: str, reason: str) -> Outcome:
    """Give a deposit back by the way that it came, when nothing rests on it any more.

    `way` is the bank's reference. RTL-MTH-03, RTL-MTH-04.
    """
    from kac.desk.securities.tables import SecurityDeposit

    require(work, "security.return")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    SECURITY.after(row["state"], "give_back", subject=row["number"])
    require_open(
        [rules.free_to_go(queries.without(work.reader, row, work.on))],
        _("{number} cannot be given back").format(number=row["number"]),
        refs={"security": row["number"]},
    )
    sent = safe_text(way, field=_("reference"), longest=60)
    _refuse_sent_twice(work, sent)
    deposit = work.get(SecurityDeposit, row["id"])
    deposit.returned_by, deposit.returned_on = work.actor.code, work.on
    deposit.returned_reference = sent
    deposit.return_reason = why
    work.move(deposit, SECURITY, "give_back", why)
    amount = Money(deposit.amount_fen)
    journal.post(work, postings.returned(deposit.number, deposit.method, amount))
    says = _("{number}: {amount} is given back: {reason}").format(
        number=deposit.number, amount=amount, reason=why
    )
    return Outcome(document(work, deposit.number), (says,), (f"kac explain {row['customer']}",))


def _refuse_sent_twice(work: Work, reference: str) -> None:
    """One reference of the bank is one sum of money sent, for a deposit or a refund."""
    known = work.reader.first(
        "SELECT number FROM security_deposit WHERE returned_reference <> ''"
        " AND upper(returned_reference) = :sent"
        " UNION ALL SELECT number FROM refund WHERE upper(reference) = :sent",
        sent=reference.upper(),
    )
    if known:
        raise Refused(
            _("reference {reference} is of {number}").format(
                reference=reference, number=known["number"]
            ),
            code="E-RFD-001",
            rules=["RTL-DUT-07"],
        )


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Give the receipt out: one copy to the customer, one to finance."""
    require(work, "security.print")
    row = queries.find(work.reader, reference, work.speaker)
    copies = rules.RECEIPT_COPIES
    printing = papers.hand_out(work, row["number"], "security_receipt", copies, reason)
    work.record("print", row["number"], printing=printing, reason=reason)
    says = _("{number}: receipt printed in two copies").format(number=row["number"])
    return Outcome({**document(work, row["number"]), "printing": printing}, (says,))


def document(work: Work, number: str) -> dict[str, Any]:
    """A deposit as writing commands hand it to scripts; money in yuan."""
    row = queries.by_number(work.reader, number)
    return {
        "number": number,
        "state": row["state"],
        "customer": row["customer"],
        "contract": row["contract"],
        "amount": Money(row["amount_fen"]).plain(),
        "method": row["method"],
    }
