"""Policy of the dispatch: copies of the slip, who counts, when the signed copy is due."""

from __future__ import annotations

from typing import Any

from kac.core.values import dataclass


@dataclass(frozen=True)
class Department:
    """A department that counts goods on their way out, and the roles that count for it."""

    id: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class DispatchPolicy:
    """RTL-PAY-05..07 and -11, RTL-ORD-14; `copy_due_days` after delivery the copy is overdue."""

    slip_copies: tuple[str, ...]
    signed_copy: str
    archive_holder: str
    copy_due_days: int
    departments: tuple[dict[str, Any], ...]

    def counting(self) -> tuple[Department, ...]:
        """The departments that must both count."""
        return tuple(Department(row["id"], tuple(row["roles"])) for row in self.departments)
