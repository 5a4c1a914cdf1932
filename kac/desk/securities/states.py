"""States of a security deposit."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "received": N_("received"),
    "verified": N_("verified by finance"),
    "returned": N_("given back"),
}
# Deposits that the house holds.
HELD = ("received", "verified")

SECURITY = Machine(
    "security deposit",
    "received",
    {
        "verify": {"received": "verified"},
        "give_back": {"verified": "returned"},
    },
    LABELS,
)
