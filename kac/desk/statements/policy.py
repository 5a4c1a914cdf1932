"""Policy of statements: how long a customer has to answer, and who keeps which copy."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class StatementPolicy:
    """`answer_days` after it was made a statement without an answer is reported.

    `statement_day` of the month the night draws up the accounts of who has no contract that names
    another; in a month that does not have it, its last (A-25).
    """

    answer_days: int
    statement_day: int
    copies: tuple[str, ...]
