"""Campaigns as people see them: all of them, one with its checklist, its list of owners."""

from __future__ import annotations

from kac.cli.show import Column
from kac.core.i18n import _
from kac.desk.campaigns.states import CHANNELS, LABELS, OWNER_LABELS

LIST = [
    Column("number", _("campaign"), "code"),
    Column("state", _("state"), "state", words=LABELS),
    Column("name", _("name"), priority=8),
    Column("event_day", _("event day"), "day"),
    Column("owners", _("owners"), "count"),
    Column("called", _("notified"), "count", priority=5),
    Column("arrived", _("arrived"), "count"),
    Column("absent", _("absent"), "count", priority=5),
    Column("souvenirs", _("souvenirs"), "count", priority=4),
    Column("deposit", _("deposits"), "money", priority=4),
]
RECORD = [
    *LIST,
    Column("on_day", _("planned since"), "day"),
    Column("prepared_by", _("made by"), "code"),
    Column("end_reason", _("cancelled because")),
]
GATES = [
    Column("gate", _("gate"), "code", aside=True),
    Column("part", _("stage"), "code", aside=True),
    Column("says", _("says"), priority=9),
    Column("open", _("passed"), "flag"),
    Column("command", _("do"), "command", priority=6),
    Column("rules", _("rules"), priority=4),
]
OWNERS = [
    Column("number", _("owner"), "code"),
    Column("name", _("name"), priority=9),
    Column("phone", _("phone"), "code", priority=6),
    Column("channel", _("channel"), "state", words=CHANNELS, priority=3),
    Column("time", _("comes at"), "code", priority=4),
    Column("state", _("state"), "state", words=OWNER_LABELS),
    Column("called_on", _("called on"), "day", priority=4),
    Column("souvenir_on", _("souvenir"), "day", priority=3),
    Column("deposit", _("deposit"), "money", priority=4),
]
