"""Policy of receivables: the bands of their age, and how customers are chased."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class ReceivablePolicy:
    """`band_ends` are the last days of the bands; what is older is in one more.

    A letter asks for the money within `answer_days`, and is written again after as many.
    """

    band_ends: tuple[int, ...]
    answer_days: int
