"""Rules of the stock: what is available, and whether it is enough for what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.quantity import format_quantity
from kac.core.values import dataclass


@dataclass(frozen=True)
class Supply:
    """One product wanted by a document at its location; quantities in base units.

    `reserved` is what other documents were promised, `held` what this one was, `kept` what is kept
    back for other customers. Of the others' `awaited` is for customers who wait for goods to come:
    what is here is not for them first.
    """

    code: str
    name: str
    unit: str
    scale: int
    location: str
    wanted: int
    on_hand: int
    display: int
    reserved: int
    held: int
    awaited: int = 0
    kept: int = 0

    @property
    def available(self) -> int:
        """What this document may have: on hand less samples less what others were promised (C-15).

        What it holds itself is its own before anybody's who waits; beyond that it gets nothing
        that a waiting customer was promised.
        """
        there = self.on_hand - self.display
        free = there - self.reserved - self.kept
        if not self.held:
            return free
        return max(free, min(self.held, free + self.awaited))

    @property
    def short(self) -> int:
        """What is missing; 0 when there is enough."""
        return max(0, self.wanted - max(self.available, 0))

    def says(self) -> str:
        """The verdict in a sentence with figures."""
        figures = {
            "name": self.name,
            "wanted": format_quantity(self.wanted, self.scale),
            "available": format_quantity(self.available, self.scale),
            "short": format_quantity(self.short, self.scale),
            "unit": self.unit,
            "location": self.location,
        }
        if not self.short:
            return _("{name}: {wanted} {unit} wanted, {available} available at {location}").format(
                **figures
            )
        return _(
            "{name}: {wanted} {unit} wanted, {available} available at {location}, {short} short"
        ).format(**figures)


def supply_confirmed(number: str, supplies: Sequence[Supply]) -> Gate:
    """Everything wanted is there and not promised to anybody else.

    RTL-REC-13, RTL-REC-14, RTL-ORD-02; display samples are not for sale (BLK-INT-01, C-15).
    """
    rules = ("RTL-REC-14", "RTL-ORD-02", "BLK-INT-01")
    short = [supply for supply in supplies if supply.short]
    if not short:
        return Gate("supply_confirmed", rules, True, _("stock covers every line"))
    return Gate(
        "supply_confirmed",
        rules,
        False,
        "; ".join(supply.says() for supply in short),
        ("gp_specialist", "purchasing"),
        f"kac stock check {number}" if number else "",
    )


def free_to_go(supplies: Sequence[Supply]) -> Gate:
    """Goods that are kept back, or sent elsewhere, are nobody else's: no samples, no promises.

    C-15, BLK-INT-01.
    """
    short = [supply for supply in supplies if supply.short]
    if not short:
        return Gate("free_to_go", ("C-15", "BLK-INT-01"), True, _("everything wanted is free"))
    return Gate(
        "free_to_go",
        ("C-15", "BLK-INT-01"),
        False,
        "; ".join(supply.says() for supply in short),
        (),
        f"kac stock check {short[0].code}",
    )


def until_ahead(until: date, today: date, longest_days: int) -> Gate:
    """Goods are kept back until a day to come, and for no longer than the policy lets them be."""
    last = today + timedelta(days=longest_days)
    says = _("until {until}; today is {today}, at most until {last}").format(
        until=until, today=today, last=last
    )
    return Gate("until_ahead", ("C-15",), today <= until <= last, says)


def told(supplies: Sequence[Supply]) -> str:
    """Goods in words: how much of what."""
    return ", ".join(
        _("{quantity} {unit} {name}").format(
            quantity=format_quantity(supply.wanted, supply.scale),
            unit=supply.unit,
            name=supply.name,
        )
        for supply in supplies
    )
