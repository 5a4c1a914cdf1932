"""States of a purchase request."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "sent": N_("sent to purchasing"),
    "answered": N_("the supplier has answered"),
    "arrived": N_("everything has come"),
    "dropped": N_("not needed any more"),
}
OPEN = ("sent", "answered")
URGENCIES = {
    "ordinary": N_("ordinary"),
    "rush": N_("rush"),
    "critical": N_("critical"),
}

PURCHASE = Machine(
    "purchase",
    "sent",
    {
        "answer": {"sent": "answered", "answered": "answered"},
        "complete": {"sent": "arrived", "answered": "arrived"},
        "drop": {"sent": "dropped", "answered": "dropped"},
    },
    LABELS,
)
