"""Withdrawing: the drafts of a file made void again, all of them, while nothing stands on them."""

from __future__ import annotations

from kac.core.errors import Refused
from kac.core.i18n import _
from kac.db.bulk import seal_again
from kac.db.reader import Reader
from kac.db.standing import standing_on
from kac.db.work import Work
from kac.desk.orders.states import LABELS, ORDER

_MOST = 10


def withdraw(work: Work, first: int, count: int, why: str) -> None:
    """Make drafts with ids from `first` on void; Refused names what stands on them.

    The forms were never printed: they are void at once, and their numbers stay used (RTL-SHT-11).
    """
    _refuse_touched(work.reader, first, first + count - 1)
    after = ORDER.after(ORDER.after(ORDER.start, "void", subject=""), "collect", subject="")
    span = {"first": first, "last": first + count - 1}
    work.connection.execute(
        "UPDATE sales_order SET state = :after, void_reason = :why"
        " WHERE id BETWEEN :first AND :last",
        {**span, "after": after, "why": why},
    )
    seal_again(work, "sales_order", first, count)
    ends = work.reader.all("SELECT id, number FROM sales_order WHERE id IN (:first, :last)", **span)
    work.record(
        "void",
        ends[0]["number"],
        through=ends[-1]["number"],
        orders=count,
        before=ORDER.start,
        after=after,
        reason=why,
    )


def _refuse_touched(reader: Reader, first: int, last: int) -> None:
    rows = reader.all(
        "SELECT number, state, revision FROM sales_order WHERE id BETWEEN :first AND :last"
        " AND (state <> :start OR revision > 1) ORDER BY id LIMIT :most",
        first=first,
        last=last,
        start=ORDER.start,
        most=_MOST,
    )
    causes = [
        _("{number} is {state}, version {revision}").format(
            number=row["number"], state=_(LABELS[row["state"]]), revision=row["revision"]
        )
        for row in rows
    ]
    causes += standing_on(reader, "sales_order", first, last, but=("order_line",))
    if causes:
        raise Refused(
            _("work stands on what was imported"),
            code="E-IMP-010",
            cause=causes,
            fix=[f"kac order void {row['number']}" for row in rows[:1] if row["state"] == "draft"],
        )
