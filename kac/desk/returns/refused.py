"""Goods refused at delivery: what was short or damaged when the customer signed makes a return."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.errors import BadInput
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Work
from kac.desk.orders import queries as orders
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

    `slip` is a row of v_dispatch whose refused goods are still with the vehicle: what is signed for
    has been booked without them. Nobody grants such a return, and nothing is to be settled: the
    customer never took the goods. They are counted and judged like any that come back; what is not
    found is lost. Returns the number of the return.
    """
    parts = [
        Part(each.line, quantity, kind)
        for each in lines
        for quantity, kind in ((each.damaged, BACK), (each.short, SHORT))
        if quantity
    ]
    if not parts or any(part.quantity < 0 for part in parts):
        raise BadInput(_("nothing is named that was refused"), code="E-RET-002")
    require_open(
        [rules.still_under_way(slip["number"], _refused(work, slip, parts))],
        _("{number} is not signed so").format(number=slip["number"]),
        refs={"dispatch": slip["number"], "order": slip["order_number"]},
    )
    why = _("refused at delivery: {slip}").format(slip=slip["number"])
    return write(work, slip, parts, Head(DELIVERY, why, work.on))


def _refused(work: Work, slip: Row, parts: Sequence[Part]) -> list[tuple[str, int, int]]:
    """(name, refused, still on the vehicle) of each product, in base units."""
    lines = {line["line"]: line for line in orders.lines(work.reader, slip["order_id"])}
    strange = sorted({part.order_line for part in parts} - lines.keys())
    if strange:
        raise BadInput(
            _("there is no line {lines}").format(lines=", ".join(map(str, strange))),
            code="E-ORD-003",
        )
    wanted: dict[int, int] = {}
    names = {line["product_id"]: line["name"] for line in lines.values()}
    for part in parts:
        product = lines[part.order_line]["product_id"]
        wanted[product] = wanted.get(product, 0) + part.quantity
    return [
        (names[product], quantity, _on_vehicle(work, slip, product))
        for product, quantity in wanted.items()
    ]


def _on_vehicle(work: Work, slip: Row, product_id: int) -> int:
    left = queries.left_on_vehicle(work.reader, slip["id"], slip["number"], product_id)
    return int(left["quantity"])
