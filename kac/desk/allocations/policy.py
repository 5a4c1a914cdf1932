"""Policy of collection: what is settled with a customer before money is asked for."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class CollectionPolicy:
    """`agree_first`: payment terms by which the invoice is agreed before collection (C-14)."""

    agree_first: tuple[str, ...]
