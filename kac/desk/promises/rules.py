"""Rules of promised arrivals: name, signature and date make a promise; what came measures it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.values import dataclass


@dataclass(frozen=True)
class Arrival:
    """Goods that came for a promise, in base units."""

    on_day: date
    quantity: int


@dataclass(frozen=True)
class PromiseFacts:
    """A promise as it is measured; quantities in base units."""

    quantity: int
    arrives_on: date
    arrivals: tuple[Arrival, ...] = ()
    replaced: bool = False

    @property
    def came(self) -> int:
        """What has come so far."""
        return sum(each.quantity for each in self.arrivals)

    @property
    def open(self) -> int:
        """What is still to come under it; nothing where another promise stands in its place."""
        return 0 if self.replaced else max(0, self.quantity - self.came)


def signed(signed_by: str, signed_on: date | None, today: date) -> Gate:
    """Whoever answers for an arrival signs with a name and a date (RTL-ORD-03, RTL-SHT-06)."""
    wanting = [
        word for word, has in ((_("signature"), signed_by), (_("date"), signed_on)) if not has
    ]
    says = _("signed by {name} on {day}").format(name=signed_by, day=signed_on)
    if wanting:
        says = _("missing: {wanting}").format(wanting=", ".join(wanting))
    elif signed_on and signed_on > today:
        says = _("signed on {day}, which has not come yet").format(day=signed_on)
    return Gate(
        "promise_signed",
        ("RTL-ORD-03", "RTL-SHT-06"),
        bool(signed_by) and signed_on is not None and signed_on <= today,
        says,
        (),
        "kac stock promise CODE:QTY --by DAY --signed-by NAME --signed-on DAY",
    )


def ahead(arrives_on: date, today: date) -> Gate:
    """What is promised is still to come (RTL-ORD-03)."""
    says = _("here by {day}; today is {today}").format(day=arrives_on, today=today)
    return Gate("promise_ahead", ("RTL-ORD-03",), arrives_on >= today, says)


def state(facts: PromiseFacts, today: date) -> str:
    """Whether a promise was kept: all of it by its day, or later, or not, or not due yet."""
    in_time = sum(each.quantity for each in facts.arrivals if each.on_day <= facts.arrives_on)
    if in_time >= facts.quantity:
        return "kept"
    if today <= facts.arrives_on:
        return "open"
    return "late" if facts.came >= facts.quantity else "broken"


def shares(open_quantities: Sequence[int], came: int) -> list[int]:
    """How much of what came each promise gets, the one due first before the others."""
    found = []
    for quantity in open_quantities:
        part = min(quantity, came)
        found.append(part)
        came -= part
    return found
