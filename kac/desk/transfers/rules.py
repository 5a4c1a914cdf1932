"""Rules of transfers: only free goods are sent, another person receives, what misses is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.quantity import format_quantity
from kac.core.values import dataclass

AFTER: dict[str, tuple[str, ...]] = {}
OF_CLERKS = frozenset({"transfer_received"})
NOT_ONES_OWN = frozenset({"transfer_received"})


@dataclass(frozen=True)
class Sent:
    """One line on the road, in base units."""

    product_id: int
    code: str
    name: str
    unit: str
    scale: int
    quantity: int


@dataclass(frozen=True)
class TransferFacts:
    """A transfer as its gates see it."""

    number: str
    to_location: str
    sent_by: str
    sent_on: date
    lines: tuple[Sent, ...]


def received(facts: TransferFacts, roles: Sequence[str], moving_days: int, today: date) -> Gate:
    """Somebody at the other end has received the goods; late is reported, never refused (A-66)."""
    says = _("{goods} on the road to {location}").format(
        goods=told(facts.lines), location=facts.to_location
    )
    if overdue(facts, moving_days, today):
        says = _("{goods} on the road to {location} since {day}").format(
            goods=told(facts.lines), location=facts.to_location, day=facts.sent_on
        )
    return Gate(
        "transfer_received",
        ("RTL-DUT-06", "A-66"),
        False,
        says,
        tuple(roles),
        f"kac stock arrive {facts.number}",
    )


def overdue(facts: TransferFacts, moving_days: int, today: date) -> bool:
    """Whether goods are on the road for longer than they should be."""
    return today > facts.sent_on + timedelta(days=moving_days)


def other_place(here: str, there: str) -> Gate:
    """Goods go from one location to another one."""
    says = _("from {here} to {there}").format(here=here, there=there)
    return Gate("transfer_other_place", ("RTL-DUT-06",), here != there, says)


def other_receiver(facts: TransferFacts, actor: str) -> Gate:
    """Whoever sent goods does not say what came (A-56)."""
    return Gate(
        "transfer_other_person",
        ("A-56",),
        facts.sent_by != actor,
        _("sent by {sender}, to be received by {actor}").format(sender=facts.sent_by, actor=actor),
    )


def came(facts: TransferFacts, found: Mapping[int, int], reason: str) -> Gate:
    """Nothing comes that was not sent; what does not come is explained (RTL-DUT-06)."""
    over = [line for line in facts.lines if found.get(line.product_id, 0) > line.quantity]
    less = missing(facts, found)
    strange = found.keys() - {line.product_id for line in facts.lines}
    is_open = not over and not strange and (not less or bool(reason))
    says = _("everything sent has come")
    if strange:
        says = _("goods came that were not sent")
    elif over or less:
        says = "; ".join(_difference(line, found) for line in [*over, *less])
    command = ""
    if less and not reason:
        command = f"kac stock arrive {facts.number} --got CODE:QTY --reason …"
    return Gate("transfer_complete", ("RTL-DUT-06",), is_open, says, (), command)


def missing(facts: TransferFacts, found: Mapping[int, int]) -> list[Sent]:
    """The lines of which less came than was sent."""
    return [line for line in facts.lines if found.get(line.product_id, 0) < line.quantity]


def told(lines: Sequence[Sent]) -> str:
    """Goods in words: how much of what."""
    return ", ".join(
        _("{quantity} {unit} {name}").format(
            quantity=format_quantity(line.quantity, line.scale), unit=line.unit, name=line.name
        )
        for line in lines
    )


def _difference(line: Sent, found: Mapping[int, int]) -> str:
    return _("{name}: {sent} {unit} sent, {came} came").format(
        name=line.name,
        unit=line.unit,
        sent=format_quantity(line.quantity, line.scale),
        came=format_quantity(found.get(line.product_id, 0), line.scale),
    )
