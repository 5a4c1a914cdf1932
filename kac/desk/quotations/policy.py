"""Policy of quotations: how long their prices are good."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class QuotationPolicy:
    """Days that a quotation is good for unless said, and at most; lines on one form."""

    valid_days: int
    longest_valid_days: int
    most_lines: int
