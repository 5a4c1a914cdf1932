"""Verbs of the guarantee letter: put one on file."""

from __future__ import annotations

from datetime import date

from kac.core.actor import Actor
from kac.core.errors import BadInput, Refused
from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.references import resolve
from kac.db.work import Outcome, Work
from kac.desk.covers.rules import independent
from kac.desk.guarantees import rules
from kac.desk.limits.policy import CreditPolicy
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.orders.states import ORDER
from kac.desk.papers import actions as papers
from kac.desk.staff import queries as staff
from kac.desk.staff.actions import require


@dataclass(frozen=True)
class Pledge:
    """What a letter says; `document` is where the signed paper is found."""

    guarantor: str
    amount: Money
    due: date
    document: str


def write(work: Work, reference: str, pledge: Pledge) -> Outcome:
    """Put a letter for a sale on credit on file (RTL-PRI-03, RTL-PRI-04, A-47)."""
    require(work, "credit.letter")
    row, facts, _policies = orders.gathered(work, reference, supplied=False)
    _refuse_state(row)
    if pledge.amount.fen <= 0:
        raise BadInput(
            _("{amount} is nothing to vouch for").format(amount=pledge.amount), code="E-VAL-010"
        )
    guarantor = staff.actor(work.reader, pledge.guarantor)
    approvers = facts.cover.approvers if facts.cover else ()
    require_open(
        [
            rules.sold_on_credit(row["number"], row["payment_terms"]),
            _may_vouch(work, row, guarantor),
            independent(guarantor.code, row["number"], approvers),
            rules.due_ahead(pledge.due, work.on),
        ],
        _("no letter for {number}").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    # After this point the letter must be on file.
    number = _written(work, row, pledge, guarantor)
    says = _("{number}: {staff} vouches for {amount} of {order} until {day}").format(
        number=number,
        staff=guarantor.name,
        amount=pledge.amount,
        order=row["number"],
        day=pledge.due,
    )
    document = {
        "number": number,
        "state": "on_file",
        "order": row["number"],
        "guarantor": guarantor.code,
        "amount": pledge.amount.plain(),
        "due": pledge.due.isoformat(),
    }
    return Outcome(document, (says,), (f"kac order show {row['number']}",))


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Print a letter for its guarantor to sign; finance keeps the original (RTL-PRI-03)."""
    require(work, "credit.print_letter")
    number = resolve(work.reader, "DB", "guarantee_letter", reference, work.speaker)
    printing = papers.hand_out(work, number, "guarantee", {"original": "finance"}, reason)
    work.record("print", number, printing=printing, reason=reason)
    says = _("{number}: guarantee letter printed").format(number=number)
    return Outcome({"number": number, "state": "on_file", "printing": printing}, (says,))


def _refuse_state(row: Row) -> None:
    if row["state"] not in _WAITING:
        raise Refused(
            _("{number} is {state}: no letter is written for it").format(
                number=row["number"], state=ORDER.label(row["state"])
            ),
            code="E-STA-001",
            rules=["RTL-PRI-04"],
            fix=[f"kac order show {row['number']}"],
        )


# Orders whose goods may still have to be vouched for.
_WAITING = ("draft", "submitted", "reviewed", "slip_issued", "partly_delivered")


def _written(work: Work, row: Row, pledge: Pledge, guarantor: Actor) -> str:
    from kac.desk.guarantees.tables import GuaranteeLetter

    letter = work.add(
        GuaranteeLetter(
            number=work.number("DB"),
            order_id=row["id"],
            guarantor=guarantor.code,
            amount_fen=pledge.amount.fen,
            due_on=pledge.due,
            document=required_text(pledge.document, field=_("document"), longest=200),
            written_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("write letter", letter.number, order=row["number"], amount_fen=pledge.amount.fen)
    return str(letter.number)


def _may_vouch(work: Work, row: Row, who: Actor) -> Gate:
    named = order_queries.policy(work.reader, row).section("credit", CreditPolicy).guarantors
    house = work.house()
    wanted = frozenset().union(*(house.holders(role) for role in named))
    return rules.responsible(who.code, who.roles, wanted, named)
