"""States of money to settle: with the manager, in the department's custody, settled or returned."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "with_manager": N_("reported, not settled"),
    "in_custody": N_("in custody"),
    "settled": N_("settled"),
    "returned": N_("given back"),
}
FUNDS = {
    "cash": N_("cash"),
    "cheque": N_("cheque"),
    "ebank": N_("e-bank"),
    "wire": N_("wire transfer"),
}
PLACES = {
    "hq_finance": N_("headquarters' finance"),
    "dispatching_store": N_("dispatching store"),
}

TAKING = Machine(
    "money to settle",
    "with_manager",
    {
        "custody": {"with_manager": "in_custody"},
        "settle": {"with_manager": "settled", "in_custody": "settled"},
        "return": {
            "with_manager": "returned",
            "in_custody": "returned",
            "settled": "returned",
        },
    },
    LABELS,
)
