"""Policy of shipments: how long an office may object, deliver, and wait for a shipping list."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class ShipmentPolicy:
    """DST-GDS-08 with A-06, DST-GDS-10, DST-GDS-12; all in calendar days.

    An objection counts until the end of the `objection_days`th day after that of the receipt.
    Goods held for longer than `deliver_days` without a reason are reported, and so is a shipment
    of a supplier whose shipping list has not come `list_days` after it left.
    """

    objection_days: int
    deliver_days: int
    list_days: int
