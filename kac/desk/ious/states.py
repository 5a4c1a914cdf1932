"""States of an IOU; how far its cards are, the sale tells."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {"written": N_("at the window"), "withdrawn": N_("withdrawn"), "voided": N_("void")}

IOU = Machine(
    "IOU",
    "written",
    {
        "withdraw": {"written": "withdrawn"},
        "void": {"written": "voided"},
    },
    LABELS,
)
