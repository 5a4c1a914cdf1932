"""Policy of expenses: how many of the store sign a delivery cost."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class ExpensePolicy:
    """The signatures under the proof of a delivery cost, by different people (HYP-GDS-05)."""

    delivery_signatures: int
