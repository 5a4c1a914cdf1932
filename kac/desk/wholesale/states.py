"""States of a wholesale, by the verbs that lead between them."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "selected": N_("goods selected"),
    "priced": N_("priced"),
    "prepared": N_("prepared"),
    "booked": N_("booked on account"),
    "delivered": N_("delivered"),
    "settled": N_("settled"),
    "voided": N_("void"),
}
OPEN = ("selected", "priced", "prepared", "booked", "delivered")
MODES = {"spot": N_("spot"), "credit": N_("on credit")}
PROOFS = {"slip": N_("signed slip"), "list": N_("hand-written list"), "": N_("none")}

WHOLESALE = Machine(
    "wholesale",
    "selected",
    {
        "price": {"selected": "priced", "priced": "priced"},
        "prepare": {"priced": "prepared"},
        "book": {"prepared": "booked"},
        "deliver": {"prepared": "delivered", "booked": "delivered"},
        "settle": {"delivered": "settled"},
        "owe": {"settled": "delivered"},
        "void": {
            "selected": "voided",
            "priced": "voided",
            "prepared": "voided",
            "booked": "voided",
            "delivered": "voided",
        },
    },
    LABELS,
)
