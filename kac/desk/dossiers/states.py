"""States of an application to become a key account, by the verbs that lead between them."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "draft": N_("being put together"),
    "submitted": N_("handed in"),
    "returned": N_("returned to the office"),
    "complete": N_("complete"),
    "designated": N_("key account"),
    "rejected": N_("rejected"),
}
# Applications that still want something of somebody.
OPEN = ("draft", "submitted", "returned", "complete")

KA_APPLICATION = Machine(
    "ka_application",
    "draft",
    {
        "submit": {"draft": "submitted", "returned": "submitted"},
        "return": {"submitted": "returned", "complete": "returned"},
        "accept": {"submitted": "complete"},
        "reject": {"submitted": "rejected", "complete": "rejected"},
        "designate": {"complete": "designated"},
    },
    LABELS,
)

# What becomes of an application, as people read it.
EVENTS = {
    "submit": N_("handed in"),
    "return": N_("returned to the office"),
    "accept": N_("found complete"),
    "reject": N_("rejected"),
    "designate": N_("made a key account"),
}
