"""The verb of the approval form: make it of a reviewed quotation, with the order that follows."""

from __future__ import annotations

from datetime import date

from kac.core.errors import InputNeeded
from kac.core.i18n import _
from kac.db.work import Outcome, Work
from kac.desk.orders import actions as orders
from kac.desk.orders.actions import OrderDraft
from kac.desk.quotations import actions as quotations


def make(work: Work, reference: str, need_by: date | None = None) -> Outcome:
    """Make the form and draft the order, at the prices that were reviewed (FLW-APV-01).

    The customer is led to pay with the form and the quotation (FLW-APV-02); the order has gates of
    its own, and its margins are judged again at the cost of today (C-20).
    """
    taken = quotations.take_up(work, reference)
    wanted_by = need_by or taken.need_by
    if wanted_by is None:
        raise InputNeeded(
            _("{number} names no day for the goods").format(number=taken.number),
            fix=[f"kac quote to-order {taken.number} --need-by DAY"],
            refs={"option": "--need-by"},
        )
    same = ("customer_id", "lines", "address", "delivery", "payment_terms")
    wish = OrderDraft(
        **{name: getattr(taken, name) for name in same},
        need_by=wanted_by,
        quotation=(taken.id, taken.revision),
    )
    order = orders.draft(work, wish)
    work.record("make approval form", taken.number, order=order)
    return orders.drafted(work, order)
