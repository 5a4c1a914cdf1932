"""Rules of purchases: by when goods are due, who has followed them up, what the supplier said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from kac.core.calendar import day_end, local_text
from kac.core.gates import Gate
from kac.core.i18n import _, ngettext
from kac.core.quantity import format_quantity
from kac.core.values import dataclass
from kac.desk.purchases.policy import PurchasePolicy

# Chasing a supplier waits for nothing: whoever has time does it.
AFTER: dict[str, tuple[str, ...]] = {"purchase_arrived": ("purchase_answered",)}
OF_CLERKS = frozenset({"purchase_tracked", "purchase_answered", "purchase_arrived"})


@dataclass(frozen=True)
class Wanted:
    """One line of a request, in base units."""

    product_id: int
    code: str
    name: str
    unit: str
    scale: int
    quantity: int
    came: int

    @property
    def open(self) -> int:
        """What is still to come."""
        return max(0, self.quantity - self.came)


@dataclass(frozen=True)
class PurchaseFacts:
    """A request as its gates see it. `tracked` are the roles that have followed it up."""

    number: str
    urgency: str
    direct: bool
    made_at: datetime
    due_at: datetime
    lines: tuple[Wanted, ...]
    tracked: frozenset[str] = frozenset()
    answered_by: str = ""
    arrives_on: date | None = None
    refused: bool = False

    @property
    def complete(self) -> bool:
        """Whether everything has come."""
        return not any(line.open for line in self.lines)


def urgency_of(need_by: date, today: date) -> str:
    """How urgent goods are that a customer wants on a day (GPA-STK-05, GPA-STK-07)."""
    left = (need_by - today).days
    if left <= 1:
        return "critical"
    return "rush" if left <= 2 else "ordinary"


def due_at(urgency: str, made_at: datetime, on: date, policy: PurchasePolicy) -> datetime:
    """By what moment goods are to be here (A-51): days end at 24:00 and count non-working ones."""
    if urgency == "ordinary":
        return day_end(on + timedelta(days=policy.ordinary_days))
    hours = policy.rush_hours if urgency == "rush" else policy.critical_hours
    return made_at.astimezone(UTC) + timedelta(hours=hours)


def in_time(came_at: datetime, due: datetime, urgency: str) -> bool:
    """Whether goods that came at a moment were in time; 24:00 is the day after (A-51)."""
    return came_at < due if urgency == "ordinary" else came_at <= due


def due_text(facts: PurchaseFacts) -> str:
    """By when goods are due, as people say it: the end of a day is 24:00 of that day."""
    if facts.urgency == "ordinary":
        return local_text(facts.due_at - timedelta(seconds=1))[:10] + " 24:00"
    return local_text(facts.due_at)


def punctuality(facts: PurchaseFacts, came_at: datetime | None, now: datetime) -> str:
    """Whether all goods came in time or late, or are still to come, or overdue."""
    if facts.complete and came_at:
        return "in_time" if in_time(came_at, facts.due_at, facts.urgency) else "late"
    return "overdue" if overdue(facts, now) else "to_come"


def trackers(facts: PurchaseFacts, policy: PurchasePolicy) -> tuple[str, ...]:
    """The roles that have still to follow it up: all of them what a supplier brings itself.

    GPA-STK-09, GPA-STK-10; of other requests any one of them is enough.
    """
    missing = tuple(role for role in policy.trackers if role not in facts.tracked)
    if facts.direct:
        return missing
    return () if facts.tracked else missing


def tracked(facts: PurchaseFacts, policy: PurchasePolicy) -> Gate:
    """Nobody sends a request and forgets it (GPA-STK-09, GPA-STK-10, GPA-STK-12)."""
    missing = trackers(facts, policy)
    rules = ("GPA-STK-09", "GPA-STK-10")
    if not missing:
        says = _("followed up by {roles}").format(roles=", ".join(sorted(facts.tracked)))
        return Gate("purchase_tracked", rules, True, says)
    return Gate(
        "purchase_tracked",
        rules,
        False,
        _("not followed up yet by {roles}").format(roles=", ".join(missing)),
        missing,
        f"kac purchase track {facts.number} --says …",
    )


def answered(facts: PurchaseFacts, roles: Sequence[str]) -> Gate:
    """The supplier has given a definite answer, and it is written down (GPA-STK-11)."""
    if facts.refused:
        return Gate(
            "purchase_answered",
            ("GPA-STK-11",),
            False,
            _("{name} cannot deliver: ask another supplier").format(name=facts.answered_by),
            tuple(roles),
            f"kac purchase answer {facts.number} --arrives DAY --by NAME",
        )
    if facts.arrives_on:
        says = _("{name} delivers by {day}").format(name=facts.answered_by, day=facts.arrives_on)
        return Gate("purchase_answered", ("GPA-STK-11",), True, says)
    return Gate(
        "purchase_answered",
        ("GPA-STK-11",),
        False,
        _("no definite answer of the supplier yet"),
        tuple(roles),
        f"kac purchase answer {facts.number} --arrives DAY --by NAME",
    )


def arrived(facts: PurchaseFacts, roles: Sequence[str]) -> Gate:
    """The goods are here; late is reported and never refused (GPA-STK-05, A-51, A-66)."""
    rules = ("GPA-STK-05", "GPA-STK-07", "A-66")
    if facts.complete:
        return Gate("purchase_arrived", rules, True, _("everything has come"))
    says = _("due {moment}, still to come: {goods}").format(
        moment=due_text(facts), goods=told(facts.lines)
    )
    command = f"kac stock in --purchase {facts.number} --supplier NAME --ref NUMBER"
    return Gate("purchase_arrived", rules, False, says, tuple(roles), command)


def overdue(facts: PurchaseFacts, now: datetime) -> bool:
    """Whether goods that are not all here should be."""
    return not facts.complete and now > facts.due_at


def forgotten(facts: PurchaseFacts, policy: PurchasePolicy, now: datetime) -> bool:
    """Whether a request was sent and then not followed up (GPA-STK-10)."""
    since = now - facts.made_at
    return bool(trackers(facts, policy)) and since > timedelta(hours=policy.track_hours)


def asked_for(facts: PurchaseFacts, came: Mapping[int, object]) -> Gate:
    """Goods come for a request that asked for them, and be they more of them (GPA-STK-02)."""
    strange = came.keys() - {line.product_id for line in facts.lines}
    says = _("every product was asked for")
    if strange:
        says = ngettext(
            "{count} product was not asked for", "{count} products were not asked for", len(strange)
        ).format(count=len(strange))
    command = f"kac purchase show {facts.number}" if strange else ""
    return Gate("purchase_asked_for", ("GPA-STK-02",), not strange, says, (), command)


def told(lines: Sequence[Wanted]) -> str:
    """What is still to come, in words."""
    return ", ".join(
        _("{quantity} {unit} {name}").format(
            quantity=format_quantity(line.open, line.scale), unit=line.unit, name=line.name
        )
        for line in lines
        if line.open
    )
