"""States of a change of policy."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "proposed": N_("proposed"),
    "approved": N_("approved"),
    "rejected": N_("rejected"),
    "in_force": N_("in force"),
    "withdrawn": N_("withdrawn"),
}

# Neither in force nor refused yet.
LIVING = ("proposed", "approved")

POLICY_CHANGE = Machine(
    "policy_change",
    "proposed",
    {
        "approve": {"proposed": "approved"},
        "reject": {"proposed": "rejected"},
        "activate": {"approved": "in_force"},
        "withdraw": {"proposed": "withdrawn", "approved": "withdrawn"},
    },
    LABELS,
)
