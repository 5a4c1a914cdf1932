"""The words of a shortage: the ways that the house knows, and the steps of waiting."""

from __future__ import annotations

from kac.core.i18n import N_

SUBSTITUTE, POSTPONE, CUT, SPLIT = "substitute", "postpone", "cut", "split"
WAYS = {
    SUBSTITUTE: N_("other goods"),
    POSTPONE: N_("a later day"),
    CUT: N_("what is there, money back for the rest"),
    SPLIT: N_("what is there, the rest later"),
}
PROMISED, ARRIVED, INFORMED = "promised", "arrived", "informed"
STEPS = {
    PROMISED: N_("arrival signed for"),
    ARRIVED: N_("arrival confirmed"),
    INFORMED: N_("customer told"),
}
