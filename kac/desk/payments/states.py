"""States of money received."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

# What people call the words of a payment that are not its state: what it is for, how it came.
KINDS = {"deposit": N_("deposit"), "payment": N_("payment")}
WAYS = {"transfer": N_("transfer"), "cash": N_("cash")}

LABELS = {"received": N_("received"), "verified": N_("verified by finance")}

PAYMENT = Machine("payment", "received", {"verify": {"received": "verified"}}, LABELS)
