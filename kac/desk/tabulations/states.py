"""Whether an order table was made in time, and which kinds of table there are."""

from __future__ import annotations

from kac.core.i18n import N_

KINDS = {"table": N_("order table"), "list": N_("simple list")}
LABELS = {"in_time": N_("in time"), "late": N_("late")}
