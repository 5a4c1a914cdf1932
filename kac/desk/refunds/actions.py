"""Verbs of the refund: request one, pay it out, drop it, print its slip."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

from kac.core.errors import BadInput, InputNeeded, NotPermitted, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.text import folded, required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals import queries as approval_queries
from kac.desk.approvals import rules as approval_rules
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.card_sales import queries as card_sales
from kac.desk.orders import queries as orders
from kac.desk.papers import actions as papers
from kac.desk.payments import queries as payments
from kac.desk.payments.rules import METHODS, REFERENCED
from kac.desk.refunds import postings, queries, rules
from kac.desk.refunds.policy import RefundPolicy
from kac.desk.refunds.states import REFUND
from kac.desk.staff.actions import require
from kac.desk.wholesale import queries as wholesale
from kac.desk.wholesale import rules as wholesale_rules
from kac.ledger import journal

SLIP = "refund_slip"
# Sales of cards and of goods at the window; what else is meant is an order or a payment.
_CARDS, _GOODS = "KS", "PF"


@dataclass(frozen=True)
class Wish:
    """Money to go back: how much, why, and whether the customer gave the order up (A-61)."""

    amount: Money
    reason: str
    cancellation: bool = False


def request(work: Work, reference: str, wish: Wish) -> Outcome:
    """Ask for money back that is for nothing yet: of a payment, or of what an order had.

    RTL-SHT-13..15, A-28, A-34, A-36, A-61. Money of several payments makes several refunds, since
    each goes back the way it came.
    """
    require(work, "refund.request")
    why = required_text(wish.reason, field=_("reason"))
    if wish.amount.fen <= 0:
        raise BadInput(
            _("{amount} is not an amount to give back").format(amount=wish.amount),
            code="E-VAL-010",
        )
    if reference.strip().upper().startswith((_CARDS, _GOODS)):
        return _of_a_sale(work, reference, Wish(wish.amount, why, wish.cancellation))
    order, money = _meant(work, reference)
    for each in money:
        work.require_not_before(date.fromisoformat(each["on_day"]), each["number"])
    sources = [queries.source(work.reader, row) for row in money]
    wanted = wish.amount.fen
    require_open(
        [rules.verified(sources), rules.free(wanted, sources)],
        _("{amount} cannot be given back").format(amount=wish.amount),
        refs={"payment": money[0]["number"]} if money else {},
    )
    # After this point the refund must be requested.
    known = {row["number"]: row for row in money}
    made = [
        ask(work, known[number], order, Wish(Money(fen), why, wish.cancellation))
        for number, fen in rules.spread(wanted, sources)
    ]
    return _requested(work, made)


def _of_a_sale(work: Work, reference: str, wish: Wish) -> Outcome:
    """Ask for what was paid for cards or goods that came back (HYP-CRD-07, RTL-SHT-14, C-19).

    Goods that were invoiced have their red invoice first (HYP-GDS-03, C-14).
    """
    gates = []
    if reference.strip().upper().startswith(_GOODS):
        sale = wholesale.find(work.reader, reference, work.speaker)
        facts = wholesale.facts(work.reader, sale, work.on)
        gates = [wholesale_rules.red_invoiced(facts, work.house().may)]
    else:
        sale = card_sales.find(work.reader, reference, work.speaker)
    rows, sources = queries.of_sale(work.reader, sale)
    require_open(
        [*gates, rules.free(wish.amount.fen, sources)],
        _("{amount} cannot be given back").format(amount=wish.amount),
        refs={"sale": sale["number"]},
    )
    known = {row["number"]: row for row in rows}
    parts = rules.spread(wish.amount.fen, sources)
    made = [
        ask(work, known[number], None, replace(wish, amount=Money(fen))) for number, fen in parts
    ]
    return _requested(work, made)


def _meant(work: Work, reference: str) -> tuple[Row | None, list[Row]]:
    """The order that money was for, if one is meant, and the money."""
    written = reference.strip()
    by_bank = work.reader.first("SELECT 1 FROM payment WHERE reference = :word", word=written)
    if folded(written).startswith("sk") or by_bank:
        payment = payments.find(work.reader, written, work.speaker)
        return queries.last_void(work.reader, payment["id"]), [payment]
    order = orders.find(work.reader, written, work.speaker)
    return order, queries.once_for(work.reader, order["id"])


def ask(work: Work, payment: Row, order: Row | None, wish: Wish, by: str = "") -> str:
    """Write a refund of one payment and ask for its signatures; the caller judged it. Its number.

    `by` are those who had a hand in it, where it was not only the one who works: none of them
    signs or pays.
    """
    from kac.desk.refunds.tables import Refund

    version = work.policy()
    at_window = "funds" in payment.keys()  # noqa: SIM118 -- a row, not a dict
    given_up = wish.cancellation
    given_up = given_up or (not at_window and queries.given_up(work.reader, payment["id"]))
    refund = work.add(
        Refund(
            number=work.number("TK"),
            payment_id=None if at_window else payment["id"],
            taking_id=payment["id"] if at_window else None,
            order_id=order["id"] if order else None,
            amount_fen=wish.amount.fen,
            reason=wish.reason,
            cancellation=given_up,
            state=REFUND.start,
            requested_by=by or work.actor.code,
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record(
        "request refund", refund.number, payment=payment["number"], amount_fen=wish.amount.fen
    )
    steps = approval_rules.matrix_route(
        version.section("approvals", ApprovalPolicy).rows(),
        rules.REFUND,
        wish.amount.fen,
        (rules.CANCELLATION,) if given_up else (),
    )
    subject = Subject(
        kind=rules.REFUND,
        number=refund.number,
        revision=1,
        maker=refund.requested_by,
        policy_set=version.set,
        policy_version=version.version,
        total_fen=wish.amount.fen,
        customer_id=payment["customer_id"],
    )
    frozen = {
        "payment": payment["number"],
        "order": order["number"] if order else "",
        "amount_fen": wish.amount.fen,
        "cancellation": int(given_up),
    }
    approvals.request(work, subject, steps, frozen)
    return str(refund.number)


def _requested(work: Work, made: list[str]) -> Outcome:
    rows = [queries.by_number(work.reader, number) for number in made]
    says = [requested_says(row) for row in rows]
    hints = [f"kac refund print {row['number']}" for row in rows]
    hints += [f"kac approval ok {row['approval']}" for row in rows]
    return Outcome({**document(rows[0]), "refunds": made}, tuple(says), tuple(hints))


def requested_says(row: Row) -> str:
    """What to say of a refund just requested: how much, which way, who signs."""
    roles = [step.role for step in approval_queries.steps(row["route"])]
    return _("{number}: {amount} of {payment} to go back by {method}; waits for {roles}").format(
        number=row["number"],
        amount=Money(row["amount_fen"]),
        payment=row["payment"],
        method=_(METHODS[row["method"]]),
        roles=", ".join(roles),
    )


def pay(work: Work, reference: str, bank_reference: str) -> Outcome:
    """Pay an approved refund out by the way its money came (RTL-SHT-14, RTL-SHT-15, A-36).

    Finance does, and neither who requested nor who approved it (C-19).
    """
    from kac.desk.refunds.tables import Refund

    require(work, "refund.pay")
    row = queries.find(work.reader, reference, work.speaker)
    REFUND.after(row["state"], "pay", subject=row["number"])
    signed = approval_queries.signed(work.reader, row["approval_id"])
    _refuse_same_hands(work, row, [hand for s in signed for hand in (s.staff, s.on_behalf_of)])
    source = queries.of_refund(work.reader, row)
    steps = approval_queries.steps(row["route"])
    require_open(
        [
            *approval_rules.gates(row["approval"], steps, signed),
            rules.verified([source]),
            rules.free(0 if source.free_fen >= 0 else 1, [source]),
        ],
        _("{number} cannot be paid out").format(number=row["number"]),
        refs={"refund": row["number"]},
    )
    sent = _reference(work, row, bank_reference)
    # After this point the refund must be paid.
    refund = work.get(Refund, row["id"])
    refund.reference, refund.paid_by, refund.paid_on = sent or None, work.actor.code, work.on
    work.move(refund, REFUND, "pay")
    amount = Money(refund.amount_fen)
    journal.post(work, postings.paid(refund.number, row["method"], amount, row["kind"]))
    says = _("{number}: {amount} of {payment} paid back by {method}").format(
        number=row["number"],
        amount=amount,
        payment=row["payment"],
        method=_(METHODS[row["method"]]),
    )
    return Outcome(document(queries.by_number(work.reader, row["number"])), (says,))


def _refuse_same_hands(work: Work, row: Row, approvers: list[str]) -> None:
    done = rules.other_hands(work.actor.code, row["requested_by"], approvers)
    if done:
        raise NotPermitted(
            _("{actor} may not pay {number} out").format(
                actor=work.actor.code, number=row["number"]
            ),
            cause=[_("{actor} {done}").format(actor=work.actor.code, done=each) for each in done],
            rules=["C-19", "A-56"],
        )


def _reference(work: Work, row: Row, written: str) -> str:
    """The bank's own reference of the money sent back; cash has none."""
    if row["method"] not in REFERENCED:
        return ""
    sent = safe_text(unicodedata.normalize("NFKC", written), field=_("reference"), longest=60)
    if not sent:
        raise InputNeeded(
            _("--ref is missing: the bank's reference of the money sent back"),
            fix=[f"kac refund pay {row['number']} --ref …"],
        )
    known = work.reader.first(
        "SELECT number FROM refund WHERE upper(reference) = :sent"
        " UNION ALL SELECT number FROM payment WHERE upper(reference) = :sent AND reference <> ''",
        sent=sent.upper(),
    )
    if known:
        raise Refused(
            _("reference {reference} is of {number}").format(
                reference=sent, number=known["number"]
            ),
            code="E-RFD-001",
            fix=[f"kac explain {known['number']}"],
        )
    return sent


