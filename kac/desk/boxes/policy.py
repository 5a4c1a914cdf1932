"""Policy of boxes: where packed goods wait for their vehicle."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class BoxPolicy:
    """GPA-RCV-02..04. `place` is where boxes stand that name no other; `required` of every slip."""

    required: bool
    place: str
