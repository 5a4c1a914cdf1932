"""States of an adjustment of the stock."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "proposed": N_("waits for a second person"),
    "booked": N_("booked"),
    "rejected": N_("rejected"),
}

ADJUSTMENT = Machine(
    "adjustment",
    "proposed",
    {"confirm": {"proposed": "booked"}, "reject": {"proposed": "rejected"}},
    LABELS,
)
