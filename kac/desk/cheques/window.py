"""Cheques at the hypermarket's finance window: each is an item to settle, and a cheque.

The two move by one event: presented, paid by the auditor's voucher, or come back (A-48).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.cheques import queries, rules, written
from kac.desk.cheques.states import CHEQUE
from kac.desk.cheques.written import Slip
from kac.desk.settlement_days import actions as days
from kac.desk.takings import actions as takings
from kac.desk.takings import queries as taking_queries
from kac.desk.takings.actions import Report

if TYPE_CHECKING:
    from kac.desk.cheques.tables import Cheque


def take(work: Work, reference: str, said: Report, slip: Slip) -> Outcome:
    """Report a cheque to the officer of the day; it is no money until it has cleared.

    HYP-FIN-05, RTL-CTL-05: a lapsed cheque is not taken, one of a later date waits for its day.
    """
    policy = queries.policy(work.reader, work.today, queries.WINDOW)
    require_open(
        [rules.not_lapsed(slip.issued_on, policy, work.on)],
        _("the cheque is not taken for {document}").format(document=reference),
    )
    outcome = takings.report(work, reference, said)
    written.refuse_twice(work, slip.cheque_number)
    item = taking_queries.by_number(work.reader, outcome.document["number"])
    drawn = replace(slip, drawer=slip.drawer or item["customer_name"])
    number = written.write(work, drawn, taking_id=item["id"])
    work.record("take", number, document=item["document"], item=item["number"])
    last = rules.last_day(slip.issued_on, policy)
    says = _("{number}: the cheque, good until {last}").format(number=number, last=last)
    hint = f"kac cheque check-seal {number} --specimen …"
    document = {**outcome.document, "cheque": number}
    return Outcome(document, (*outcome.says, says), (hint,))


def present(work: Work, item: str) -> None:
    """The bank has the cheque of an item: nobody carries or keeps it any more."""
    days.require_running(work)
    takings.present(work, taking_queries.by_number(work.reader, item))


def vouch(work: Work, reference: str, voucher: str) -> Outcome:
    """The auditor confirms that money arrived: of a cheque, that the bank has paid it.

    HYP-FIN-12, RTL-CTL-06, A-48.
    """
    item = taking_queries.find(work.reader, reference, work.speaker)
    cheque = queries.of_item(work.reader, item["number"])
    if cheque is None:
        return takings.vouch(work, reference, voucher)
    takings.mine(work, "day.voucher", reference)
    rules.refuse_own(cheque["taken_by"], work.actor.code, cheque["number"])
    paid = clear(work, cheque, voucher)
    return takings.outcome(work, item["number"], paid.says, *paid.hints)


def clear(work: Work, row: Row, evidence: str) -> Outcome:
    """The bank has paid: the voucher of the item says so, and nothing else does (A-48)."""
    CHEQUE.after(row["state"], "clear", subject=row["number"])
    item = taking_queries.by_number(work.reader, row["item"])
    paper = takings.write_voucher(work, item, evidence)
    cheque = _cheque(work, row)
    cheque.cleared_by, cheque.cleared_on = work.actor.code, work.on
    cheque.bank_reference = paper
    work.move(cheque, CHEQUE, "clear", paper)
    says = _("{number}: {amount} has cleared").format(
        number=row["number"], amount=Money(row["amount_fen"])
    )
    document = written.document(work, row["number"])
    return Outcome(document, (says,), (f"kac day settle {row['item']}",))


def give_back(work: Work, reference: str, reason: str) -> Outcome:
    """Give money back, or a cheque: one that lies with the bank has bounced, any other went back.

    A cheque that the bank has paid is money like any other: it stays cleared.
    """
    item = taking_queries.find(work.reader, reference, work.speaker)
    row = queries.of_item(work.reader, item["number"])
    outcome = takings.give_back(work, item["number"], reason)
    if row and row["state"] != "cleared":
        _end(work, row, "bounce" if row["state"] == "presented" else "hand_back", reason)
    return outcome


def ended(work: Work, row: Row, verb: str, reason: str) -> Outcome:
    """A cheque bounced or went back: its item is given back, and all is owed again."""
    given = takings.give_back(work, row["item"], reason)
    _end(work, row, verb, reason)
    says = _("{number} is {state}: {amount} is owed again ({reason})").format(
        number=row["number"],
        state=CHEQUE.label(_cheque(work, row).state),
        amount=Money(row["amount_fen"]),
        reason=reason,
    )
    return Outcome(written.document(work, row["number"]), (says,), given.hints)


def _end(work: Work, row: Row, verb: str, reason: str) -> None:
    cheque = _cheque(work, row)
    cheque.end_reason = reason
    work.move(cheque, CHEQUE, verb, reason)


def _cheque(work: Work, row: Row) -> Cheque:
    from kac.desk.cheques.tables import Cheque

    return work.get(Cheque, row["id"])
