"""States of a cheque."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "taken": N_("taken"),
    "checked": N_("seal matches"),
    "presented": N_("presented to the bank"),
    "cleared": N_("cleared"),
    "bounced": N_("bounced"),
    "handed_back": N_("handed back"),
}
# Cheques that still want something of somebody.
LIVING = ("taken", "checked", "presented")

CHEQUE = Machine(
    "cheque",
    "taken",
    {
        "check_seal": {"taken": "checked"},
        "hand_back": {"taken": "handed_back", "checked": "handed_back"},
        "bank": {"checked": "presented"},
        "clear": {"presented": "cleared"},
        "bounce": {"presented": "bounced"},
    },
    LABELS,
)
