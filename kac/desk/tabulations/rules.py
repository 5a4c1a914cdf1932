"""Rules of the order table: made in time, or a simple list; its prices those of the receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money, per_scale_half_up
from kac.core.values import dataclass
from kac.desk.lines.rules import PricedLine
from kac.desk.tabulations.policy import OrderTablePolicy

TABLE, LIST = "table", "list"


@dataclass(frozen=True)
class Rung:
    """What the last till receipt of a slip has: {line: (base units, fen per selling unit)}."""

    receipt: str
    lines: Mapping[int, tuple[int, int]]


@dataclass(frozen=True)
class TableLine:
    """One line of a version: base units, fen per selling unit, the receipt of its price."""

    order_line: int
    quantity: int
    unit_price_fen: int
    scale: int
    receipt: str = ""

    @property
    def amount_fen(self) -> int:
        """What the line comes to."""
        return per_scale_half_up(self.unit_price_fen, self.quantity, self.scale)


@dataclass(frozen=True)
class TableFacts:
    """Table and simple list as the gate of a slip sees them; empty numbers for none.

    `rung` says that a till receipt was rung from the goods, `current` that the version in force
    has its prices and the lines of the form.
    """

    order: str
    slip: str
    table: str = ""
    simple: str = ""
    rung: bool = False
    current: bool = True


def due_at(accepted_at: datetime, policy: OrderTablePolicy) -> datetime:
    """By what moment a table is made, generally (GPA-TAB-01)."""
    return accepted_at + timedelta(minutes=policy.minutes)


def punctuality(made_at: datetime, due: datetime) -> str:
    """In time up to the last moment itself, late after it; late is only told (A-51, A-66)."""
    return "in_time" if made_at <= due else "late"


def needs_no_table(lines: Sequence[PricedLine], policy: OrderTablePolicy) -> bool:
    """Whether an order is small or mixed by the figures of the house (GPA-TAB-03, A-20)."""
    units = sum(-(-line.quantity // line.scale) for line in lines)
    mixed = bool(policy.mixed_lines) and len(lines) >= policy.mixed_lines
    return mixed or units <= policy.small_units


def may_be_simple(
    order: str, lines: Sequence[PricedLine], reason: str, policy: OrderTablePolicy
) -> Gate:
    """A simple list stands for a table of a small or mixed order, or where somebody says why."""
    rules = ("GPA-TAB-03", "A-20")
    if reason:
        return Gate("table_not_needed", rules, True, reason)
    if needs_no_table(lines, policy):
        return Gate("table_not_needed", rules, True, _("a small or mixed order"))
    says = _("the order is neither small nor mixed: say why a simple list is enough")
    return Gate("table_not_needed", rules, False, says, (), f"kac table new {order}")


def as_rung(form: Sequence[PricedLine], rung: Sequence[Rung]) -> list[TableLine]:
    """The lines of the form, those that were rung at the price of their receipt (GPA-UPD-01).

    A line of which a receipt has a part at another price is parted; what is not rung, or at the
    same price, keeps its own.
    """
    found: list[TableLine] = []
    for line in form:
        left = line.quantity
        for each in rung:
            quantity, price = each.lines.get(line.line, (0, 0))
            if quantity and price != line.unit_price_fen:
                found.append(TableLine(line.line, quantity, price, line.scale, each.receipt))
                left -= quantity
        if left > 0:
            found.append(TableLine(line.line, left, line.unit_price_fen, line.scale))
    return found


def priced(form: Sequence[PricedLine], lines: Sequence[TableLine]) -> list[PricedLine]:
    """The lines of a version as margins and signatures judge them, numbered anew."""
    of = {line.line: line for line in form}
    return [
        replace(
            of[line.order_line],
            line=number,
            quantity=line.quantity,
            unit_price_fen=line.unit_price_fen,
        )
        for number, line in enumerate(lines, start=1)
    ]


def differs(form: Sequence[PricedLine], lines: Sequence[TableLine]) -> bool:
    """Whether any price is another than the form's."""
    of = {line.line: line.unit_price_fen for line in form}
    return any(line.unit_price_fen != of[line.order_line] for line in lines)


def no_price_rises(order: str, form: Sequence[PricedLine], lines: Sequence[TableLine]) -> Gate:
    """What the customer agreed to never rises without a new form (C-08, RTL-SHT-03)."""
    of = {line.line: line for line in form}
    dearer = [
        _("line {line} {name}: {rung} on the receipt, {agreed} on the form").format(
            line=line.order_line,
            name=of[line.order_line].name,
            rung=Money(line.unit_price_fen),
            agreed=Money(of[line.order_line].unit_price_fen),
        )
        for line in lines
        if line.unit_price_fen > of[line.order_line].unit_price_fen
    ]
    says = "; ".join(dearer) or _("no price is above the form's")
    command = f"kac order void {order} --reason …" if dearer else ""
    return Gate(
        "price_not_above_form", ("GPA-UPD-01", "C-08", "RTL-SHT-03"), not dearer, says, (), command
    )


def gates(
    facts: TableFacts, policy: OrderTablePolicy, may: Mapping[str, tuple[str, ...]]
) -> list[Gate]:
    """What loading asks of table and list; nothing where nothing was rung and none is asked for."""
    if not (policy.required or facts.rung or facts.table or facts.simple):
        return []
    if not (facts.table or facts.simple):
        return [_missing(facts, may["table.simple"])]
    number = facts.table or facts.simple
    there = Gate(
        "order_tabulated",
        ("GPA-TAB-04",),
        True,
        _("{number} lists the goods").format(number=number),
    )
    return [there, as_on_receipt(number, may["table.update"], current=facts.current)]


def _missing(facts: TableFacts, roles: Sequence[str]) -> Gate:
    says = _("neither an order table nor a simple list of the goods for the customer")
    command = f"kac table simple {facts.slip}"
    return Gate("order_tabulated", ("GPA-TAB-04", "GPA-TAB-01"), False, says, tuple(roles), command)


def as_on_receipt(number: str, roles: Sequence[str], *, current: bool) -> Gate:
    """The version in force has the prices of the till receipt (GPA-UPD-01)."""
    if current:
        says = _("{number} is as it was rung").format(number=number)
        return Gate("table_as_rung", ("GPA-UPD-01",), True, says)
    says = _("{number} differs from what was rung or from the form").format(number=number)
    command = f"kac table update {number}"
    return Gate("table_as_rung", ("GPA-UPD-01",), False, says, tuple(roles), command)
