"""States of a rebate."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {"proposed": N_("proposed"), "paid": N_("paid out"), "dropped": N_("dropped")}

REBATE = Machine(
    "rebate",
    "proposed",
    {"pay": {"proposed": "paid"}, "drop": {"proposed": "dropped"}},
    LABELS,
)
