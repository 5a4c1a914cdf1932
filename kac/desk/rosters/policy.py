"""Policy of settlement days: who can be the officer of a day, and who signs the confirmation."""

from __future__ import annotations

from typing import Any

from kac.core.values import dataclass


@dataclass(frozen=True)
class SignatureRule:
    """One signature of the confirmation: the side that gives it, its roles, the rule."""

    side: str
    roles: tuple[str, ...]
    rule: str


@dataclass(frozen=True)
class SettlementPolicy:
    """The duty role of the officer (HYP-FIN-04), and the signatures (HYP-FIN-10, HYP-FIN-14)."""

    officer_role: str
    signatures: tuple[dict[str, Any], ...]

    def wanted(self) -> tuple[SignatureRule, ...]:
        """The signatures as values."""
        return tuple(
            SignatureRule(row["side"], tuple(row["roles"]), row["rule"]) for row in self.signatures
        )
