"""States of a tax invoice, from the wish for one to its red letter."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "requested": N_("asked for"),
    "agreed": N_("content agreed"),
    "issued": N_("issued"),
    "reversed": N_("reversed by a red letter"),
    "waived": N_("not wanted"),
    "withdrawn": N_("withdrawn"),
}
KINDS = {"ordinary": N_("ordinary"), "special": N_("special VAT")}
# Requests that still want something of somebody, and those that take up room of their order.
WAITING = ("requested", "agreed")
LIVING = (*WAITING, "issued")

INVOICE = Machine(
    "invoice",
    "requested",
    {
        "agree": {"requested": "agreed"},
        "issue": {"requested": "issued", "agreed": "issued"},
        "red": {"issued": "reversed"},
        "waive": {"requested": "waived", "agreed": "waived"},
        "withdraw": {"requested": "withdrawn", "agreed": "withdrawn"},
    },
    LABELS,
)
