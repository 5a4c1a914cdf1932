"""Policy of the reports: how long the season before a holiday is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReportPolicy:
    """How many days before a holiday count as its season."""

    season_days: int
