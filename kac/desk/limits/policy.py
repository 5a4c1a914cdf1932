"""Policy of credit: whose word stands behind a sale that is not paid for."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class CreditPolicy:
    """`guarantors` are the roles of those who may vouch for a sale (RTL-PRI-03, A-47)."""

    guarantors: tuple[str, ...]
