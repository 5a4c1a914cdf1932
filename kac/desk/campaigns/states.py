"""States of a campaign and of a homeowner on its list, by the verbs that lead between them."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {
    "planned": N_("planned"),
    "closed": N_("closed"),
    "cancelled": N_("cancelled"),
}
CAMPAIGN = Machine(
    "campaign",
    "planned",
    {"close": {"planned": "closed"}, "cancel": {"planned": "cancelled"}},
    LABELS,
)

OWNER_LABELS = {
    "signed_up": N_("signed up"),
    "reserved": N_("time reserved"),
    "called": N_("notified"),
    "confirmed": N_("confirmed on the day"),
    "arrived": N_("arrived"),
    "absent": N_("absent"),
    "recalled": N_("absent, called again"),
}
OWNER = Machine(
    "registration",
    "signed_up",
    {
        "reserve": {"signed_up": "reserved"},
        "call": {"signed_up": "called", "reserved": "called"},
        "confirm": dict.fromkeys(("signed_up", "reserved", "called"), "confirmed"),
        "arrive": dict.fromkeys(
            ("signed_up", "reserved", "called", "confirmed", "absent", "recalled"), "arrived"
        ),
        "miss": dict.fromkeys(("signed_up", "reserved", "called", "confirmed"), "absent"),
        "call_again": {"absent": "recalled"},
    },
    OWNER_LABELS,
)
# Before the day: still expected.
EXPECTED = ("signed_up", "reserved", "called", "confirmed")
# What a call is about, and the step of the list that it is.
ABOUT = {"event": "call", "today": "confirm", "absent": "call_again"}

CHANNELS = {
    "phone": N_("telephone"),
    "estate_desk": N_("desk in the estate"),
    "shop": N_("shop"),
    "at_home": N_("at home"),
    "meeting": N_("group-purchase meeting"),
    "website": N_("group-purchase website"),
    "forum": N_("owners' forum or QQ group"),
}
ITEMS = {
    "survey": N_("survey of the estate"),
    "decoration_phase": N_("the estate is in its phase of decoration"),
    "prospects": N_("share of prospects"),
    "consumers": N_("analysis of consumer groups"),
    "attraction": N_("attraction and bandwagon effect"),
    "content": N_("content of the campaign"),
    "concession": N_("concession in points, and why both sides win"),
    "channels": N_("channels of registration"),
    "stock": N_("stock is reasonable"),
    "shop_display": N_("posters, balloons, stacks and banners in the shop"),
    "shop_checked": N_("the shop is dressed"),
    "day_flow": N_("flow of the day"),
    "station_reception": N_("station: reception"),
    "station_guide": N_("station: guide"),
    "station_order": N_("station: order"),
    "station_deposit": N_("station: deposit"),
    "station_see_off": N_("station: see off"),
    "station_deliver": N_("station: deliver"),
    "training_campaign": N_("guides trained: the campaign"),
    "training_product": N_("guides trained: products"),
    "training_sales_talk": N_("guides trained: sales talk"),
    "training_etiquette": N_("guides trained: etiquette"),
    "outside_display": N_("parasols, tents and banners outside"),
    "meeting_board": N_("board at the pick-up point"),
    "shuttle": N_("shuttle from and to the estate"),
    "desk_place": N_("desk at the entrance"),
}