def drop(work: Work, reference: str, reason: str) -> Outcome:
    """Give a refund up before it is paid; its money is free again."""
    from kac.desk.refunds.tables import Refund

    require(work, "refund.drop")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    work.move(work.get(Refund, row["id"]), REFUND, "drop", why)
    approvals.supersede(work, row["number"], why)
    says = _("{number} is dropped: {reason}").format(number=row["number"], reason=why)
    return Outcome(document(queries.by_number(work.reader, row["number"])), (says,))


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Print the refund slip in its copies; printing again needs a reason and is counted."""
    require(work, "refund.print")
    row = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])
    policy = queries.policy(work.reader, row).section("refund", RefundPolicy)
    holders = {copy: copy for copy in policy.copies}
    printing = papers.hand_out(work, row["number"], SLIP, holders, reason)
    work.record("print", row["number"], printing=printing, reason=reason)
    says = ngettext(
        "{number}: refund slip printed, {count} copy",
        "{number}: refund slip printed, {count} copies",
        len(holders),
    ).format(number=row["number"], count=len(holders))
    hint = f"kac refund show {row['number']}"
    return Outcome({**document(row), "printing": printing}, (says,), (hint,))


def document(row: Row) -> dict[str, Any]:
    """A refund as writing commands hand it to scripts; money in yuan."""
    return {
        "number": row["number"],
        "state": row["state"],
        "payment": row["payment"],
        "order": row["order_number"],
        "amount": Money(row["amount_fen"]).plain(),
        "method": row["method"],
        "cancellation": bool(row["cancellation"]),
        "approval": row["approval"],
    }
