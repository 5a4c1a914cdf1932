"""Policy of rebates: who approves any rebate, besides the margin tier that it leads into."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class RebatePolicy:
    """The role that approves every rebate, by which rule, and the highest rate there is."""

    role: str
    rule: str
    highest_rate_bp: int
