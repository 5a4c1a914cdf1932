"""Verbs of the call-back: write down what a customer said after the delivery."""

from __future__ import annotations

from datetime import date
from typing import Any

from kac.core.errors import BadInput, Refused
from kac.core.i18n import _
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.callbacks import queries, rules
from kac.desk.callbacks.states import RESULTS, UNREACHABLE
from kac.desk.inquiries import actions as inquiries
from kac.desk.inquiries.rules import Reception
from kac.desk.orders import queries as orders
from kac.desk.staff.actions import require

DELIVERED = ("delivered", "closed")


@dataclass(frozen=True)
class Call:
    """A call as it is written down; `again_on` None is what the policy says."""

    result: str
    said: str = ""
    need: str = ""
    again_on: date | None = None
    inquiry: bool = False


def log(work: Work, reference: str, call: Call) -> Outcome:
    """Write a call about a delivered order down (FLW-AFT-02, FLW-AFT-03).

    A complaint, or nobody there, owes another call. What the customer needs next can be made an
    inquiry at once.
    """
    from kac.desk.callbacks.tables import Callback

    require(work, "callback.log")
    order = orders.find(work.reader, reference, work.speaker)
    _refuse_undelivered(order)
    terms = queries.policy(work.policy())
    said = _said(call)
    need = safe_text(call.need, field=_("need"))
    again = rules.again_on(call.result, call.again_on, work.on, terms)
    _refuse_odd(call, need, again, work.on)
    made = _inquiry(work, order, need) if call.inquiry else None
    row = work.add(
        Callback(
            number=work.number(queries.NUMBERS),
            order_id=order["id"],
            result=call.result,
            said=said,
            need=need,
            inquiry_id=made[0] if made else None,
            again_on=again,
            called_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("call back", row.number, order=order["number"], result=call.result)
    return _told(work, row.number, made[1] if made else "")


def _said(call: Call) -> str:
    if call.result == UNREACHABLE:
        return safe_text(call.said, field=_("said"))
    return required_text(call.said, field=_("said"))


def _refuse_undelivered(order: Row) -> None:
    if order["state"] not in DELIVERED:
        raise Refused(
            _("{number} is not delivered: there is nothing to call about yet").format(
                number=order["number"]
            ),
            code="E-CAL-001",
            rules=["FLW-AFT-02", "FLW-AFT-04"],
            fix=[f"kac explain {order['number']}"],
        )


def _refuse_odd(call: Call, need: str, again: date | None, today: date) -> None:
    if again is not None and again < today:
        raise BadInput(
            _("{day} is past: nobody can be called then").format(day=again), code="E-CAL-002"
        )
    if call.again_on is not None and again is None:
        raise BadInput(_("the customer is satisfied: no other call is owed"), code="E-CAL-002")
    if call.inquiry and not need:
        raise BadInput(_("an inquiry is about a need: --need is missing"), code="E-CAL-003")


def _inquiry(work: Work, order: Row, need: str) -> tuple[int, str]:
    """Take the need down as an inquiry of the same customer: its key and number (FLW-AFT-03)."""
    made = inquiries.new(work, Reception(need=need, customer_id=order["customer_id"]))
    number = str(made.document["number"])
    key = work.reader.value("SELECT id FROM inquiry WHERE number = :number", number=number)
    return int(key), number


def _told(work: Work, number: str, inquiry: str) -> Outcome:
    row = queries.by_number(work.reader, number)
    says = [
        _("{number}: {customer} called about {order}: {result}").format(
            number=number,
            customer=row["customer_name"],
            order=row["order_number"],
            result=_(RESULTS[row["result"]]),
        )
    ]
    hints = []
    if row["again_on"]:
        says.append(_("to be called again by {day}").format(day=row["again_on"]))
    if inquiry:
        says.append(_("{inquiry} is taken down of what is needed next").format(inquiry=inquiry))
        hints.append(f"kac inquiry show {inquiry}")
    elif row["need"]:
        hints.append(f"kac quote new -c {row['customer']} …")
    return Outcome(document(row), tuple(says), tuple(hints))


def document(row: Row) -> dict[str, Any]:
    """A call as writing commands hand it to scripts."""
    return {
        "number": row["number"],
        "state": row["result"],
        "order": row["order_number"],
        "customer": row["customer"],
        "again_on": row["again_on"],
        "inquiry": row["inquiry"],
    }
