"""Policy of fulfilment: whether every slip is rung and checked, how long loading takes."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class FulfilmentPolicy:
    """`till_required`: no slip is loaded unrung; else only what was rung waits for its check.

    `loading_minutes` after the vehicle came its goods are on it (GPA-LOD-02).
    """

    till_required: bool
    loading_minutes: int
