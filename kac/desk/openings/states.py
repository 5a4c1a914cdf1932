"""States of a sheet of opening balances; none of them is ever stored."""

from __future__ import annotations

from kac.core.i18n import N_

LABELS = {
    "waiting": N_("waits for a second person"),
    "confirmed": N_("confirmed"),
    "rejected": N_("rejected"),
}
