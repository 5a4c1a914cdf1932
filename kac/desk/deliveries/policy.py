"""Policy of part deliveries: what is paid before a part goes, and how the deposit is drawn down."""

from __future__ import annotations

from kac.core.values import dataclass

WHOLE, SLIP = "order", "slip"
LAST, PROPORTIONAL, FIXED = "last", "proportional", "fixed"
PAID_BEFORE = (WHOLE, SLIP)
DRAWS = (LAST, PROPORTIONAL, FIXED)


@dataclass(frozen=True)
class DeliveryPolicy:
    """`paid_before`: before any part of a prepaid order goes, the `order` or the `slip` is paid.

    `deposit_draw`: the deposit pays for the last goods, for each slip its share, or for each a
    `fixed_draw_fen` at most; the last slip always draws what is left.
    """

    paid_before: str
    deposit_draw: str
    fixed_draw_fen: int
