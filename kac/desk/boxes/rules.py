"""Rules of boxes: a quantity on every lid, never more than the slip, and in the end all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.quantity import format_quantity
from kac.core.values import dataclass
from kac.desk.boxes.policy import BoxPolicy


@dataclass(frozen=True)
class BoxedLine:
    """A line of a slip with what is in sealed boxes of it, in base units."""

    line: int
    name: str
    unit: str
    scale: int
    wanted: int
    boxed: int

    @property
    def open(self) -> int:
        """What is in no box yet."""
        return self.wanted - self.boxed


def quantity_on_lid(written: Mapping[int, str]) -> Gate:
    """Name and quantity stand on the lid of every box (GPA-RCV-03); `written` as it was typed."""
    bare = [line for line, quantity in written.items() if not quantity]
    says = _("name and quantity on the lid")
    if bare:
        says = _("line {lines}: no quantity for the lid of the box").format(
            lines=", ".join(map(str, bare))
        )
    return Gate("quantity_on_lid", ("GPA-RCV-03",), not bare and bool(written), says)


def within_slip(lines: Sequence[BoxedLine], packed: Mapping[int, int], times: int) -> Gate:
    """Boxes hold goods of the slip, and no more of them than are in no box (GPA-RCV-02)."""
    known = {line.line: line for line in lines}
    off = [
        _("line {lines}: not on the slip").format(lines=number)
        for number in packed
        if number not in known
    ]
    off += [
        _("line {line} {name}: {packed} {unit} to pack, {open} in no box yet").format(
            line=number,
            name=known[number].name,
            packed=format_quantity(quantity * times, known[number].scale),
            unit=known[number].unit,
            open=format_quantity(known[number].open, known[number].scale),
        )
        for number, quantity in packed.items()
        if number in known and quantity * times > known[number].open
    ]
    says = "; ".join(off) or _("every piece of the slip in one box")
    return Gate("boxed_within_slip", ("GPA-RCV-02", "RTL-CTL-07"), not off, says)


def boxed(
    slip: str, lines: Sequence[BoxedLine], policy: BoxPolicy, roles: Sequence[str]
) -> list[Gate]:
    """All goods of a slip are in boxes once one is packed, or where the house asks for boxes."""
    rules = ("GPA-RCV-02", "GPA-RCV-03")
    if not policy.required and not any(line.boxed for line in lines):
        return []
    left = [
        _("{quantity} {unit} {name}").format(
            quantity=format_quantity(line.open, line.scale), unit=line.unit, name=line.name
        )
        for line in lines
        if line.open
    ]
    if not left:
        return [Gate("boxed", rules, True, _("every piece of the slip in one box"))]
    says = _("in no box yet: {goods}").format(goods=", ".join(left))
    command = f"kac dispatch box {slip} LINE:QTY …"
    return [Gate("boxed", rules, False, says, tuple(roles), command)]
