"""States of money received."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

# What people call the words of a payment that are not its state: what it is for, how it came.
KINDS = {"deposit": N_("deposit"), "payment": N_("payment"), "": N_("on account")}
WAYS = {
    "transfer": N_("transfer"),
    "cash": N_("cash"),
    "wechat": N_("WeChat"),
    "alipay": N_("Alipay"),
    "pos": N_("card terminal"),
    "cheque": N_("cheque"),
}

LABELS = {
    "declared": N_("declared by the customer"),
    "received": N_("received"),
    "verified": N_("verified by finance"),
    "reversed": N_("reversed"),
    "bounced": N_("bounced"),
    "withdrawn": N_("withdrawn"),
}
# Money that the desk holds; the rest was never there, or is not there any more.
HELD = ("received", "verified")

PAYMENT = Machine(
    "payment",
    "declared",
    {
        "receive": {"declared": "received"},
        "withdraw": {"declared": "withdrawn"},
        "verify": {"received": "verified"},
        "reverse": {"received": "reversed", "verified": "reversed"},
        "bounce": {"received": "bounced"},
    },
    LABELS,
)
