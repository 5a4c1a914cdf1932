"""Policy of refunds: who keeps which copy of the refund slip. Who signs is in the matrix."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class RefundPolicy:
    """The copies of the refund slip, by the names of their holders (RTL-SHT-13)."""

    copies: tuple[str, ...]
