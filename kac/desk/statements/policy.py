"""Policy of statements: how long a customer has to answer, and who keeps which copy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StatementPolicy:
    """`answer_days` after it was made a statement without an answer is reported."""

    answer_days: int
    copies: tuple[str, ...]
