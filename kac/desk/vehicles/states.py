"""How far a booking is, and the parts that hands have in loading and unloading."""

from __future__ import annotations

from kac.core.i18n import N_

LABELS = {
    "booked": N_("booked"),
    "reminded": N_("centre reminded"),
    "followed": N_("followed on the day"),
}
PARTS = {
    "loader": N_("loads"),
    "center": N_("unloads for the centre"),
    "clerk": N_("unloads for the desk"),
    "customer": N_("unloads for the customer"),
}
UNLOADING = ("center", "clerk", "customer")
