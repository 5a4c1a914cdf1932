"""The verb of the negotiation: record how the talks stand."""

from __future__ import annotations

from kac.core.i18n import _
from kac.core.text import safe_text
from kac.db.work import Outcome, Work
from kac.desk.customers import queries as customers
from kac.desk.negotiations import queries
from kac.desk.negotiations.states import NEGOTIATION
from kac.desk.staff.actions import require


def negotiate(work: Work, reference: str, verb: str, content: str) -> Outcome:
    """Open talks with a customer, or end them: `open`, `agree` or `fail` (CRG-BIZ-02)."""
    from kac.desk.negotiations.tables import Negotiation

    require(work, "contract.negotiation")
    customer = customers.find(work.reader, reference)
    steps = queries.talks(work.reader, customer["id"])
    before = steps[-1]["status"] if steps else NEGOTIATION.start
    subject = _("the negotiation with {customer}").format(customer=customer["name"])
    status = NEGOTIATION.after(before, verb, subject=subject)
    work.add(
        Negotiation(
            customer_id=customer["id"],
            step=len(steps) + 1,
            status=status,
            content=safe_text(content, field=_("content")),
            by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("negotiate", customer["number"], before=before, after=status)
    says = _("{subject} is {state}").format(subject=subject, state=NEGOTIATION.label(status))
    ways = (f"kac contract add {customer['number']} …",) if status == "agreed" else ()
    return Outcome({"number": customer["number"], "state": status}, (says,), ways)
