"""Exchanges: goods back and other goods out, asked for as one act and linked to each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kac.core.i18n import _
from kac.core.money import Money
from kac.db.work import Outcome, Work
from kac.desk.lines.rules import LineDraft
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.orders.actions import OrderDraft
from kac.desk.returns import actions, queries
from kac.desk.returns.actions import Wish
from kac.desk.staff.actions import require


def exchange(
    work: Work, reference: str, wish: Wish, instead: Sequence[LineDraft], need_by: date
) -> Outcome:
    """Take goods back and hand in an order for other goods, or do neither (FLW-AFT-01).

    The other goods go through every gate and signature of an order: supply, price, margin, review.
    When the return is settled, what was paid for the goods that came back is for the others.
    """
    for verb in ("return.exchange", "order.new", "order.submit"):
        require(work, verb)
    asked = actions.judged(work, reference, wish)
    old = order_queries.by_id(work.reader, asked.slip["order_id"])
    number = orders.draft(
        work,
        OrderDraft(
            customer_id=old["customer_id"],
            need_by=need_by,
            lines=tuple(instead),
            address=old["address"],
            note=_("in exchange for goods of {order}").format(order=old["number"]),
            location=old["location"],
            delivery=old["delivery"],
            payment_terms=old["payment_terms"],
        ),
    )
    submitted = orders.submit(work, number, is_new=True)
    new = order_queries.find(work.reader, number, work.speaker)
    made = actions.written(work, asked, exchange=new["id"])
    row = queries.by_number(work.reader, made)
    back = queries.facts(work.reader, row).worth_fen
    says = [*actions.asked_says(work, row), *submitted.says, _difference(back, new["total_fen"])]
    document = {
        **actions.document(work, row),
        "exchange_total": Money(new["total_fen"]).plain(),
        "difference": Money(new["total_fen"] - back).plain(),
    }
    following = (*actions.hints(row), f"kac order review {number}")
    return Outcome(document, tuple(says), following)


def _difference(back_fen: int, total_fen: int) -> str:
    if total_fen > back_fen:
        says = _("the other goods cost {amount} more: the customer pays it")
        return says.format(amount=Money(total_fen - back_fen))
    if total_fen < back_fen:
        says = _("the other goods cost {amount} less: it goes back, or stays on the account")
        return says.format(amount=Money(back_fen - total_fen))
    return _("the other goods cost as much as those that come back")
