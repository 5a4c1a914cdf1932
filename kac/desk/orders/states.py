"""States of an order, by the verbs that lead between them."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "draft": N_("draft"),
    "submitted": N_("submitted"),
    "reviewed": N_("reviewed"),
    "slip_issued": N_("slip issued"),
    "partly_delivered": N_("partly delivered"),
    "delivered": N_("delivered"),
    "closed": N_("closed"),
    "collecting": N_("being voided, copies come back"),
    "voided": N_("void"),
}
# Orders that still want something of somebody.
OPEN = (
    *("draft", "submitted", "reviewed", "slip_issued", "partly_delivered", "delivered"),
    "collecting",
)
# Orders that go out: at least one slip is issued, and not all is with the customer.
GOING = ("slip_issued", "partly_delivered")

ORDER = Machine(
    "order",
    "draft",
    {
        "submit": {"draft": "submitted"},
        "edit": {"draft": "draft", "submitted": "submitted", "reviewed": "submitted"},
        "review": {"submitted": "reviewed"},
        "issue_slip": {
            "reviewed": "slip_issued",
            "slip_issued": "slip_issued",
            "partly_delivered": "partly_delivered",
        },
        "recall": {"slip_issued": "reviewed"},
        "deliver_part": {
            "slip_issued": "partly_delivered",
            "partly_delivered": "partly_delivered",
        },
        "deliver": {"slip_issued": "delivered", "partly_delivered": "delivered"},
        "close": {"delivered": "closed"},
        "void": {"draft": "collecting", "submitted": "collecting", "reviewed": "collecting"},
        "collect": {"collecting": "voided"},
    },
    LABELS,
)
