"""Unsaying: what a file announced withdrawn again, while finance has taken none of it."""

from __future__ import annotations

from kac.core.errors import Refused
from kac.core.i18n import _
from kac.db.work import Work
from kac.desk.payments import actions, queries
from kac.desk.payments.states import PAYMENT


def unsay(work: Work, first: int, count: int, why: str) -> None:
    """Withdraw announced payments with ids from `first` on; nothing had been booked for them.

    Refused (E-IMP-010) names those that are money by now. What was withdrawn before stays so.
    """
    rows = work.reader.all(
        "SELECT number, state FROM payment WHERE id BETWEEN :first AND :last ORDER BY id",
        first=first,
        last=first + count - 1,
    )
    taken = [row for row in rows if row["state"] not in (PAYMENT.start, "withdrawn")]
    if taken:
        raise Refused(
            _("work stands on what was imported"),
            code="E-IMP-010",
            cause=[
                _("{number} is {state}").format(
                    number=row["number"], state=_(PAYMENT.labels[row["state"]])
                )
                for row in taken[:10]
            ],
        )
    for row in rows:
        if row["state"] == PAYMENT.start:
            whole = queries.by_number(work.reader, row["number"])
            actions.take_back(work, whole, "withdraw", why)
