"""Policy of the county: which areas belong to it, and how money should come from outside it."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class CountyPolicy:
    """The areas of the store's own county, and the preferred ways of payment from other ones.

    HYP-OUT-01..04, A-43.
    """

    areas: tuple[str, ...]
    preferred: tuple[str, ...]

    def outside(self, area: str) -> bool:
        """Whether a customer of this area is out of the county; of no area nobody knows: yes."""
        return area not in self.areas
