"""Policy of tax invoices: what must be before one is issued, and how long its number is."""

from __future__ import annotations

from kac.core.values import dataclass

PAID, DELIVERED = "paid", "delivered"


@dataclass(frozen=True)
class InvoicePolicy:
    """`precondition` of each payment term is `paid` or `delivered` (C-14)."""

    number_digits: int
    precondition: dict[str, str]
