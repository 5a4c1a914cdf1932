"""What became of a promised arrival; none of these is stored, each is read off what came."""

from __future__ import annotations

from kac.core.i18n import N_

LABELS = {
    "open": N_("not due yet"),
    "kept": N_("kept"),
    "late": N_("came late"),
    "broken": N_("not kept"),
}
