"""Policy of delegations: how long one may last, and what it may cover."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class DelegationPolicy:
    """`scopes` are the kinds of documents that can be signed for by a deputy."""

    longest_days: int
    scopes: tuple[str, ...]
