"""How talks with a customer stand."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "none": N_("no talks"),
    "open": N_("talks are under way"),
    "agreed": N_("talks ended in agreement"),
    "failed": N_("talks ended without agreement"),
}

NEGOTIATION = Machine(
    "negotiation",
    "none",
    {
        "open": {"none": "open", "open": "open", "agreed": "open", "failed": "open"},
        "agree": {"open": "agreed"},
        "fail": {"open": "failed"},
    },
    LABELS,
)
