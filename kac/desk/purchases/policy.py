"""Policy of purchases: within what time goods are to be here, and who follows them up."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class PurchasePolicy:
    """GPA-STK-05, -07, -09, -10 with A-51.

    An ordinary request is due at the end of the day `ordinary_days` calendar days after that on
    which it was made; a rush and a critical one so many hours after its moment. One that nobody has
    followed up `track_hours` after it was made is reported. Each of `trackers` follows up what a
    supplier brings itself.
    """

    ordinary_days: int
    rush_hours: int
    critical_hours: int
    track_hours: int
    trackers: tuple[str, ...]
