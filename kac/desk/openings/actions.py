"""Verbs of opening balances: write them down, confirm, reject, settle what was owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kac.core.errors import BadInput, NotFound, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.openings import postings, queries, rules
from kac.desk.payments import queries as payments
from kac.desk.payments import taking_over as money
from kac.desk.securities import taking_over as securities
from kac.desk.staff.actions import require
from kac.ledger import journal


@dataclass(frozen=True)
class Balance:
    """One balance as a file tells it; amounts in fen, ids of the customer and the contract."""

    kind: str
    amount_fen: int
    since: date
    due_on: date
    customer_id: int | None = None
    contract_id: int | None = None
    method: str = ""
    reference: str = ""
    note: str = ""


def write_down(work: Work, source: str, balances: Sequence[Balance]) -> str:
    """Write a sheet of balances that waits for a second person; returns its number.

    The caller has judged who may, and that the books are empty of these kinds.
    """
    from kac.desk.openings.tables import OpeningLine, OpeningSheet

    policy = work.policy()
    sheet = work.add(
        OpeningSheet(
            number=work.number(queries.KIND),
            source=source,
            proposed_by=work.actor.code,
            policy_set=policy.set,
            policy_version=policy.version,
            on_day=work.on,
            at=work.now,
        )
    )
    assert sheet.id is not None
    work.add_all(
        [
            OpeningLine(
                number=f"{sheet.number}.{place}",
                opening_sheet_id=sheet.id,
                line=place,
                kind=balance.kind,
                amount_fen=balance.amount_fen,
                since=balance.since,
                due_on=balance.due_on,
                customer_id=balance.customer_id,
                contract_id=balance.contract_id,
                method=balance.method,
                reference=balance.reference,
                note=balance.note,
            )
            for place, balance in enumerate(balances, start=1)
        ]
    )
    total = sum(balance.amount_fen for balance in balances)
    work.record("propose", sheet.number, source=source, lines=len(balances), total_fen=total)
    return str(sheet.number)


def confirm(work: Work, reference: str) -> Outcome:
    """Book the balances of a sheet; never by the one who brought them (A-56, CRH-DAT-02)."""
    require(work, "opening.confirm")
    row = _undecided(work, reference)
    facts = queries.facts(work.reader, row)
    rules.refuse_own(facts, work.actor.code)
    require_open(
        [rules.books_are_empty(facts)],
        _("{number} cannot be confirmed").format(number=row["number"]),
        refs={"opening": row["number"]},
    )
    lines = queries.lines(work.reader, row["id"])
    for line in lines:
        _book(work, row, line)
    says = _("{number}: opening balances booked ({count})").format(
        number=row["number"], count=len(lines)
    )
    return _decided(work, row, "confirmed", "", says)


def reject(work: Work, reference: str, reason: str) -> Outcome:
    """Refuse balances; who brought them may take them back so. The file may come again."""
    why = required_text(reason, field=_("reason"))
    row = _undecided(work, reference)
    if row["proposed_by"] != work.actor.code:
        require(work, "opening.confirm")
    return refuse(work, row, why)


def refuse(work: Work, row: Row, why: str) -> Outcome:
    """Write a sheet down as rejected; the caller has judged who may."""
    says = _("{number} is rejected: {reason}").format(number=row["number"], reason=why)
    return _decided(work, row, "rejected", why, says)


def _undecided(work: Work, reference: str) -> Row:
    row = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])
    if row["state"] != "waiting":
        raise Refused(
            _("{number} is decided already").format(number=row["number"]),
            code="E-OPN-001",
            rules=["A-56"],
            fix=[f"kac opening show {row['number']}"],
        )
    return row


def _book(work: Work, sheet: Row, line: Row) -> None:
    """Book one balance on a document of its own: money held becomes what it would be here."""
    from kac.desk.openings.tables import OpeningBooking

    amount, document = Money(line["amount_fen"]), line["number"]
    taken = (line["method"], line["reference"], line["customer_name"], sheet["proposed_by"])
    if line["kind"] == "deposit":
        document = money.take_over(work, line["customer_id"], amount, *taken)
    elif line["kind"] == "security":
        document = securities.take_over(work, line["contract_id"], amount, *taken)
    journal.post(work, postings.opened(document, line["kind"], amount))
    work.add(OpeningBooking(opening_line_id=line["id"], document=document))


def _decided(work: Work, row: Row, verdict: str, reason: str, says: str) -> Outcome:
    from kac.desk.openings.tables import OpeningDecision

    work.add(
        OpeningDecision(
            opening_sheet_id=row["id"],
            verdict=verdict,
            staff=work.actor.code,
            reason=reason,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("confirm" if verdict == "confirmed" else "reject", row["number"], reason=reason)
    document = {"number": row["number"], "state": verdict, "lines": row["lines"]}
    return Outcome(document, (says,), (f"kac opening show {row['number']}",))


def settle(work: Work, number: str, payment: str, amount: Money | None) -> Outcome:
    """Use verified money of the same customer for what was owed from before (RTL-DUT-07)."""
    from kac.desk.openings.tables import OpeningSettlement

    require(work, "opening.settle")
    line = queries.line(work.reader, number, work.speaker)
    if line is None or line["kind"] != "owed" or line["state"] != "confirmed":
        raise NotFound(
            _("{number} is no confirmed balance that a customer owed").format(number=number),
            fix=["kac opening list --state all"],
        )
    row = payments.find(work.reader, payment, work.speaker)
    if row["customer_id"] != line["customer_id"] or row["state"] != "verified":
        raise Refused(
            _("{number} is no verified money of {customer}").format(
                number=row["number"], customer=line["customer_name"]
            ),
            code="E-OPN-002",
            rules=["RTL-DUT-07"],
            fix=[f"kac payment show {row['number']}"],
        )
    if amount is not None and amount.fen <= 0:
        raise BadInput(
            _("{amount} is not an amount to receive").format(amount=amount), code="E-VAL-010"
        )
    wanted = amount or Money(min(line["open_fen"], row["free_fen"]))
    require_open(
        [rules.not_above(wanted, Money(line["open_fen"]), Money(row["free_fen"]))],
        _("{number} is not settled").format(number=line["number"]),
        refs={"opening": line["number"]},
    )
    if not wanted.fen:
        raise Refused(
            _("nothing of {number} is open, or nothing of {payment} is free").format(
                number=line["number"], payment=row["number"]
            ),
            code="E-OPN-002",
            rules=["RTL-DUT-07"],
        )
    part = work.add(
        OpeningSettlement(
            opening_line_id=line["id"],
            payment_id=row["id"],
            amount_fen=wanted.fen,
            settled_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    assert part.id is not None
    journal.post(work, postings.settled(line["number"], row["number"], part.id, wanted))
    work.record("settle", line["number"], payment=row["number"], amount_fen=wanted.fen)
    left = Money(line["open_fen"] - wanted.fen)
    says = _("{number}: {amount} of {payment} is for it, {left} still owed").format(
        number=line["number"], amount=wanted, payment=row["number"], left=left
    )
    document = {"number": line["number"], "payment": row["number"], "amount": wanted.plain()}
    return Outcome({**document, "open": left.plain()}, (says,))
