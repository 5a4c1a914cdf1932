"""Verbs of the statement: draw it up, print it, take the customer's answer, take it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from kac.core.errors import BadInput, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.customers import queries as customers
from kac.desk.papers import actions as papers
from kac.desk.papers import queries as paper_queries
from kac.desk.staff.actions import require
from kac.desk.statements import queries, rules
from kac.desk.statements.states import STATEMENT

if TYPE_CHECKING:
    from kac.desk.statements.tables import Statement

PAPER = "statement"
# The copy that comes back signed and sealed.
RETURNED = "finance"


def make(work: Work, reference: str, from_day: date | None, to_day: date) -> Outcome:
    """Draw up a customer's account for some days, from where the last one ended (DST-APP-05)."""
    require(work, "statement.make")
    customer = customers.find(work.reader, reference)
    number = _make(work, customer, from_day, to_day)
    row = queries.find(work.reader, number, work.speaker)
    says = _("{number}: {customer} from {first} to {last}: {opening} + {moved} = {closing}").format(
        number=number,
        customer=customer["name"],
        first=row["from_day"],
        last=row["to_day"],
        opening=Money(row["opening_fen"]),
        moved=Money(row["closing_fen"] - row["opening_fen"]),
        closing=Money(row["closing_fen"]),
    )
    return Outcome(_document(row), (says,), (f"kac statement print {number}",))


def make_all(work: Work, to_day: date) -> Outcome:
    """Draw up the accounts of all customers up to a day; who has one of that day keeps it.

    Made for the night: twice makes none the second time (RTL-MTH-07, A-25).
    """
    require(work, "statement.draw")
    made = []
    for customer in queries.with_movements(work.reader, to_day):
        last = queries.latest(work.reader, customer["id"])
        if last is None or date.fromisoformat(last["to_day"]) < to_day:
            made.append(_make(work, customer, None, to_day))
    says = _("statements up to {day}: {count} made").format(day=to_day, count=len(made))
    document = {"number": made[-1] if made else "", "state": STATEMENT.start, "made": made}
    return Outcome(document, (says,), ("kac statement list --state made",) if made else ())


def issue(work: Work, upto: date) -> Outcome:
    """Draw up the monthly statements that are due; the night does, once (RTL-MTH-07, A-25)."""
    require(work, "statement.draw")
    made = [
        _make(work, customers.find(work.reader, due.customer), due.from_day, due.to_day)
        for due in queries.monthly(work.reader, upto, work.today)
    ]
    rows = [queries.find(work.reader, number, work.speaker) for number in made]
    says = tuple(
        _("{number}: monthly statement of {customer} up to {day}, {closing}").format(
            number=row["number"],
            customer=row["customer_name"],
            day=row["to_day"],
            closing=Money(row["closing_fen"]),
        )
        for row in rows
    )
    document = {"number": made[-1] if made else "", "state": STATEMENT.start, "made": made}
    return Outcome(document, says)


