"""Policy of approvals: who checks discounts, who grants concessions, and the matrix of the rest."""

from __future__ import annotations

from typing import Any

from kac.core.values import dataclass


@dataclass(frozen=True)
class MatrixStep:
    """One signature that a row of the matrix asks for; `turn` orders them, equal turns are free."""

    kind: str
    role: str
    rule: str
    turn: int = 0


@dataclass(frozen=True)
class MatrixRow:
    """A band of amounts, or a flag, of one subject, and the signatures it asks for (C-09).

    `from_fen` belongs to the band, `to_fen` does not; without `to_fen` the band has no end. A row
    with a `flag` applies whenever that flag is raised, whatever the amount.
    """

    subject: str
    steps: tuple[MatrixStep, ...]
    from_fen: int = 0
    to_fen: int | None = None
    flag: str = ""


@dataclass(frozen=True)
class ApprovalPolicy:
    """Who signs for everything that is not judged by margins: `matrix`.

    The check of RTL-ORD-04 and the concession of RTL-REC-15, each with its role and rule, are
    named by every set that judges margins, and left out by the others.
    """

    matrix: tuple[dict[str, Any], ...]
    discount_check_role: str = ""
    discount_check_rule: str = ""
    concession_role: str = ""
    concession_rule: str = ""

    def rows(self) -> tuple[MatrixRow, ...]:
        """The matrix as values."""
        return tuple(
            MatrixRow(**{**row, "steps": tuple(MatrixStep(**step) for step in row["steps"])})
            for row in self.matrix
        )
