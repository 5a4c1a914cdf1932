"""Policy of campaigns: how many days ahead what is due, the channels, the checklist."""

from __future__ import annotations

from typing import Any

from kac.core.values import dataclass


@dataclass(frozen=True)
class CampaignItem:
    """One line of the checklist; `phase` is plan, prepare or day.

    `asks` is what a tick states: yes_no, points, channels or person (of this `role`, if any);
    with `note` it needs words as well. What is not `must` is never told by the night.
    """

    id: str
    rule: str
    phase: str
    must: bool = True
    asks: str = ""
    role: str = ""
    note: bool = False


@dataclass(frozen=True)
class CampaignPolicy:
    """CMP-PLN-01, CMP-PRE-01, CMP-PRE-08, CMP-DAY-02, CMP-DAY-11; days are calendar days (C-16).

    `plan_days_before` are the fewest and the most days, both in time (A-50).
    """

    plan_days_before: tuple[int, ...]
    prepare_days_before: int
    call_days_before: int
    notify_coverage_pct: int
    deposit_methods: tuple[str, ...]
    channels: tuple[str, ...]
    items: tuple[dict[str, Any], ...]

    def checklist(self) -> tuple[CampaignItem, ...]:
        """The lines of the checklist, in order."""
        return tuple(CampaignItem(**item) for item in self.items)
