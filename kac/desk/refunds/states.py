"""States of a refund."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {"requested": N_("requested"), "paid": N_("paid out"), "dropped": N_("dropped")}

REFUND = Machine(
    "refund",
    "requested",
    {"pay": {"requested": "paid"}, "drop": {"requested": "dropped"}},
    LABELS,
)
