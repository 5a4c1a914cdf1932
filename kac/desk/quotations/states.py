"""States of a quotation, and what people call the stages of its review."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "draft": N_("draft"),
    "sent": N_("under review"),
    "ordered": N_("ordered"),
    "expired": N_("expired"),
}
# A quotation that was sent stands where its review stands.
STANDINGS = {**LABELS, "reviewed": N_("reviewed"), "rejected": N_("rejected")}
# Quotations that still want something of somebody.
OPEN = ("draft", "sent")

QUOTATION = Machine(
    "quotation",
    "draft",
    {
        "send": {"draft": "sent"},
        "edit": {"draft": "draft", "sent": "sent", "ordered": "sent"},
        "take_up": {"sent": "ordered", "ordered": "ordered"},
        "expire": {"draft": "expired", "sent": "expired"},
    },
    LABELS,
)

# How goods reach the customer, and when they are paid: words that orders use too.
DELIVERIES = {"deliver": N_("delivered to the customer"), "pickup": N_("picked up")}
PAYMENT_TERMS = {
    "prepaid": N_("paid before delivery"),
    "credit": N_("on credit, vouched for"),
    "monthly": N_("by the month, under contract"),
}
