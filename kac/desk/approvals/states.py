"""States of a request for approval."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "pending": N_("pending"),
    "approved": N_("approved"),
    "rejected": N_("rejected"),
    "superseded": N_("superseded"),
}

# What a request is about, by kind.
SUBJECTS = {
    "order": N_("order"),
    "quotation": N_("quotation"),
    "contract": N_("contract"),
    "inquiry": N_("inquiry"),
    "exception": N_("waiver of a deposit"),
    "rebate": N_("rebate"),
    "order_table": N_("order table"),
    "refund": N_("refund"),
    "policy": N_("change of policy"),
}

APPROVAL = Machine(
    "approval",
    "pending",
    {
        "approve": {"pending": "approved"},
        "reject": {"pending": "rejected"},
        "supersede": {
            "pending": "superseded",
            "approved": "superseded",
            "rejected": "superseded",
        },
    },
    LABELS,
)
