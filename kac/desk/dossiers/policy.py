"""Policy of dossiers: the papers that an application needs, and all that judges one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kac.core.values import dataclass
from kac.desk.assessments.policy import GradePolicy


@dataclass(frozen=True)
class Ask:
    """What a paper must state or bear, with the rule that asks for it."""

    fact: str
    rule: str


@dataclass(frozen=True)
class ItemRule:
    """One item of the dossier.

    `covered_by` names the item that may take its place (A-04); an item that is
    `waived_without_business` is not applicable while the ledger knows of none (A-03).
    """

    id: str
    rule: str
    asks: tuple[Ask, ...] = ()
    covered_by: str = ""
    waived_without_business: bool = False

    @property
    def is_statement(self) -> bool:
        """Whether the item is nothing but what it states, so that its rule asks for that."""
        return any(ask.rule == self.rule for ask in self.asks)


@dataclass(frozen=True)
class DossierPolicy:
    """The items in their order."""

    items: tuple[dict[str, Any], ...]

    def table(self) -> tuple[ItemRule, ...]:
        """The items as values."""
        return tuple(
            ItemRule(**{**item, "asks": tuple(Ask(**ask) for ask in item.get("asks", ()))})
            for item in self.items
        )


@dataclass(frozen=True)
class DossierPolicies:
    """The sections that judge an application, and the roles that do each verb."""

    dossier: DossierPolicy
    grades: GradePolicy
    may: Mapping[str, tuple[str, ...]]
