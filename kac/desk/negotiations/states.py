"""How talks with a customer stand."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "none": N_("not begun"),
    "open": N_("under way"),
    "agreed": N_("closed with an agreement"),
    "failed": N_("closed without an agreement"),
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
