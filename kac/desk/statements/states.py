"""States of a statement of account."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "made": N_("made"),
    "confirmed": N_("confirmed by both"),
    "disputed": N_("differences named"),
    "withdrawn": N_("withdrawn"),
}

STATEMENT = Machine(
    "statement",
    "made",
    {
        "confirm": {"made": "confirmed", "disputed": "confirmed"},
        "dispute": {"made": "disputed"},
        "withdraw": {"made": "withdrawn", "disputed": "withdrawn"},
    },
    LABELS,
)
