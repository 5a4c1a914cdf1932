"""States of money to settle: with the manager, in the department's custody, settled or returned."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "with_manager": N_("reported, not settled"),
    "in_custody": N_("in custody"),
    "at_bank": N_("at the bank"),
    "settled": N_("settled"),
    "returned": N_("given back"),
}
FUNDS = {
    "cash": N_("cash"),
    "cheque": N_("cheque"),
    "ebank": N_("e-bank"),
    "wire": N_("wire transfer"),
}
DEBTS = {
    "card": N_("gift cards"),
    "goods": N_("wholesale goods"),
    "booked": N_("booked on account, not delivered"),
}
# Money that is neither settled nor given back.
OPEN = ("with_manager", "in_custody", "at_bank")
PLACES = {
    "hq_finance": N_("headquarters' finance"),
    "dispatching_store": N_("dispatching store"),
}

TAKING = Machine(
    "money to settle",
    "with_manager",
    {
        "custody": {"with_manager": "in_custody"},
        # A cheque goes to the bank, and waits there for its answer.
        "bank": {"with_manager": "at_bank", "in_custody": "at_bank"},
        "settle": {"with_manager": "settled", "in_custody": "settled", "at_bank": "settled"},
        "return": {
            "with_manager": "returned",
            "in_custody": "returned",
            "at_bank": "returned",
            "settled": "returned",
        },
    },
    LABELS,
)
