"""States of a shipment to a sales office, and of a request to draw on goods held there."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "shipped": N_("on the way to the office"),
    "received": N_("received at the office"),
    "objected": N_("objected to"),
    "charged": N_("charged to the office"),
}
SHIPMENT = Machine(
    "shipment",
    "shipped",
    {
        "receive": {"shipped": "received"},
        "object": {"received": "objected"},
        "charge": {"received": "charged"},
        "settle": {"objected": "charged"},
    },
    LABELS,
)

DRAW_LABELS = {
    "asked": N_("asked for"),
    "reviewed": N_("reviewed by the sales company"),
    "filed": N_("put on file"),
    "drawn": N_("drawn"),
    "refused": N_("refused"),
}
HELD_DRAW = Machine(
    "held_draw",
    "asked",
    {
        "review": {"asked": "reviewed"},
        "file": {"reviewed": "filed"},
        "draw": {"filed": "drawn"},
        "refuse": {"asked": "refused", "reviewed": "refused"},
    },
    DRAW_LABELS,
)
OPEN_DRAWS = ("asked", "reviewed", "filed")

# How a shipment came to be charged: nobody said a word, or an objection was settled.
OUTCOMES = {"": "", "silence": N_("nobody objected"), "agreed": N_("agreed after an objection")}
# What became of the reason why goods are held; none was stated where it is empty.
REASONS = {
    "": N_("no reason stated"),
    "stated": N_("reason stated"),
    "accepted": N_("reason accepted"),
    "declined": N_("reason not accepted"),
}
