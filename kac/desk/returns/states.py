"""States of a return, and the words for its lines: why they come back, what becomes of them."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "awaited": N_("goods awaited"),
    "back": N_("goods are back"),
    "inspected": N_("goods inspected"),
    "settled": N_("settled"),
    "dropped": N_("dropped"),
}

RETURN = Machine(
    "return",
    "awaited",
    {
        "receive": {"awaited": "back"},
        "inspect": {"back": "inspected"},
        "settle": {"inspected": "settled"},
        "drop": {"awaited": "dropped"},
    },
    LABELS,
)

# Where a return comes from: a customer who asks, or a driver who was given less than all.
CUSTOMER, DELIVERY = "customer", "delivery"
ORIGINS = {CUSTOMER: N_("asked for by the customer"), DELIVERY: N_("refused at delivery")}

# Goods that come back, and goods that never arrived though they were loaded.
BACK, SHORT = "back", "short"
KINDS = {BACK: N_("comes back"), SHORT: N_("never arrived")}

STOCK, SAMPLE, SCRAP, REFUSED, LOST = "stock", "sample", "scrap", "refused", "lost"
FATES = {
    STOCK: N_("back to stock"),
    SAMPLE: N_("kept as a display sample"),
    SCRAP: N_("scrapped"),
    REFUSED: N_("not taken back"),
    LOST: N_("not found"),
}
# What who inspects may decide; goods that nobody finds are lost by themselves.
JUDGED = (STOCK, SAMPLE, SCRAP, REFUSED)

REFUND, CREDIT, EXCHANGE, NOTHING = "refund", "credit", "exchange", "nothing"
WAYS = {
    REFUND: N_("money back"),
    CREDIT: N_("to the customer's account"),
    EXCHANGE: N_("other goods"),
    NOTHING: N_("nothing: the goods were never sold"),
    "": N_("not settled yet"),
}

# States of the order for other goods in which it is for nothing any more.
GONE = ("collecting", "voided")
