"""Rules of the statement: opening and movements make the closing; both sides sign, theirs seals."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kac.core.errors import BadInput
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.covers.rules import Agreement
from kac.desk.statements.policy import StatementPolicy

AFTER: dict[str, tuple[str, ...]] = {}
OF_CLERKS = frozenset({"statement_answered"})


@dataclass(frozen=True)
class Movement:
    """One entry of the books about a customer: above zero it owes more, below zero less."""

    entry: int
    day: date
    document: str
    change_fen: int


@dataclass(frozen=True)
class Before:
    """The statement that stands before: its last day, the last entry it knew, its closing."""

    to_day: date
    last_entry: int
    closing_fen: int


@dataclass(frozen=True)
class Due:
    """A monthly statement that a customer is to have, with its days."""

    customer: str
    from_day: date
    to_day: date


@dataclass(frozen=True)
class Account:
    """A statement as it is drawn up; `closing_fen` is opening and movements, nothing else."""

    opening_fen: int
    movements: tuple[Movement, ...]

    @property
    def closing_fen(self) -> int:
        """What the customer owes at the end; below zero what is held for it."""
        return self.opening_fen + sum(each.change_fen for each in self.movements)


def drawn_up(
    known: Iterable[Movement], before: Before | None, from_day: date, to_day: date
) -> Account:
    """The account of some days from all movements that the books know by now (DST-APP-05).

    What was booked late, for days of the statement before, stands on this one: no entry is left
    out between two statements and none is on both.
    """
    upto = [each for each in known if each.day <= to_day]
    if before is None:
        opening = sum(each.change_fen for each in upto if each.day < from_day)
        rest = [each for each in upto if each.day >= from_day]
    else:
        opening = before.closing_fen
        rest = [each for each in upto if not _on(before, each)]
    return Account(opening, tuple(sorted(rest, key=lambda each: (each.day, each.entry))))


def _on(before: Before, movement: Movement) -> bool:
    return movement.entry <= before.last_entry and movement.day <= before.to_day


def period(before: Before | None, from_day: date | None, to_day: date, today: date) -> date:
    """The first day of a statement: the day after the one before it. BadInput for odd days."""
    first = before.to_day + timedelta(days=1) if before else from_day or to_day.replace(day=1)
    if from_day is not None and from_day != first:
        raise BadInput(
            _("the statement before ends on {end}: this one begins on {first}").format(
                end=first - timedelta(days=1), first=first
            ),
            code="E-STM-001",
            fix=[f"--from {first}"],
        )
    if not first <= to_day <= today:
        raise BadInput(
            _("from {first} to {last} is no time that has passed by {today}").format(
                first=first, last=to_day, today=today
            ),
            code="E-STM-002",
        )
    return first


def ends(
    agreements: Sequence[Agreement], statement_day: int, after: date, upto: date
) -> tuple[date, ...]:
    """The days after one, up to another, on which a monthly statement ends (RTL-MTH-07, A-25).

    Those of the long-term contracts that run on them; in other months `statement_day`. A month
    that does not have the day ends on its last.
    """
    found = []
    for month in range(after.year * 12 + after.month - 1, upto.year * 12 + upto.month):
        of_contracts = {
            day
            for each in agreements
            if each.from_day <= (day := _in_month(month, each.statement_day)) <= each.to_day
        }
        found += sorted(of_contracts or {_in_month(month, statement_day)})
    return tuple(day for day in found if after < day <= upto)


def _in_month(month: int, day: int) -> date:
    """A day of a month counted from the year nothing, or its last."""
    year, place = divmod(month, 12)
    return date(year, place + 1, min(day, monthrange(year, place + 1)[1]))


def months_before(day: date, count: int) -> date:
    """The last day of the month so many months before."""
    return _in_month(day.year * 12 + day.month - 1 - count, 31)


def signed(for_customer: str, for_us: str) -> Gate:
    """Both sides have signed (DST-APP-06)."""
    missing = [
        name for name, hand in ((_("the customer"), for_customer), (_("us"), for_us)) if not hand
    ]
    says = _("signed by {customer} and {us}").format(customer=for_customer, us=for_us)
    if missing:
        says = _("not signed for {names}").format(names=", ".join(missing))
    return Gate("statement_signed", ("DST-APP-06",), not missing, says)


def is_sealed(sealed: bool) -> Gate:
    """The customer's official seal is on it (DST-APP-07)."""
    says = _("sealed by the customer") if sealed else _("without the customer's official seal")
    return Gate("statement_sealed", ("DST-APP-07",), sealed, says)


def answered(
    number: str, made_on: date, state: str, policy: StatementPolicy, roles: Sequence[str]
) -> Gate:
    """The customer has answered: it agrees, or it names what differs (DST-APP-05..07)."""
    rules = ("DST-APP-05", "DST-APP-06", "DST-APP-07")
    if state != "made":
        return Gate("statement_answered", rules, True, _("answered"))
    says = _("no answer yet; due by {day}").format(day=due(made_on, policy))
    command = f"kac statement confirm {number} --by … --sealed"
    return Gate("statement_answered", rules, False, says, tuple(roles), command)


def due(made_on: date, policy: StatementPolicy) -> date:
    """The day by which the customer answers."""
    return made_on + timedelta(days=policy.answer_days)


def difference(closing_fen: int, theirs_fen: int) -> Money:
    """By how much the customer's books say more than ours."""
    return Money(theirs_fen - closing_fen)
