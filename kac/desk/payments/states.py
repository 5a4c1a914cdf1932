"""States of money received."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {"received": N_("received"), "verified": N_("verified by finance")}

PAYMENT = Machine("payment", "received", {"verify": {"received": "verified"}}, LABELS)
