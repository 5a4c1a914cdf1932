"""The delivery note (送货单) of a slip, made to its customer's wish and printed (GPA-UPD-02)."""

from __future__ import annotations

from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.machine import WrongState
from kac.core.text import safe_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.dispatch import queries
from kac.desk.dispatch.actions import document, gathered
from kac.desk.dispatch.rules import Wish
from kac.desk.orders import queries as order_queries
from kac.desk.papers import actions as papers
from kac.desk.staff.actions import require
from kac.desk.tabulations import queries as tabulations

NOTE = "delivery_note"


def note(work: Work, reference: str, wish: Wish, reason: str = "") -> Outcome:
    """Write down how the customer wants the note of a slip, and print it so."""
    from kac.desk.dispatch.tables import DeliveryWish

    require(work, "dispatch.note")
    slip, _row = _ready(work, reference)
    work.add(
        DeliveryWish(
            dispatch_id=slip["id"],
            title=wish.title,
            prices=wish.prices,
            remark=safe_text(wish.remark, field=_("remark")),
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    return _printed(work, reference, reason)


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Print the note of a slip as its customer wanted it last; with prices where nobody asked."""
    require(work, "dispatch.note")
    return _printed(work, reference, reason)


def _ready(work: Work, reference: str) -> tuple[Row, Row]:
    """The slip meant, whose table has the prices of the till receipt, signed for (GPA-UPD-01)."""
    slip, row = gathered(work, reference)
    if slip["state"] == "void":
        raise WrongState(
            _("{number} is void").format(number=slip["number"]),
            fix=[f"kac dispatch show {slip['number']}"],
        )
    gates = tabulations.gates(work.reader, slip, order_queries.policy(work.reader, row))
    require_open(
        [gate for gate in gates if gate.name not in ("order_tabulated", "table_handed_on")],
        _("no delivery note for {number}").format(number=slip["number"]),
        refs={"dispatch": slip["number"], "order": row["number"]},
    )
    return slip, row


def _printed(work: Work, reference: str, reason: str) -> Outcome:
    slip, row = _ready(work, reference)
    printing = papers.hand_out(work, slip["number"], NOTE, {"customer": "customer"}, reason)
    work.record("print", slip["number"], kind=NOTE, printing=printing, reason=reason)
    wish = queries.wish(work.reader, slip["id"])
    says = _("{number}: delivery note printed for the customer").format(number=slip["number"])
    made = {**document(slip["number"], slip["state"], row), "paper": NOTE, "printing": printing}
    return Outcome({**made, "title": wish.title, "prices": wish.prices}, (says,))
