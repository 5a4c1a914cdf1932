"""Rules of prices: one person's word changes no cost and no list price of goods on file."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.errors import NotPermitted
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.values import dataclass

# Margins and discounts are judged by cost and list price: who moves them alone signs alone.
RULES = ("RTL-ORD-04", "RTL-DSC-04", "A-56")
AFTER: dict[str, tuple[str, ...]] = {}
NOT_ONES_OWN = frozenset({"price_confirmed"})
_TOLD = 8


@dataclass(frozen=True)
class Price:
    """What goods cost and list for, per selling unit, in fen."""

    cost_fen: int
    list_price_fen: int


@dataclass(frozen=True)
class SheetFacts:
    """A sheet of proposed prices; `waiting` are the codes of the goods whose price is undecided."""

    number: str
    proposed_by: str
    waiting: tuple[str, ...]


def price_confirmed(facts: SheetFacts, roles: Sequence[str]) -> Gate:
    """Every price of a sheet has been confirmed or rejected by a second person (A-56)."""
    if not facts.waiting:
        return Gate("price_confirmed", RULES, True, _("every price of it is decided"))
    return Gate(
        "price_confirmed",
        RULES,
        False,
        _("prices that wait for a second person ({count}): {codes}").format(
            count=len(facts.waiting), codes=named(facts.waiting)
        ),
        tuple(roles),
        f"kac price confirm {facts.number}",
    )


def named(codes: Sequence[str]) -> str:
    """The codes of goods, the first few of them."""
    more = len(codes) - _TOLD
    rest = [_("and {count} more").format(count=more)] if more > 0 else []
    return ", ".join([*codes[:_TOLD], *rest])


def refuse_own(facts: SheetFacts, actor: str) -> None:
    """Pass unless the one who proposes prices would confirm them too (A-56)."""
    if facts.proposed_by != actor:
        return
    raise NotPermitted(
        _("{actor} proposed {number} and may not confirm it").format(
            actor=actor, number=facts.number
        ),
        rules=["A-56"],
        fix=[f"kac price show {facts.number}"],
    )
