"""Rules of vehicles: booked for goods that are delivered, reminded the day before, followed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.values import dataclass
from kac.desk.vehicles.states import PARTS, UNLOADING

# Each waits for its day, not for the other.
AFTER: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class BookingFacts:
    """A booking: its day, the days on which the centre was reminded and the delivery followed."""

    order: str
    for_day: date
    told: str
    vehicle: str = ""
    reminded_on: date | None = None
    followed_on: date | None = None


def state(facts: BookingFacts) -> str:
    """How far a booking is."""
    if facts.followed_on:
        return "followed"
    return "reminded" if facts.reminded_on else "booked"


def is_delivered(order: str, delivery: str) -> Gate:
    """A vehicle is booked for goods that the house delivers (GPA-VEH-01)."""
    is_open = delivery == "deliver"
    says = _("the house delivers") if is_open else _("{order} is picked up, or not agreed yet")
    command = "" if is_open else f"kac order show {order}"
    return Gate("delivered_by_us", ("GPA-VEH-01",), is_open, says.format(order=order), (), command)


def day_ahead(for_day: date, today: date) -> Gate:
    """A vehicle is booked for a day to come, at the earliest for today (GPA-VEH-01)."""
    says = _("booked for {day}, on {today}").format(day=for_day, today=today)
    return Gate("booked_ahead", ("GPA-VEH-01",), for_day >= today, says)


def reminder_due(facts: BookingFacts) -> date:
    """The calendar day before the delivery (GPA-VEH-02)."""
    return facts.for_day - timedelta(days=1)


def reminded(facts: BookingFacts, roles: Sequence[str]) -> Gate:
    """The centre was reminded a day before, or on the same day of one booked later (GPA-VEH-02)."""
    rules = ("GPA-VEH-02",)
    if facts.reminded_on:
        says = _("the centre was reminded on {day}").format(day=facts.reminded_on)
        return Gate("center_reminded", rules, True, says)
    says = _("remind the centre by {day} of the delivery on {for_day}").format(
        day=reminder_due(facts), for_day=facts.for_day
    )
    command = f"kac dispatch remind {facts.order}"
    return Gate("center_reminded", rules, False, says, tuple(roles), command)


def followed(facts: BookingFacts, roles: Sequence[str]) -> Gate:
    """The delivery is followed on its day (GPA-VEH-03)."""
    if facts.followed_on:
        says = _("followed on {day}").format(day=facts.followed_on)
        return Gate("delivery_followed", ("GPA-VEH-03",), True, says)
    says = _("the delivery on {day} is not followed yet").format(day=facts.for_day)
    command = f"kac dispatch follow {facts.order} --says …"
    return Gate("delivery_followed", ("GPA-VEH-03",), False, says, tuple(roles), command)


def due(
    facts: BookingFacts, today: date, remind: Sequence[str], follow: Sequence[str]
) -> list[Gate]:
    """What is to be done about a booking by a day; what is done, and nothing before its time."""
    found = []
    if facts.reminded_on or reminder_due(facts) <= today <= facts.for_day:
        found.append(reminded(facts, remind))
    if facts.followed_on or today >= facts.for_day:
        found.append(followed(facts, follow))
    return found


def omitted(facts: BookingFacts, today: date) -> list[Gate]:
    """What should have been done about a booking by the end of a day: reported, never refused."""
    found = []
    if facts.for_day == today and (facts.reminded_on is None or facts.reminded_on >= today):
        found.append(reminded(BookingFacts(facts.order, facts.for_day, facts.told), ()))
    if facts.for_day == today:
        found.append(followed(facts, ()))
    return [gate for gate in found if not gate.open]


def all_hands(named: Collection[str]) -> Gate:
    """Centre, desk and customer unload together (GPA-UNL-01)."""
    missing = [part for part in UNLOADING if part not in named]
    says = _("centre, desk and customer were there")
    if missing:
        says = _("nobody named: {parts}").format(
            parts=", ".join(_(PARTS[part]) for part in missing)
        )
    return Gate("all_hands_unload", ("GPA-UNL-01",), not missing, says)
