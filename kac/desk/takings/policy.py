"""Policy of takings: what managers carry, what needs a voucher, where what is settled."""

from __future__ import annotations

from collections.abc import Mapping

from kac.core.values import dataclass


@dataclass(frozen=True)
class TakingPolicy:
    """Funds that a manager has in hand, funds that need the auditor's voucher, places by kind.

    HYP-FIN-01, HYP-FIN-12, C-05, C-18.
    """

    carried: tuple[str, ...]
    vouchers: tuple[str, ...]
    places: dict[str, tuple[str, ...]]

    def places_of(self, kind: str) -> tuple[str, ...]:
        """Where money of a kind is settled."""
        places: Mapping[str, tuple[str, ...]] = self.places
        return tuple(places[kind])
