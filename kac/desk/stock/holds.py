"""Goods kept back for a customer (预留): reserved by hand, taken by orders, released, run out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kac.core.errors import Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.customers.queries import by_id as customer_by_id
from kac.desk.staff.actions import require
from kac.desk.stock import queries, rules
from kac.desk.stock.policy import StockPolicy

KIND = "YL"


@dataclass(frozen=True)
class Wish:
    """Goods to keep back for a customer until the end of a day: {product id: base units}."""

    customer_id: int
    location: str
    until: date
    reason: str
    goods: Mapping[int, int]


def keep(work: Work, wish: Wish) -> Outcome:
    """Keep goods back for a customer; only what nobody else was promised (C-15)."""
    from kac.desk.stock.tables import StockHold, StockHoldLine

    require(work, "stock.reserve")
    why = required_text(wish.reason, field=_("reason"))
    policy = work.policy().section("stock", StockPolicy)
    supplies = queries.supplies(work.reader, wish.goods, wish.location)
    require_open(
        [
            rules.until_ahead(wish.until, work.on, policy.longest_hold_days),
            rules.free_to_go(supplies),
        ],
        _("nothing is kept back"),
    )
    # After this point the goods must be kept.
    hold = work.add(
        StockHold(
            number=work.number(KIND),
            customer_id=wish.customer_id,
            location=wish.location,
            until=wish.until,
            reason=why,
            made_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.add_all(
        [
            StockHoldLine(stock_hold_id=hold.id, product_id=product_id, quantity=quantity)
            for product_id, quantity in wish.goods.items()
        ]
    )
    work.record("keep back", hold.number, until=wish.until.isoformat(), reason=why)
    says = _("{number}: kept at {location} for {customer} until {day}: {goods}").format(
        number=hold.number,
        location=wish.location,
        customer=customer_by_id(work.reader, wish.customer_id)["name"],
        day=wish.until,
        goods=rules.told(supplies),
    )
    document = {"number": hold.number, "state": "kept", "until": wish.until.isoformat()}
    return Outcome(document, (says,), (f"kac stock release {hold.number} --reason …",))


@dataclass(frozen=True)
class Bound:
    """For whom and where goods of a shipment are held; `shipment` is its number."""

    customer_id: int
    location: str
    shipment: str


def bind(work: Work, shipment_id: int, bound: Bound, goods: Mapping[int, int]) -> str:
    """Hold goods of a shipment for its customer, without a last day (DST-GDS-17); the number."""
    from kac.desk.stock.tables import StockHold, StockHoldLine

    hold = work.add(
        StockHold(
            number=work.number(KIND),
            customer_id=bound.customer_id,
            location=bound.location,
            until=None,
            shipment_id=shipment_id,
            reason=bound.shipment,
            made_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.add_all(
        [
            StockHoldLine(stock_hold_id=hold.id, product_id=product_id, quantity=quantity)
            for product_id, quantity in goods.items()
        ]
    )
    work.record("keep back", hold.number, reason=bound.shipment)
    return hold.number


def draw(work: Work, line_id: int, quantity: int, reason: str) -> None:
    """Let goods that are held go, in part; the caller has judged whether they may be."""
    _use(work, line_id, "released", quantity, reason=reason)


def release(work: Work, reference: str, reason: str) -> Outcome:
    """Let goods that were kept back go before their day."""
    require(work, "stock.release")
    why = required_text(reason, field=_("reason"))
    number = queries.find_hold(work.reader, reference, work.speaker)
    lines = queries.hold_lines(work.reader, number)
    work.require_not_before(date.fromisoformat(lines[0]["on_day"]), number)
    if lines[0]["shipment_id"]:
        _refuse_bound(number, lines[0])
    if not any(line["kept"] for line in lines):
        raise Refused(
            _("nothing is kept back under {number} any more").format(number=number),
            code="E-STK-001",
            rules=["C-15"],
            fix=["kac stock holds"],
        )
    _end(work, lines, "released", why)
    work.record("release", number, reason=why)
    says = _("{number}: the goods are free again: {reason}").format(number=number, reason=why)
    return Outcome({"number": number, "state": "released"}, (says,), ("kac stock holds",))


def _refuse_bound(number: str, line: Row) -> None:
    """Goods of a shipment are for its account alone; the sales company decides about more."""
    raise Refused(
        _("{number} is held for {customer} and used for nothing else").format(
            number=number, customer=line["customer_name"]
        ),
        code="E-SHP-003",
        rules=["DST-GDS-17", "DST-GDS-18"],
        fix=[f"kac shipment ask {line['reason']} {line['code']}:QTY --reason …"],
    )


def lapsed(work: Work) -> list[str]:
    """The orders to which goods were promised too long without any money; never a paid one."""
    policy = work.policy().section("stock", StockPolicy)
    made_before = work.on - timedelta(days=policy.unpaid_days)
    return [row["number"] for row in queries.lapsed(work.reader, made_before.isoformat())]


def expire(work: Work) -> list[str]:
    """Free what is kept beyond its day; the numbers of the holds."""
    over = queries.holds_over(work.reader, work.on.isoformat())
    _end(work, over, "expired", _("its last day is over"))
    numbers = list(dict.fromkeys(row["number"] for row in over))
    for number in numbers:
        work.record("expire", number)
    return numbers


def take(work: Work, order_id: int, location: str, wanted: Mapping[int, int]) -> None:
    """An order of the customer takes what is kept back for it first, the soonest over first."""
    customer = work.reader.value("SELECT customer_id FROM sales_order WHERE id = :id", id=order_id)
    for product_id, quantity in wanted.items():
        left = quantity - sum(row["taken"] for row in _taken(work, order_id, product_id))
        for row in queries.holds(work.reader, customer, product_id):
            part = min(left, row["kept"])
            if row["location"] == location and part > 0:
                _use(work, row["id"], "taken", part, order_id)
                left -= part


def give_back(work: Work, order_id: int, ended: Sequence[Row]) -> None:
    """What an order took of goods kept back and does not need is kept again, until its day."""
    for reservation in ended:
        left = reservation["quantity"]
        for row in _taken(work, order_id, reservation["product_id"]):
            part = min(left, row["taken"])
            if part > 0:
                _use(work, row["id"], "given_back", part, order_id)
                left -= part


def _taken(work: Work, order_id: int, product_id: int) -> list[Row]:
    """Lines of holds that an order has taken from, with how much of each it still has."""
    return work.reader.all(
        "SELECT l.id, sum(CASE WHEN u.how = 'taken' THEN u.quantity ELSE -u.quantity END) AS taken"
        " FROM stock_hold_use u JOIN stock_hold_line l ON l.id = u.stock_hold_line_id"
        " WHERE u.order_id = :order AND l.product_id = :product GROUP BY l.id ORDER BY l.id",
        order=order_id,
        product=product_id,
    )


def _end(work: Work, lines: Sequence[Row], how: str, reason: str) -> None:
    for line in lines:
        if line["kept"] > 0:
            _use(work, line["id"], how, line["kept"], reason=reason)


def _use(
    work: Work, line_id: int, how: str, quantity: int, order_id: int | None = None, reason: str = ""
) -> None:
    from kac.desk.stock.tables import StockHoldUse

    work.add(
        StockHoldUse(
            stock_hold_line_id=line_id,
            order_id=order_id,
            how=how,
            quantity=quantity,
            staff=work.actor.code,
            reason=reason,
            on_day=work.on,
            at=work.now,
        )
    )
