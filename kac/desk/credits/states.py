"""States of an application for credit; whether it is approved its signatures tell."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.machine import Machine

LABELS = {"applied": N_("applied for"), "closed": N_("closed")}

CREDIT = Machine("credit application", "applied", {"close": {"applied": "closed"}}, LABELS)
