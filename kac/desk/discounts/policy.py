"""Policy of discounts: a table over amount, margin, category, quantity and customer relation."""

from __future__ import annotations

from typing import Any

from kac.core.values import dataclass


@dataclass(frozen=True)
class DiscountRow:
    """One row: which goods for whom, and the deepest discount in basis points, 0 for none.

    Amounts and margins are those of the goods at list price, quantities are selling units. Every
    `from` belongs to its band and no `to` does; an open bound and an empty list mean any.
    """

    id: str
    highest_bp: int
    categories: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    from_fen: int = 0
    to_fen: int | None = None
    from_margin_bp: int = 0
    to_margin_bp: int | None = None
    from_units: int = 0
    to_units: int | None = None


@dataclass(frozen=True)
class DiscountPolicy:
    """The table; its first row that fits decides. Empty, it limits nothing (A-67)."""

    table: tuple[dict[str, Any], ...]

    def rows(self) -> tuple[DiscountRow, ...]:
        """The table as values."""
        return tuple(DiscountRow(**_with_tuples(row)) for row in self.table)


def _with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(each) if isinstance(each, list) else each for key, each in row.items()}
