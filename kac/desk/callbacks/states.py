"""Words of the call-backs: how one ended."""

from __future__ import annotations

from kac.core.i18n import N_

SATISFIED, COMPLAINT, UNREACHABLE = "satisfied", "complaint", "unreachable"
RESULTS = {
    SATISFIED: N_("satisfied"),
    COMPLAINT: N_("a complaint"),
    UNREACHABLE: N_("nobody answered"),
}
# After these the customer is called again.
AGAIN = (COMPLAINT, UNREACHABLE)
