"""Rules of parts: what may be named of an order for a slip, and of a slip as not taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.quantity import format_quantity
from kac.desk.deliveries.rules import PartLine
from kac.desk.dispatch.rules import SlipLine
from kac.desk.lines.rules import LineDraft, PricedLine
from kac.desk.papers.rules import COPIES


class _Line(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def product_id(self) -> int: ...
    @property
    def gift(self) -> bool: ...


LineT = TypeVar("LineT", bound=_Line)


def named_lines(
    lines: Sequence[LineT], named: Sequence[LineDraft], room: Callable[[LineT], int]
) -> tuple[dict[int, int], list[LineDraft]]:
    """What is named of each line, goods sold before the same goods given; and goods of no line.

    What is named beyond the room of its lines is put on the first all the same, to be refused.
    """
    taken: dict[int, int] = {}
    strange = []
    for draft in named:
        own = sorted(
            (line for line in lines if line.product_id == draft.product_id),
            key=lambda line: line.gift,
        )
        if not own:
            strange.append(draft)
            continue
        left = draft.quantity
        for line in own:
            share = max(0, min(left, room(line) - taken.get(line.line, 0)))
            taken[line.line] = taken.get(line.line, 0) + share
            left -= share
        taken[own[0].line] += left
    return {line: quantity for line, quantity in taken.items() if quantity}, strange


def something_open(order: str, parts: Sequence[PartLine]) -> Gate:
    """There is something that is on no slip yet: nothing goes out twice (RTL-CTL-07)."""
    is_open = any(part.open for part in parts)
    says = _("every piece of {order} is on a slip, or with the customer").format(order=order)
    if is_open:
        says = _("{order}: something is still to go out").format(order=order)
    command = "" if is_open else f"kac order show {order}"
    return Gate("something_open", ("RTL-CTL-07",), is_open, says, (), command)


def within_open(
    lines: Sequence[PricedLine],
    parts: Sequence[PartLine],
    quantities: Mapping[int, int],
    strange: Sequence[LineDraft],
) -> Gate:
    """A slip has goods of its order alone, and of each line no more than is open (RTL-CTL-07)."""
    room = {part.line: part.open for part in parts}
    off = [
        _("line {line} {name}: {named} {unit} named, {open} open").format(
            line=line.line,
            name=line.name,
            unit=line.unit,
            named=format_quantity(quantities[line.line], line.scale),
            open=format_quantity(room[line.line], line.scale),
        )
        for line in lines
        if quantities.get(line.line, 0) > room[line.line]
    ]
    if strange:
        off.append(_("goods are named that are not on the order"))
    says = "; ".join(off) or _("every line inside what is open")
    return Gate("within_open", ("RTL-CTL-07", "RTL-ORD-14"), not off, says)


def within_slip(
    lines: Sequence[SlipLine], refused: Mapping[int, int], strange: Sequence[LineDraft]
) -> Gate:
    """What was missing or damaged was on the slip (RTL-PAY-10)."""
    off = [
        _("line {line} {name}: {named} {unit} not taken, {wanted} on the slip").format(
            line=line.line,
            name=line.name,
            unit=line.unit,
            named=format_quantity(refused[line.line], line.scale),
            wanted=format_quantity(line.quantity, line.scale),
        )
        for line in lines
        if refused.get(line.line, 0) > line.quantity
    ]
    if strange:
        off.append(_("goods are named that are not on the slip"))
    says = "; ".join(off) or _("everything named was on the slip")
    return Gate("within_slip", ("RTL-PAY-10",), not off, says)


def on_its_way(order: str, slip: str) -> Gate:
    """The order has a slip: before that its form is changed, or made void (RTL-SHT-02)."""
    says = _("{order} has the slip {slip}").format(order=order, slip=slip)
    if not slip:
        says = _("{order} has no slip yet: its form is changed, or made void").format(order=order)
    command = "" if slip else f"kac order cut {order} --reason …"
    return Gate("on_its_way", ("RTL-SHT-02", "RTL-SHT-09"), bool(slip), says, (), command)


def tier_stands(was_bp: int | None, now_bp: int | None) -> Gate:
    """What is left of an order is in no tier below the one that was signed for (RTL-DSC-04..06)."""
    is_open = now_bp is None or (was_bp is not None and was_bp <= now_bp)
    says = _("the margin of what is left is covered by what was signed")
    if not is_open:
        says = _("what is left has a lower margin than was signed for")
    return Gate("tier_stands", ("RTL-DSC-04", "RTL-DSC-05", "RTL-DSC-06"), is_open, says)


def slip_copies_back(void: Sequence[tuple[str, str]]) -> Gate:
    """Of slips that are void no copy is outside any more when another one is issued.

    RTL-SHT-09, RTL-SHT-10, C-27; a lost copy has its signed statement (A-35). `void` are their
    numbers with the names of copies that are outside.
    """
    rules = ("RTL-SHT-09", "C-27", "A-35")
    if not void:
        return Gate("slip_copies_back", rules, True, _("no copy of a void slip is outside"))
    number, copy = void[0]
    says = _("copies of void slips are outside: {copies}").format(
        copies=", ".join(f"{slip} {_(COPIES.get(name, name))}" for slip, name in void)
    )
    command = f"kac paper collect {number} --copy {copy}"
    return Gate("slip_copies_back", rules, False, says, (), command)
