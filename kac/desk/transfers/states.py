"""States of a transfer between two locations."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "moving": N_("on the road"),
    "arrived": N_("received"),
}

TRANSFER = Machine("transfer", "moving", {"arrive": {"moving": "arrived"}}, LABELS)
