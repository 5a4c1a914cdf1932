"""States of an expense: noted, reimbursed at the end of its month, or dropped."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "noted": N_("not reimbursed yet"),
    "reimbursed": N_("reimbursed"),
    "dropped": N_("dropped"),
}
KINDS = {"delivery": N_("delivery cost"), "bags": N_("shopping bags")}

EXPENSE = Machine(
    "expense",
    "noted",
    {"reimburse": {"noted": "reimbursed"}, "drop": {"noted": "dropped"}},
    LABELS,
)
