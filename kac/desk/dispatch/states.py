"""States of a wholesale slip."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "issued": N_("slip issued"),
    "loaded": N_("loaded, on its way"),
    "signed": N_("delivered and signed"),
    "archived": N_("signed copy archived"),
    "void": N_("void"),
}

DISPATCH = Machine(
    "dispatch",
    "issued",
    {
        "load": {"issued": "loaded"},
        "sign": {"loaded": "signed"},
        "archive": {"signed": "archived"},
        "void": {"issued": "void"},
    },
    LABELS,
)
