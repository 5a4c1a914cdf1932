"""Policy of returns: how long, who counts what comes back, the copies of the return slip."""

from __future__ import annotations

from typing import Any

from kac.core.values import dataclass
from kac.desk.dispatch.policy import Department


@dataclass(frozen=True)
class ReturnPolicy:
    """`days` after the signature a return is late and asks for more signatures (FLW-AFT-01).

    `departments` all count what comes back, each by another person.
    """

    days: int
    copies: tuple[str, ...]
    departments: tuple[dict[str, Any], ...]

    def counting(self) -> tuple[Department, ...]:
        """The departments that must all count."""
        return tuple(Department(row["id"], tuple(row["roles"])) for row in self.departments)
