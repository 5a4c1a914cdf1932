"""Rules of returns: never more than was delivered, counted alike by all, every piece judged.

FLW-AFT-01; the same goods are never given back twice, and together never for more than they cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.quantity import format_quantity
from kac.core.values import dataclass
from kac.desk.returns.policy import ReturnPolicy
from kac.desk.returns.states import FATES, GONE, JUDGED, LOST, REFUSED

KIND = "return"
LATE = "late"
# What must be open before a gate of a return is anybody's work, and what is never one's own.
AFTER: dict[str, tuple[str, ...]] = {
    "return_received": ("return_approved", "not_rejected"),
    "return_inspected": ("return_received",),
    "return_settled": ("return_inspected", "exchange_reviewed"),
    "exchange_reviewed": ("return_inspected",),
}
NOT_ONES_OWN = frozenset({"return_approved"})
OF_CLERKS = frozenset({"return_received", "return_inspected", "exchange_reviewed"})


@dataclass(frozen=True)
class SoldLine:
    """A line of a slip that the customer has: base units delivered, and gone back or going.

    `amount_fen` is what the whole line of the order cost, `of` its quantity.
    """

    line: int
    product_id: int
    name: str
    unit: str
    scale: int
    delivered: int
    away: int
    amount_fen: int
    of: int

    @property
    def left(self) -> int:
        """What could still come back."""
        return self.delivered - self.away


@dataclass(frozen=True)
class BackLine:
    """A line of a return in base units: asked for, counted, judged; `counted` None before that.

    `before` is what other returns of the same line of the order have been credited for, and
    `credit_fen` what this one was, once it is settled. `sold` is false for goods that their
    customer refused at delivery.
    """

    line: int
    order_line: int
    product_id: int
    name: str
    unit: str
    scale: int
    kind: str
    quantity: int
    amount_fen: int
    of: int
    before: int = 0
    counted: int | None = None
    fates: Mapping[str, int] | None = None
    credit_fen: int | None = None
    sold: bool = True

    @property
    def stands(self) -> int:
        """For how much the customer pays nothing: what came back and was taken; before it is
        counted, what is expected. What was refused at delivery was never sold."""
        if not self.sold:
            return 0
        if self.counted is None:
            return self.quantity
        return self.counted - (self.fates or {}).get(REFUSED, 0)

    @property
    def worth_fen(self) -> int:
        """What the customer is credited with for this line."""
        if self.credit_fen is not None:
            return self.credit_fen
        return worth(self.amount_fen, self.of, self.before, self.stands)


@dataclass(frozen=True)
class ReturnFacts:
    """A return as its gates see it; `exchange` is the number and state of the order instead."""

    number: str
    state: str
    lines: tuple[BackLine, ...]
    counted_by: Mapping[str, str]
    exchange: tuple[str, str] = ("", "")

    @property
    def worth_fen(self) -> int:
        """What the whole return is worth to the customer."""
        return sum(line.worth_fen for line in self.lines)


def worth(amount_fen: int, of: int, before: int, quantity: int) -> int:
    """What `quantity` of a line of `of` is worth, `before` having been given back already.

    Each part is the difference of two rounded shares, so that all parts together are the amount
    to the fen, in whatever portions and order they come back.
    """
    return _share(amount_fen, of, before + quantity) - _share(amount_fen, of, before)


def _share(amount_fen: int, of: int, part: int) -> int:
    return (2 * amount_fen * part + of) // (2 * of)


def delivered(slip: str, order: str, state: str, roles: Sequence[str]) -> Gate:
    """The customer has signed for the goods: nothing else can come back.

    FLW-AFT-01, FLW-AFT-04.
    """
    has = state in ("signed", "archived")
    says = _("delivered and signed for")
    if not has:
        says = _("{order} is not signed for by the customer yet").format(order=order)
    command = "" if has else f"kac dispatch sign {slip or order} --by …"
    rules = ("FLW-AFT-01", "FLW-AFT-04")
    return Gate("return_delivered", rules, has, says, () if has else tuple(roles), command)


def within_delivery(order: str, lines: Sequence[SoldLine], wanted: Mapping[int, int]) -> Gate:
    """No more comes back than was delivered and has not come back yet (FLW-AFT-01)."""
    known = {line.line: line for line in lines}
    off = [
        _("line {line}: not on the slip").format(line=line)
        if line not in known
        else _("line {line} {name}: {wanted} {unit} of {left} that the customer still has").format(
            line=line,
            name=known[line].name,
            wanted=format_quantity(quantity, known[line].scale),
            unit=known[line].unit,
            left=format_quantity(known[line].left, known[line].scale),
        )
        for line, quantity in sorted(wanted.items())
        if line not in known or quantity > known[line].left
    ]
    says = "; ".join(off) or _("no more than the customer has")
    command = f"kac return list --order {order}" if off else ""
    return Gate("return_within_delivery", ("FLW-AFT-01",), not off, says, (), command)


def is_late(signed_on: date, today: date, policy: ReturnPolicy) -> bool:
    """Whether a return is asked for after the days that the policy gives."""
    return today > signed_on + timedelta(days=policy.days)


def count_fits(
    lines: Sequence[BackLine], found: Mapping[int, int], others: Mapping[int, int] | None
) -> Gate:
    """Every line is counted, none above what was announced, all departments alike (C-08).

    `others` is what a department counted before; None for the first.
    """
    off = []
    for line in lines:
        figures = {
            "line": line.line,
            "name": line.name,
            "unit": line.unit,
            "wanted": format_quantity(line.quantity, line.scale),
        }
        if line.line not in found:
            off.append(_("line {line} {name}: not counted").format(**figures))
            continue
        figures["found"] = format_quantity(found[line.line], line.scale)
        if found[line.line] > line.quantity:
            says = _("line {line} {name}: {found} {unit} counted, {wanted} announced")
            off.append(says.format(**figures))
        elif others is not None and found[line.line] != others.get(line.line, 0):
            figures["before"] = format_quantity(others.get(line.line, 0), line.scale)
            says = _("line {line} {name}: {found} {unit} counted, {before} by who counted before")
            off.append(says.format(**figures))
    known = {line.line for line in lines}
    off += [
        _("line {line}: not on the return").format(line=line)
        for line in sorted(found.keys() - known)
    ]
    says = "; ".join(off) or _("every line counted alike")
    return Gate("return_count_fits", ("FLW-AFT-01", "RTL-ORD-14"), not off, says)


def something_came(number: str, lines: Sequence[BackLine], found: Mapping[int, int]) -> Gate:
    """Something has come back; of what was refused at delivery all may be missing."""
    came = any(found.get(line.line, 0) or not line.sold for line in lines)
    says = _("something came back") if came else _("nothing came back at all")
    command = "" if came else f"kac return drop {number} --reason …"
    return Gate("return_something_came", ("FLW-AFT-01",), came, says, (), command)


def still_under_way(slip: str, lines: Sequence[tuple[str, int, int]]) -> Gate:
    """No more is refused than the vehicle was sent away with.

    (name, refused, still on it) of each product, in base units; RTL-PAY-10.
    """
    off = [
        _("{name}: {refused} refused of {there} on the vehicle, in base units").format(
            name=name, refused=refused, there=there
        )
        for name, refused, there in lines
        if refused > there
    ]
    says = "; ".join(off) or _("no more than the vehicle was sent away with")
    command = f"kac dispatch show {slip}" if off else ""
    return Gate("return_under_way", ("RTL-PAY-10", "FLW-AFT-01"), not off, says, (), command)


def every_piece_judged(lines: Sequence[BackLine], fates: Mapping[int, Mapping[str, int]]) -> Gate:
    """Every piece that was counted has its fate, and none more (FLW-AFT-01)."""
    off = []
    for line in lines:
        judged = sum(fates.get(line.line, {}).values())
        if judged != (line.counted or 0):
            off.append(
                _("line {line} {name}: {judged} of {counted} {unit} judged").format(
                    line=line.line,
                    name=line.name,
                    judged=format_quantity(judged, line.scale),
                    counted=format_quantity(line.counted or 0, line.scale),
                    unit=line.unit,
                )
            )
    known = {line.line for line in lines}
    strange = sorted(fates.keys() - known)
    off += [_("line {line}: not on the return").format(line=line) for line in strange]
    says = "; ".join(off) or _("every piece judged")
    return Gate("return_judged", ("FLW-AFT-01",), not off, says)


def with_lost(
    lines: Sequence[BackLine], fates: Mapping[int, Mapping[str, int]]
) -> dict[int, dict[str, int]]:
    """The fates, and as lost what was sent away, did not arrive and did not come back either."""
    found = {line: dict(parts) for line, parts in fates.items()}
    for line in lines:
        missing = line.quantity - (line.counted or 0)
        if not line.sold and missing:
            found.setdefault(line.line, {})[LOST] = missing
    return found


def none_refused_unsold(lines: Sequence[BackLine], fates: Mapping[int, Mapping[str, int]]) -> Gate:
    """What the customer never took cannot be given back to the customer."""
    unsold = {line.line for line in lines if not line.sold}
    off = sorted(line for line, parts in fates.items() if line in unsold and REFUSED in parts)
    says = _("only what the customer had is not taken back")
    if off:
        says = _("line {lines}: the customer never had it").format(lines=", ".join(map(str, off)))
    return Gate("return_refusable", ("FLW-AFT-01",), not off, says)


def received(facts: ReturnFacts, policy: ReturnPolicy, departments_left: Sequence[str]) -> Gate:
    """All departments have counted what came back, each by another person (RTL-ORD-14)."""
    is_back = facts.state in ("back", "inspected", "settled")
    roles = tuple(
        role
        for department in policy.counting()
        if department.id in departments_left
        for role in department.roles
    )
    rules = ("FLW-AFT-01", "RTL-ORD-14")
    if is_back:
        return Gate("return_received", rules, True, _("goods are back and counted"))
    says = _("the goods are not back yet")
    if facts.counted_by:
        says = _("counted by {names}; the other department counts too").format(
            names=", ".join(facts.counted_by.values())
        )
    command = f"kac return receive {facts.number} LINE:QTY …"
    return Gate("return_received", rules, False, says, roles, command)


def inspected(facts: ReturnFacts, roles: Sequence[str]) -> Gate:
    """Somebody has decided what becomes of every piece (FLW-AFT-01)."""
    if facts.state in ("inspected", "settled"):
        return Gate("return_inspected", ("FLW-AFT-01",), True, _("every piece judged"))
    command = f"kac return inspect {facts.number} LINE:FATE[:QTY] …"
    says = _("not judged yet what becomes of the goods: {fates}").format(fates=", ".join(JUDGED))
    return Gate("return_inspected", ("FLW-AFT-01",), False, says, tuple(roles), command)


def exchange_reviewed(facts: ReturnFacts, roles: Sequence[str]) -> Gate:
    """The order for the other goods is signed for and reviewed like any (RTL-DEP-01)."""
    order, state = facts.exchange
    rules = ("RTL-DEP-01", "FLW-AFT-01")
    done = state in ("reviewed", "slip_issued", "partly_delivered", "delivered", "closed")
    gone = state in GONE
    says = _("{order} is reviewed").format(order=order)
    if gone:
        says = _("{order} is void: the money goes back, or stays").format(order=order)
    elif not done:
        says = _("{order} for the other goods is not reviewed yet").format(order=order)
    command = "" if done or gone else f"kac order review {order}"
    is_open = done or gone
    return Gate("exchange_reviewed", rules, is_open, says, () if is_open else tuple(roles), command)


def nothing_sold(facts: ReturnFacts) -> bool:
    """Whether there is nothing to settle: the customer never took any of the goods."""
    return not any(line.sold for line in facts.lines)


def settled(facts: ReturnFacts, roles: Sequence[str]) -> Gate:
    """Finance has settled what the goods had cost (FLW-AFT-01, RTL-SHT-15)."""
    rules = ("FLW-AFT-01", "RTL-SHT-15")
    amount = Money(facts.worth_fen)
    if facts.state == "settled":
        return Gate("return_settled", rules, True, _("settled: {amount}").format(amount=amount))
    says = _("{amount} to be settled with the customer").format(amount=amount)
    command = f"kac return settle {facts.number}"
    return Gate("return_settled", rules, False, says, tuple(roles), command)


def told_fates(lines: Sequence[BackLine]) -> str:
    """What becomes of the goods in words: `电饭煲 8 台 back to stock, 2 台 scrapped`."""
    return "; ".join(f"{line.name} {told_parts(line)}" for line in lines if line.fates)


def told_parts(line: BackLine) -> str:
    """What becomes of one line in words."""
    return ", ".join(
        f"{format_quantity(quantity, line.scale)} {line.unit} {_(FATES[fate])}"
        for fate, quantity in (line.fates or {}).items()
    )
