"""States of a settlement day, by the verbs that lead between them."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "open": N_("day open"),
    "circulated": N_("circulated"),
    "handed_over": N_("handed over"),
    "closed": N_("day closed"),
    "archived": N_("archived"),
}
# Days on which money can still be reported and settled.
RUNNING = ("open", "circulated", "handed_over")

SETTLEMENT_DAY = Machine(
    "settlement day",
    "open",
    {
        "circulate": {"open": "circulated"},
        "hand_over": {"circulated": "handed_over"},
        "resume": {"circulated": "open", "handed_over": "open"},
        "close": {"circulated": "closed", "handed_over": "closed"},
        "reopen": {"closed": "open"},
        "archive": {"closed": "archived"},
    },
    LABELS,
)
