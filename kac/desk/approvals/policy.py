"""Policy of margins: the tiers, who checks discounts, who grants concessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


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
    """Tiers of RTL-DSC-04..06, the check of RTL-ORD-04, the concession of RTL-REC-15."""

    bind_undiscounted: bool
    discount_check_role: str
    discount_check_rule: str
    concession_role: str
    concession_rule: str
    tiers: tuple[dict[str, Any], ...]

    def bands(self) -> tuple[Tier, ...]:
        """The tiers as values."""
        return tuple(Tier(**{**row, "roles": tuple(row["roles"])}) for row in self.tiers)
