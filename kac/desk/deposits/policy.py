"""Policy of deposits: the rates, and how the money may come."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class DepositPolicy:
    """Rates in basis points of ordinary goods and fresh food (RTL-DEP-06, RTL-DEP-07).

    `methods` are always taken, `methods_with_reason` only for a written reason (RTL-DEP-08, -09).
    """

    rate_bp: int
    fresh_rate_bp: int
    methods: tuple[str, ...]
    methods_with_reason: tuple[str, ...]
