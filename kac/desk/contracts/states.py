"""States of a contract, by the verbs that lead between them, and its kinds."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "draft": N_("draft"),
    "submitted": N_("handed in"),
    "executing": N_("being executed"),
    "closed": N_("closed"),
    "voided": N_("void"),
}
# Contracts that still want something of somebody.
OPEN = ("draft", "submitted", "executing")

CONTRACT = Machine(
    "contract",
    "draft",
    {
        "submit": {"draft": "submitted"},
        "edit": {"draft": "draft", "submitted": "submitted", "executing": "executing"},
        "ask_anew": {"executing": "submitted"},
        "execute": {"submitted": "executing"},
        "close": {"executing": "closed"},
        "void": {"draft": "voided", "submitted": "voided"},
    },
    LABELS,
)

KINDS = {
    "sale": N_("purchase and sale (购销合同)"),
    "supply": N_("long-term supply (长期供货合同)"),
}
# The policy set that a kind of contract is made and judged under.
SETS = {"sale": "distributor", "supply": "retail"}
# What every contract says besides its amount and term: how it is called and how it is typed.
CONTENTS = {
    "service": (N_("service content"), "--service TEXT"),
    "prices": (N_("price policy"), "--prices TEXT"),
    "mode": (N_("mode of cooperation"), "--mode TEXT"),
    "terms": (N_("terms of payment"), "--terms TEXT"),
}
# What a contract by the month says besides (RTL-MTH-07, A-25).
SETTLEMENT = {
    "statement_day": (N_("statement day"), "--statement-day N"),
    "due_day": (N_("due day"), "--due-day N"),
}
