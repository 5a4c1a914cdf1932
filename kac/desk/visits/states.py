"""States of a visit, by the verbs that lead between them."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "planned": N_("planned"),
    "recorded": N_("on the register"),
    "filed": N_("filed"),
    "dropped": N_("dropped"),
}
# Visits that still want something of somebody.
OPEN = ("planned", "recorded")
# Where a customer was found.
SOURCES = {
    "on_file": N_("on file"),
    "yellow_pages": N_("yellow pages"),
    "research": N_("research"),
    "referral": N_("referral"),
    "street": N_("met on the way"),
}

VISIT = Machine(
    "visit",
    "planned",
    {
        "record": {"planned": "recorded"},
        "file": {"recorded": "filed"},
        "drop": {"planned": "dropped"},
        "withdraw": {"planned": "dropped", "recorded": "dropped"},
    },
    LABELS,
)
