"""Policy of the reports: how long a season is, where one age of money ends, what officers sell."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class ReportPolicy:
    """How many days before a holiday count as its season; the last days of the bands of ages.

    `target_fen` is what an officer is to sell in a month, 0 where no target is set (CRD-MGT-04).
    """

    season_days: int
    ageing_days: tuple[int, ...]
    target_fen: int = 0
