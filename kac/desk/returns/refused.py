"""Goods refused at delivery: what was short or damaged when the customer signed makes a return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kac.core.errors import BadInput
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.db.reader import Row
from kac.db.work import Work
from kac.desk.returns import queries, rules
from kac.desk.returns.actions import Head, Part, write
from kac.desk.returns.states import BACK, DELIVERY, SHORT


@dataclass(frozen=True)
class RefusedLine:
    """What of a line of the order the customer did not take, in base units of the product.

    `short` never arrived though it was loaded, `damaged` goes back with the driver.
    """

    line: int
    short: int = 0
    damaged: int = 0


def from_refused_delivery(work: Work, slip: Row, lines: Sequence[RefusedLine]) -> str:
    """Make the return of what a customer refused while signing a slip (RTL-PAY-10, FLW-AFT-01).

    `slip` is a row of v_dispatch that is signed in this transaction. Nobody signs for it: the
    customer never took the goods. They are counted, judged and settled like any return; what never
    arrived and is not found is lost. Returns the number of the return.
    """
    parts = [
        Part(each.line, quantity, kind)
        for each in lines
        for quantity, kind in ((each.damaged, BACK), (each.short, SHORT))
        if quantity
    ]
    if not parts or any(part.quantity < 0 for part in parts):
        raise BadInput(_("nothing is named that was refused"), code="E-RET-002")
    wanted: dict[int, int] = {}
    for part in parts:
        wanted[part.order_line] = wanted.get(part.order_line, 0) + part.quantity
    sold = queries.sold(work.reader, slip["id"])
    require_open(
        [rules.within_delivery(slip["order_number"], sold, wanted)],
        _("{number} is not signed so").format(number=slip["number"]),
        refs={"dispatch": slip["number"], "order": slip["order_number"]},
    )
    why = _("refused at delivery: {slip}").format(slip=slip["number"])
    return write(work, slip, parts, Head(DELIVERY, why, work.on))
