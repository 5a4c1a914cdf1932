"""States of an inquiry, and the words for what customers come with."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "open": N_("taken down"),
    "recorded": N_("on file"),
    "handed_over": N_("handed over"),
    "quoted": N_("quoted for"),
    "answered": N_("answered"),
    "closed": N_("closed"),
}
# Inquiries that still want something of somebody.
OPEN = ("open", "recorded", "handed_over", "quoted", "answered")

INQUIRY = Machine(
    "inquiry",
    "open",
    {
        "record": {
            "open": "recorded",
            "handed_over": "handed_over",
            "quoted": "quoted",
            "answered": "answered",
        },
        "edit": {state: state for state in OPEN},
        "hand_over": {
            "open": "handed_over",
            "recorded": "handed_over",
            "answered": "handed_over",
        },
        "quote": dict.fromkeys(("recorded", "handed_over", "quoted", "answered"), "quoted"),
        "answer": dict.fromkeys(OPEN, "answered"),
        "close": dict.fromkeys(OPEN, "closed"),
    },
    LABELS,
)

# BLK-INT-01..09; `ordinary` is what customer service settles by itself (BLK-ESC-07).
INTENTS = {
    "ordinary": N_("ordinary order"),
    "sample_only": N_("only display samples left"),
    "partial": N_("not enough in stock"),
    "out_of_stock": N_("carried, out of stock"),
    "not_carried": N_("not carried"),
    "festival": N_("festival goods"),
    "event": N_("event of a unit"),
    "long_term": N_("long-term cooperation"),
    "premium": N_("high-margin goods in quantity"),
    "resale": N_("resale by a competitor"),
}
# What a manager has to release: BLK-ESC-01..05 and the flag of BLK-INT-09.
WISHES = {
    "discount": N_("discount beyond authority"),
    "cheque": N_("payment by cheque"),
    "pay_later": N_("payment after delivery"),
    "long_term": N_("long-term cooperation"),
    "new_product": N_("order of a new product"),
    "resale": N_("resale by a competitor"),
}
# RTL-REC-08: the points of ordering that are explained at reception.
POINTS = {
    "deposit": N_("deposit"),
    "pickup": N_("pick-up"),
    "delivery": N_("delivery"),
    "payment": N_("way of payment"),
}
SUPPLY = {"yes": N_("yes"), "no": N_("no")}
