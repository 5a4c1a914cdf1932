"""Rules of adjustments: nobody alone makes pieces appear or vanish, and none below nothing."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.quantity import format_quantity
from kac.core.values import dataclass

RULES = ("RTL-DUT-06", "A-56")
AFTER: dict[str, tuple[str, ...]] = {}
NOT_ONES_OWN = frozenset({"adjustment_confirmed"})


@dataclass(frozen=True)
class AdjustmentFacts:
    """An adjustment as its gates see it; quantities in base units."""

    number: str
    name: str
    unit: str
    scale: int
    location: str
    quantity: int
    on_hand: int
    proposed_by: str
    state: str = "proposed"


def confirmed(facts: AdjustmentFacts, roles: Sequence[str]) -> Gate:
    """A second person has said yes or no to it (A-56)."""
    if facts.state != "proposed":
        return Gate("adjustment_confirmed", RULES, True, _("a second person has decided"))
    return Gate(
        "adjustment_confirmed",
        RULES,
        False,
        _("{name} at {location}: {quantity} {unit} wait for a second person").format(
            name=facts.name,
            location=facts.location,
            quantity=_signed(facts),
            unit=facts.unit,
        ),
        tuple(roles),
        f"kac stock confirm {facts.number}",
    )


def pieces_there(facts: AdjustmentFacts) -> Gate:
    """Nothing is taken away that is not there."""
    left = facts.on_hand + facts.quantity
    says = _("{name} at {location}: {on_hand} {unit} there, {quantity} to be booked").format(
        name=facts.name,
        location=facts.location,
        on_hand=format_quantity(facts.on_hand, facts.scale),
        quantity=_signed(facts),
        unit=facts.unit,
    )
    return Gate(
        "pieces_there", ("CRH-DAT-02",), left >= 0, says, (), f"kac stock check {facts.name}"
    )


def other_person(facts: AdjustmentFacts, actor: str) -> Gate:
    """Whoever proposes does not confirm (A-56)."""
    return Gate(
        "adjustment_other_person",
        ("A-56",),
        facts.proposed_by != actor,
        _("proposed by {proposer}, to be confirmed by {actor}").format(
            proposer=facts.proposed_by, actor=actor
        ),
    )


def _signed(facts: AdjustmentFacts) -> str:
    sign = "+" if facts.quantity > 0 else "-"
    return sign + format_quantity(abs(facts.quantity), facts.scale)
