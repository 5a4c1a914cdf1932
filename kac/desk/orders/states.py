"""States of an order, by the verbs that lead between them."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "draft": N_("draft"),
    "submitted": N_("submitted"),
    "reviewed": N_("reviewed"),
    "slip_issued": N_("slip issued"),
    "delivered": N_("delivered"),
    "closed": N_("closed"),
    "collecting": N_("being voided, copies come back"),
    "voided": N_("void"),
}
# Orders that still want something of somebody.
OPEN = ("draft", "submitted", "reviewed", "slip_issued", "delivered", "collecting")

ORDER = Machine(
    "order",
    "draft",
    {
        "submit": {"draft": "submitted"},
        "edit": {"draft": "draft", "submitted": "submitted", "reviewed": "submitted"},
        "review": {"submitted": "reviewed"},
        "issue_slip": {"reviewed": "slip_issued"},
        "recall": {"slip_issued": "reviewed"},
        "deliver": {"slip_issued": "delivered"},
        "close": {"delivered": "closed"},
        "void": {"draft": "collecting", "submitted": "collecting", "reviewed": "collecting"},
        "collect": {"collecting": "voided"},
    },
    LABELS,
)
