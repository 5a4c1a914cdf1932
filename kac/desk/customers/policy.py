"""Policy of the customer file: what it must hold, and what makes a key account."""

from __future__ import annotations

from typing import Any

from kac.core.values import dataclass


@dataclass(frozen=True)
class FilingPolicy:
    """The fields that a file must hold before goods are promised (RTL-REC-02, BLK-VIS-04)."""

    required: tuple[str, ...]


@dataclass(frozen=True)
class ClassRule:
    """One qualification (C-01): which figure against which amount makes which class."""

    id: str
    rule: str
    kinds: tuple[str, ...]
    metric: str
    amount_fen: int
    above: bool
    long_term: bool
    designation: str


@dataclass(frozen=True)
class ClassPolicy:
    """All qualifications of a policy set; for how many nights of a month its changes are told."""

    table: tuple[dict[str, Any], ...]
    told_nights: int

    def rules(self) -> tuple[ClassRule, ...]:
        """The table as values."""
        return tuple(ClassRule(**{**row, "kinds": tuple(row["kinds"])}) for row in self.table)
