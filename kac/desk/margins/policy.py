"""Policy of margins: the tiers, and whether they bind goods sold at list price too."""

from __future__ import annotations

from typing import Any

from kac.core.values import dataclass


@dataclass(frozen=True)
class Tier:
    """A band of margins and the roles that must all sign for it; bounds in basis points."""

    rule: str
    from_bp: int
    to_bp: int
    to_included: bool
    roles: tuple[str, ...]


@dataclass(frozen=True)
class MarginPolicy:
    """The tiers of RTL-DSC-04..06; `bind_undiscounted` is the switch of A-31."""

    bind_undiscounted: bool
    tiers: tuple[dict[str, Any], ...]

    def bands(self) -> tuple[Tier, ...]:
        """The tiers as values, the lowest margins first."""
        return tuple(Tier(**{**row, "roles": tuple(row["roles"])}) for row in self.tiers)