def _make(work: Work, customer: Row, from_day: date | None, to_day: date) -> str:
    from kac.desk.statements.tables import Statement

    last = queries.latest(work.reader, customer["id"])
    if last is not None and date.fromisoformat(last["to_day"]) >= to_day:
        raise Refused(
            _("{customer} has the statement {number} up to {day}").format(
                customer=customer["name"], number=last["number"], day=last["to_day"]
            ),
            code="E-STM-003",
            rules=["DST-APP-05"],
            fix=[f"kac statement show {last['number']}"],
        )
    former = queries.before(last)
    first = rules.period(former, from_day, to_day, work.today)
    known = queries.movements(work.reader, customer["id"])
    drawn = rules.drawn_up(known, former, first, to_day)
    statement = work.add(
        Statement(
            number=work.number(queries.KIND),
            customer_id=customer["id"],
            from_day=first,
            to_day=to_day,
            follows=last["id"] if last else None,
            last_entry=queries.last_entry(work.reader),
            opening_fen=drawn.opening_fen,
            closing_fen=drawn.closing_fen,
            state=STATEMENT.start,
            made_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("make statement", statement.number, customer=customer["number"])
    return str(statement.number)


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Print the statement in two copies: the customer sends one back signed and sealed."""
    require(work, "statement.print")
    row = queries.find(work.reader, reference, work.speaker)
    holders = dict.fromkeys(queries.policy(work.house()).copies, "customer")
    printing = papers.hand_out(work, row["number"], PAPER, holders, reason)
    work.record("print", row["number"], printing=printing, reason=reason)
    says = _("{number}: statement printed in two copies").format(number=row["number"])
    hint = f"kac statement confirm {row['number']} --by … --sealed"
    return Outcome({**_document(row), "printing": printing}, (says,), (hint,))


def confirm(work: Work, reference: str, by: str, *, sealed: bool) -> Outcome:
    """The customer agrees: signed by both, and sealed by it (DST-APP-06, DST-APP-07)."""
    require(work, "statement.confirm")
    row, statement = _gathered(work, reference)
    STATEMENT.after(row["state"], "confirm", subject=row["number"])
    hand = safe_text(by, field=_("who signed"), longest=40)
    require_open(
        [rules.signed(hand, work.actor.code), rules.is_sealed(sealed)],
        _("{number} is not confirmed").format(number=row["number"]),
        refs={"statement": row["number"]},
    )
    _answered(work, statement, hand, sealed=True)
    work.move(statement, STATEMENT, "confirm")
    if RETURNED in paper_queries.copies(work.reader, row["number"], PAPER):
        papers.mark(work, row["number"], PAPER, RETURNED, "returned", RETURNED, hand)
    says = _("{number} is confirmed by {who}: {closing}").format(
        number=row["number"], who=hand, closing=Money(row["closing_fen"])
    )
    return Outcome(_document(_again(work, row)), (says,))


def dispute(work: Work, reference: str, by: str, theirs: Money, difference: str) -> Outcome:
    """The customer's books differ: by how much and in what is written down (如有不符请列明)."""
    require(work, "statement.confirm")
    row, statement = _gathered(work, reference)
    hand = required_text(by, field=_("who signed"), longest=40)
    why = required_text(difference, field=_("difference"), longest=400)
    off = rules.difference(row["closing_fen"], theirs.fen)
    if not off:
        raise BadInput(
            _("{number} closes at {closing} as well: nothing differs").format(
                number=row["number"], closing=theirs
            ),
            code="E-STM-004",
            fix=[f"kac statement confirm {row['number']} --by … --sealed"],
        )
    STATEMENT.after(row["state"], "dispute", subject=row["number"])
    _answered(work, statement, hand, sealed=False)
    statement.their_balance_fen, statement.difference = theirs.fen, why
    work.move(statement, STATEMENT, "dispute", why)
    says = _("{number}: {customer} books {off} more than we do: {reason}").format(
        number=row["number"], customer=row["customer_name"], off=off, reason=why
    )
    hints = (f"kac statement show {row['number']}", f"kac statement withdraw {row['number']}")
    return Outcome(_document(_again(work, row)), (says,), hints)


def withdraw(work: Work, reference: str, reason: str) -> Outcome:
    """Take back the last statement of a customer that nobody has confirmed; it stays readable."""
    require(work, "statement.make")
    row, statement = _gathered(work, reference)
    why = required_text(reason, field=_("reason"))
    STATEMENT.after(row["state"], "withdraw", subject=row["number"])
    last = queries.latest(work.reader, row["customer_id"])
    if last is not None and last["id"] != row["id"]:
        raise Refused(
            _("{number} is carried on by {next}: take that one back first").format(
                number=row["number"], next=last["number"]
            ),
            code="E-STM-005",
            rules=["DST-APP-05"],
            fix=[f"kac statement withdraw {last['number']} --reason …"],
        )
    work.move(statement, STATEMENT, "withdraw", why)
    says = _("{number} is withdrawn: {reason}").format(number=row["number"], reason=why)
    return Outcome(_document(_again(work, row)), (says,))


def _gathered(work: Work, reference: str) -> tuple[Row, Statement]:
    from kac.desk.statements.tables import Statement

    row = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])
    return row, work.get(Statement, row["id"])


def _answered(work: Work, statement: Statement, hand: str, *, sealed: bool) -> None:
    statement.signed_for_customer, statement.signed_for_us = hand, work.actor.code
    statement.sealed, statement.answered_on = sealed, work.on


def _again(work: Work, row: Row) -> Row:
    return queries.find(work.reader, row["number"], work.speaker)


def _document(row: Row) -> dict[str, Any]:
    return {
        "number": row["number"],
        "state": row["state"],
        "customer": row["customer"],
        "from": row["from_day"],
        "to": row["to_day"],
        "opening": Money(row["opening_fen"]).plain(),
        "closing": Money(row["closing_fen"]).plain(),
    }
