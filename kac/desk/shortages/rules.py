"""Rules of the shortage: who may choose, that goods and money add up, that promises are signed.

RTL-SHT-01..18, A-34: quantities and money are conserved over every way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.quantity import format_quantity
from kac.core.values import dataclass
from kac.desk.lines.rules import PricedLine
from kac.desk.stock.rules import Supply

# What must be open before a gate of waiting is anybody's work.
AFTER: dict[str, tuple[str, ...]] = {
    "arrival_confirmed": ("arrival_promised",),
    "customer_informed": ("arrival_promised", "arrival_confirmed"),
}


@dataclass(frozen=True)
class Waiting:
    """An order whose customer waits for goods; empty texts and None are not there yet.

    `signed_by` of the distribution centre signed on `signed_on` for the arrival on `arrives_on`.
    """

    order: str
    need_by: date
    arrives_on: date | None = None
    signed_by: str = ""
    signed_on: date | None = None
    arrived_by: str = ""
    informed_by: str = ""


def there(lines: Sequence[PricedLine], available: Mapping[int, int]) -> tuple[PricedLine, ...]:
    """The lines with what is there of each product, the first line first; empty ones fall away.

    Whatever is available and nothing else: 现有货量 (RTL-SHT-09, RTL-SHT-16).
    """
    left = {product: max(0, quantity) for product, quantity in available.items()}
    kept = []
    for line in lines:
        quantity = min(line.quantity, left.get(line.product_id, 0))
        left[line.product_id] = left.get(line.product_id, 0) - quantity
        if quantity:
            kept.append(replace(line, quantity=quantity))
    return tuple(kept)


def rest(lines: Sequence[PricedLine], now: Sequence[PricedLine]) -> tuple[PricedLine, ...]:
    """What of the lines is left after `now`, line by line; goods that are all there fall away."""
    taken: dict[tuple[int, bool], int] = {}
    for line in now:
        taken[line.goods] = taken.get(line.goods, 0) + line.quantity
    left = []
    for line in lines:
        part = min(line.quantity, taken.get(line.goods, 0))
        taken[line.goods] = taken.get(line.goods, 0) - part
        if line.quantity > part:
            left.append(replace(line, quantity=line.quantity - part))
    return tuple(left)


def with_quantities(
    lines: Sequence[PricedLine], named: Mapping[tuple[int, bool], int]
) -> tuple[PricedLine, ...]:
    """The lines, those of goods that are named with the quantity named."""
    return tuple(replace(line, quantity=named.get(line.goods, line.quantity)) for line in lines)


def only(
    lines: Sequence[PricedLine], named: Mapping[tuple[int, bool], int]
) -> tuple[PricedLine, ...]:
    """Those of the lines whose goods are named, with the quantity named."""
    return with_quantities([line for line in lines if line.goods in named], named)


def shares(received_fen: int, totals: Sequence[int], least: Sequence[int]) -> list[int]:
    """How money received is carried to new forms: to each its least deposit, then the first first.

    Nothing gets more than it costs; what is over is the customer's (A-34).
    """
    left = received_fen
    given = []
    for total, minimum in zip(totals, least, strict=True):
        part = min(left, minimum, total)
        given.append(part)
        left -= part
    for place, total in enumerate(totals):
        part = min(left, total - given[place])
        given[place] += part
        left -= part
    return given


def paid_for(number: str, received_fen: int, least_fen: int, printed: bool) -> Gate:
    """The customer has paid the deposit at least; otherwise the order is plainly changed.

    RTL-SHT-01, A-34.
    """
    command = f"kac order edit {number} --line CODE:QTY"
    if printed:
        command = f"kac order void {number} --reason …"
    return Gate(
        "shortage_paid",
        ("RTL-SHT-01", "A-34"),
        received_fen > 0 and received_fen >= least_fen,
        _("{received} received, the deposit is {least}").format(
            received=Money(received_fen), least=Money(least_fen)
        ),
        (),
        command,
    )


def is_short(number: str, supplies: Sequence[Supply], waits: bool) -> Gate:
    """Stock does not cover what was paid for, or the customer waits for it (RTL-SHT-01)."""
    short = [supply for supply in supplies if supply.short]
    says = "; ".join(supply.says() for supply in short) or _("stock covers every line")
    return Gate(
        "shortage_there",
        ("RTL-SHT-01",),
        bool(short) or waits,
        says,
        (),
        f"kac stock check {number}",
    )


def no_slip(number: str, slip: str) -> Gate:
    """No slip is out: goods that are going are counted, not exchanged (RTL-PRI-02, RTL-CTL-07)."""
    says = _("no slip issued yet")
    if slip:
        says = _("{order} has the slip {slip}").format(order=number, slip=slip)
    command = f"kac dispatch void {slip} --reason …" if slip else ""
    return Gate("shortage_no_slip", ("RTL-PRI-02", "RTL-CTL-07"), not slip, says, (), command)


def less(old: Sequence[PricedLine], new: Sequence[PricedLine]) -> Gate:
    """Of nothing more, and of something less (RTL-SHT-09)."""
    difference = _difference(old, new)
    says = ", ".join(difference.values()) or _("every quantity is as it was")
    grown = any(_sum(new, goods) > _sum(old, goods) for goods in difference)
    return Gate("shortage_less", ("RTL-SHT-09",), bool(difference) and not grown, says)


def adds_up(
    old: Sequence[PricedLine], now: Sequence[PricedLine], later: Sequence[PricedLine]
) -> Gate:
    """The quantities of the two new forms are those of the old one, and neither is empty.

    RTL-SHT-18.
    """
    difference = _difference(old, [*now, *later])
    says = ", ".join(difference.values()) or _("the two forms add up to the old one")
    is_open = not difference and bool(now) and bool(later)
    if not difference and not is_open:
        says = _("one of the two forms would be empty")
    return Gate("shortage_adds_up", ("RTL-SHT-18",), is_open, says)


def _difference(
    old: Sequence[PricedLine], new: Sequence[PricedLine]
) -> dict[tuple[int, bool], str]:
    """Goods whose quantity differs, each with both figures in words."""
    found = {}
    for line in [*old, *new]:
        was, now = _sum(old, line.goods), _sum(new, line.goods)
        if was != now:
            found[line.goods] = _("{name}: {was} {unit} paid for, {now} on the new forms").format(
                name=line.name,
                unit=line.unit,
                was=format_quantity(was, line.scale),
                now=format_quantity(now, line.scale),
            )
    return found


def _sum(lines: Sequence[PricedLine], goods: tuple[int, bool]) -> int:
    return sum(line.quantity for line in lines if line.goods == goods)


def settled(number: str, gate: Gate, roles: Sequence[str], *, partly: bool = False) -> Gate:
    """A paid order is short: the customer chooses one of the four ways (RTL-SHT-01).

    Of an order that is partly delivered the form stays, and the rest may be cut.
    """
    command = f"kac order cut {number} --refund --reason …"
    if partly:
        command = f"kac dispatch cut {number} --refund --reason …"
    return Gate(
        "shortage_settled",
        ("RTL-SHT-01",),
        False,
        _("paid, and short: the customer chooses a way ({says})").format(says=gate.says),
        tuple(roles),
        command,
    )


def arrival_signed(order: str, signed_by: str, signed_on: date | None, today: date) -> Gate:
    """Whoever answers for the day of arrival signs with a name *and* a date (RTL-SHT-06)."""
    says = _("signed by {name} on {day}").format(name=signed_by, day=signed_on)
    wanting = [
        word for word, has in ((_("signature"), signed_by), (_("date"), signed_on)) if not has
    ]
    if wanting:
        says = _("missing on the form: {wanting}").format(wanting=", ".join(wanting))
    elif signed_on and signed_on > today:
        says = _("signed on {day}, which has not come yet").format(day=signed_on)
    return Gate(
        "arrival_signed",
        ("RTL-SHT-06", "RTL-SHT-05"),
        bool(signed_by) and signed_on is not None and signed_on <= today,
        says,
        (),
        f"kac order eta {order} --arrives DAY --signed-by NAME --signed-on DAY",
    )


def arrival_promised(facts: Waiting, roles: Sequence[str]) -> Gate:
    """The distribution centre has ordered, and signed for the day of arrival (RTL-SHT-04..06)."""
    rules = ("RTL-SHT-04", "RTL-SHT-05", "RTL-SHT-06")
    if facts.arrives_on:
        says = _("here on {day}: signed by {name} on {signed}").format(
            day=facts.arrives_on, name=facts.signed_by, signed=facts.signed_on
        )
        return Gate("arrival_promised", rules, True, says)
    return Gate(
        "arrival_promised",
        rules,
        False,
        _("nobody has signed for a day of arrival yet"),
        tuple(roles),
        f"kac order eta {facts.order} --arrives DAY --signed-by NAME --signed-on DAY",
    )


def arrival_confirmed(facts: Waiting, roles: Sequence[str]) -> Gate:
    """The merchant department has confirmed the arrival with the centre (RTL-SHT-07)."""
    rules = ("RTL-SHT-07", "RTL-SHT-08")
    if facts.arrived_by:
        says = _("arrival confirmed by {staff}").format(staff=facts.arrived_by)
        return Gate("arrival_confirmed", rules, True, says)
    return Gate(
        "arrival_confirmed",
        rules,
        False,
        _("not confirmed with the distribution centre yet that the goods are here"),
        tuple(roles),
        f"kac order arrived {facts.order}",
    )


def before_pickup(facts: Waiting, today: date) -> Gate:
    """It is confirmed before the day on which the customer comes (RTL-SHT-07)."""
    return Gate(
        "arrival_in_time",
        ("RTL-SHT-07",),
        today < facts.need_by,
        _("the customer comes on {day}, it is {today}").format(day=facts.need_by, today=today),
        (),
        f"kac order postpone {facts.order} --until DAY --reason …",
    )


def customer_informed(facts: Waiting, roles: Sequence[str]) -> Gate:
    """Only then the customer is told (RTL-SHT-08)."""
    if facts.informed_by:
        says = _("customer told by {staff}").format(staff=facts.informed_by)
        return Gate("customer_informed", ("RTL-SHT-08",), True, says)
    return Gate(
        "customer_informed",
        ("RTL-SHT-08",),
        False,
        _("the customer has not been told that the goods are here"),
        tuple(roles),
        f"kac order informed {facts.order}",
    )


def gates(facts: Waiting, may: Mapping[str, Sequence[str]]) -> list[Gate]:
    """What a waiting order has before its slip: promised, arrived, told, in this order."""
    return [
        arrival_promised(facts, may["order.eta"]),
        arrival_confirmed(facts, may["order.arrived"]),
        customer_informed(facts, may["order.informed"]),
    ]
