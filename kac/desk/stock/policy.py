"""Policy of the stock: how long goods are kept for whom, and how long they are on the road."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class StockPolicy:
    """Days for which goods are promised to an order without any money, and kept back at most.

    Goods on the road between two locations for longer than `moving_days` are reported. Rates of
    sale are told over `sales_days`.
    """

    unpaid_days: int
    longest_hold_days: int
    moving_days: int
    sales_days: int
