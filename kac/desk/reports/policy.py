"""Policy of the reports: how long a season is, and where one age of money ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReportPolicy:
    """How many days before a holiday count as its season; the last days of the bands of ages."""

    season_days: int
    ageing_days: tuple[int, ...]
