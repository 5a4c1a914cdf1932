"""Policy of inquiries: who receives, what is explained, and how soon a customer is called back."""

from __future__ import annotations

from typing import Any

from kac.core.values import dataclass


@dataclass(frozen=True)
class Intent:
    """What a customer comes with (BLK-INT-01..09); `wishes` are those that it brings with it."""

    id: str
    number: int
    rule: str
    wishes: tuple[str, ...]


@dataclass(frozen=True)
class InquiryPolicy:
    """Reception of FLW-REC-01 and BLK-REC-01..03, points of RTL-REC-08, call back of RTL-REC-18.

    `introduces` are the roles that only introduce goods and hand over to one of `takes_over`;
    what one of `files` takes down is on file at once.
    """

    reply_working_days: int
    receivers: tuple[str, ...]
    introduces: tuple[str, ...]
    takes_over: tuple[str, ...]
    files: tuple[str, ...]
    points: tuple[str, ...]
    most_lines: int
    intents: tuple[dict[str, Any], ...]

    def known(self) -> tuple[Intent, ...]:
        """The intents as values."""
        return tuple(Intent(**{**row, "wishes": tuple(row["wishes"])}) for row in self.intents)
