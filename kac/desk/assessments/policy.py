"""Policy of assessments: the grades of credit there are, and those that mean good standing."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class GradePolicy:
    """Names of the grades, the best first (A-02); whoever has a `good` one has good credit."""

    names: tuple[str, ...]
    good: tuple[str, ...]
