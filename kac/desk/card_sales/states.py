"""States of a sale of gift cards, by the verbs that lead between them."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "ordered": N_("ordered"),
    "made": N_("cards made"),
    "delivered": N_("cards delivered"),
    "settled": N_("settled"),
    "voided": N_("void"),
}
# Sales that still want something of somebody.
OPEN = ("ordered", "made", "delivered")
MODES = {"spot": N_("spot, against an IOU"), "credit": N_("on credit")}

CARD_SALE = Machine(
    "sale of cards",
    "ordered",
    {
        "make": {"ordered": "made"},
        "deliver": {"made": "delivered"},
        "settle": {"delivered": "settled"},
        "owe": {"settled": "delivered"},
        "void": {"ordered": "voided", "made": "voided", "delivered": "voided"},
    },
    LABELS,
)
