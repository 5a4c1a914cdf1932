"""Verbs of receivables: chase a customer by a letter that says what is overdue."""

from __future__ import annotations

from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.work import Outcome, Work
from kac.desk.customers import queries as customers
from kac.desk.papers import actions as papers
from kac.desk.receivables import queries, rules
from kac.desk.staff.actions import require

PAPER = "dunning"


def dun(work: Work, reference: str) -> Outcome:
    """Write a dunning letter: the merchant department chases, finance collects (RTL-DUT-03)."""
    from kac.desk.receivables.tables import Dunning, DunningLine

    require(work, "ar.dun")
    customer = customers.find(work.reader, reference)
    debts = queries.debts(work.reader, work.on, customer["number"])
    require_open(
        [rules.something_overdue(customer["number"], debts, work.on)],
        _("no letter to {customer}").format(customer=customer["name"]),
        refs={"customer": customer["number"]},
    )
    late = rules.overdue(debts, work.on)
    pay_by = rules.asked_by(work.on, queries.policy(work.policy()))
    letter = work.add(
        Dunning(
            number=work.number(queries.KIND),
            customer_id=customer["id"],
            overdue_fen=sum(debt.owed_fen for debt in late),
            owed_fen=sum(debt.owed_fen for debt in debts),
            pay_by=pay_by,
            dunned_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    assert letter.id is not None
    work.add_all(
        [
            DunningLine(
                dunning_id=letter.id,
                line=line,
                order_id=debt.order_id,
                delivered_on=debt.delivered_on,
                due_on=debt.due_on,
                total_fen=debt.total_fen,
                owed_fen=debt.owed_fen,
            )
            for line, debt in enumerate(late, start=1)
        ]
    )
    papers.hand_out(work, letter.number, PAPER, {"customer": "customer"})
    work.record("dun", letter.number, customer=customer["number"], overdue_fen=letter.overdue_fen)
    says = _("{number}: {customer} is asked for {amount} overdue, by {day}").format(
        number=letter.number,
        customer=customer["name"],
        amount=Money(letter.overdue_fen),
        day=pay_by,
    )
    hints = tuple(f"kac payment declare {debt.order} --amount … --ref …" for debt in late[:1])
    return Outcome(_document(work, letter.number), (says,), hints)


def print_(work: Work, reference: str, reason: str) -> Outcome:
    """Print a letter again, as it was written."""
    require(work, "ar.print")
    row = queries.letter(work.reader, reference, work.speaker)
    papers.hand_out(work, row["number"], PAPER, {"customer": "customer"}, reason)
    work.record("print", row["number"], reason=reason)
    says = _("{number}: printed again").format(number=row["number"])
    return Outcome(_document(work, row["number"]), (says,))


def _document(work: Work, number: str) -> dict[str, str]:
    row = queries.letter(work.reader, number, work.speaker)
    return {
        "number": number,
        "state": "written",
        "customer": row["customer"],
        "overdue": Money(row["overdue_fen"]).plain(),
        "owed": Money(row["owed_fen"]).plain(),
        "pay_by": row["pay_by"],
    }
