"""Rules of receivables: how old a debt is, in which band, and whom to chase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.receivables.policy import ReceivablePolicy

BY = ("due", "doc")
NOT_DUE = "not_due"
AFTER: dict[str, tuple[str, ...]] = {}
OF_CLERKS = frozenset({"dunned"})


@dataclass(frozen=True)
class Debt:
    """A delivered slip that is not paid for, in fen; `letter` is the one that vouches for it."""

    order_id: int
    order: str
    customer: str
    customer_name: str
    delivered_on: date
    due_on: date
    total_fen: int
    owed_fen: int
    letter: str = ""
    by_the_month: bool = False
    slip: str = ""

    def overdue_days(self, on: date) -> int:
        """How many days after the due day it is; below 1 nothing is overdue."""
        return (on - self.due_on).days


@dataclass(frozen=True)
class Held:
    """What is held for a customer: for orders not delivered yet, and for nothing yet; in fen."""

    customer: str
    customer_name: str
    deposits_fen: int
    free_fen: int


@dataclass
class Aged:
    """What one customer owes by the age of it, and beside it what is held; never one off another.

    `bands` have a sum for every band of the policy, `not_due` first.
    """

    customer: str
    customer_name: str
    bands: dict[str, int] = field(default_factory=dict)
    deposits_fen: int = 0
    free_fen: int = 0

    @property
    def owed_fen(self) -> int:
        """The sum of the bands."""
        return sum(self.bands.values())


def bands(policy: ReceivablePolicy) -> dict[str, tuple[int, int | None]]:
    """Every band by its key, with its first and its last day; the last band has no end."""
    found: dict[str, tuple[int, int | None]] = {}
    first = 0
    for end in policy.band_ends:
        found[f"days_{first}_{end}"] = (first, end)
        first = end + 1
    return {**found, f"days_from_{first}": (first, None)}


def band_of(debt: Debt, policy: ReceivablePolicy, on: date, by: str) -> str:
    """The band of a debt: by its due day, on which it is not overdue yet, or by its delivery."""
    days = debt.overdue_days(on) if by == "due" else (on - debt.delivered_on).days
    if by == "due" and days <= 0:
        return NOT_DUE
    for key, (_first, last) in bands(policy).items():
        if last is None or days <= last:
            return key
    raise AssertionError("the last band has no end")


def ageing(
    debts: Iterable[Debt], held: Iterable[Held], policy: ReceivablePolicy, on: date, by: str
) -> list[Aged]:
    """One row a customer, the largest debt first; its bands come to all that it owes."""
    rows: dict[str, Aged] = {}
    empty = dict.fromkeys((NOT_DUE, *bands(policy)), 0)
    for each in held:
        row = rows.setdefault(each.customer, Aged(each.customer, each.customer_name, dict(empty)))
        row.deposits_fen += each.deposits_fen
        row.free_fen += each.free_fen
    for debt in debts:
        row = rows.setdefault(debt.customer, Aged(debt.customer, debt.customer_name, dict(empty)))
        row.bands[band_of(debt, policy, on, by)] += debt.owed_fen
    return sorted(rows.values(), key=lambda row: (-row.owed_fen, row.customer))


def overdue(debts: Iterable[Debt], on: date) -> list[Debt]:
    """The debts whose day has passed, the oldest first."""
    late = [debt for debt in debts if debt.overdue_days(on) > 0]
    return sorted(late, key=lambda debt: (debt.due_on, debt.order))


def something_overdue(customer: str, debts: Sequence[Debt], on: date) -> Gate:
    """A customer is chased for what is overdue, not for what is not due yet (RTL-DUT-03)."""
    late = overdue(debts, on)
    figures = {"late": _sum(late), "owed": _sum(debts)}
    return Gate(
        "something_overdue",
        ("RTL-DUT-03", "DST-GDS-13"),
        bool(late),
        _("{late} of {owed} is overdue").format(**figures),
        command=f"kac ar due {customer}",
    )


def dunned(
    customer: str,
    debts: Sequence[Debt],
    last: date | None,
    policy: ReceivablePolicy,
    on: date,
    roles: Sequence[str],
) -> Gate:
    """Whoever is late has had a letter, and another when that one's days are over (RTL-DUT-03)."""
    rules = ("RTL-DUT-03", "DST-GDS-13")
    late = overdue(debts, on)
    if not late:
        return Gate("dunned", rules, True, _("nothing is overdue"))
    if last is not None and on <= asked_by(last, policy):
        says = _("asked on {day} to pay by {until}").format(day=last, until=asked_by(last, policy))
        return Gate("dunned", rules, True, says)
    says = _("{late} overdue, the oldest since {day}").format(late=_sum(late), day=late[0].due_on)
    if last is not None:
        says = _("{says}; last asked on {last}").format(says=says, last=last)
    return Gate("dunned", rules, False, says, tuple(roles), f"kac ar dun {customer}")


def asked_by(dunned_on: date, policy: ReceivablePolicy) -> date:
    """The day by which a letter asks for the money."""
    return dunned_on + timedelta(days=policy.answer_days)


def by_customer(debts: Iterable[Debt]) -> Mapping[str, list[Debt]]:
    """Debts of each customer, in their order."""
    found: dict[str, list[Debt]] = {}
    for debt in debts:
        found.setdefault(debt.customer, []).append(debt)
    return found


def _sum(debts: Iterable[Debt]) -> Money:
    return Money(sum(debt.owed_fen for debt in debts))
