"""Verbs of promised arrivals: sign for one, count what comes towards it."""

from __future__ import annotations

from datetime import date

from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.quantity import format_quantity
from kac.core.text import safe_text
from kac.core.values import dataclass
from kac.db.work import Outcome, Work
from kac.desk.orders import queries as orders
from kac.desk.promises import queries, rules
from kac.desk.staff.actions import require


@dataclass(frozen=True)
class Wish:
    """A promise as somebody gives it; `order` is what it is for, `replaces` an earlier one."""

    product_id: int
    location: str
    quantity: int
    arrives_on: date
    signed_by: str
    signed_on: date | None
    order: str = ""
    replaces: str = ""
    note: str = ""


def promise(work: Work, wish: Wish) -> Outcome:
    """Sign for so much of a product by a day (RTL-ORD-03, GPA-STK-11)."""
    require(work, "stock.promise")
    number = write_down(work, wish)
    row = queries.find(work.reader, number, work.speaker)
    says = _("{number}: {quantity} {unit} {name} at {location} by {day}, {signer} answers for it")
    said = says.format(
        number=number,
        quantity=format_quantity(row["quantity"], row["scale"]),
        unit=row["unit"],
        name=row["name"],
        location=row["location"],
        day=row["arrives_on"],
        signer=row["signed_by"],
    )
    document = {
        "number": number,
        "state": "open",
        "product": row["code"],
        "arrives_on": row["arrives_on"],
        "signed_by": row["signed_by"],
    }
    return Outcome(document, (said,), (f"kac stock eta {row['code']}",))


def write_down(work: Work, wish: Wish) -> str:
    """Write a promise that the caller may give; its number. Shared with suppliers' answers."""
    from kac.desk.promises.tables import StockPromise

    name = safe_text(wish.signed_by, field=_("who signed"), longest=40)
    signed = rules.signed(name, wish.signed_on, work.on)
    require_open([signed, rules.ahead(wish.arrives_on, work.on)], _("no arrival is promised"))
    order = orders.find(work.reader, wish.order, work.speaker)["id"] if wish.order else None
    former = None
    if wish.replaces:
        former = queries.find(work.reader, wish.replaces, work.speaker)
        work.require_not_before(date.fromisoformat(former["on_day"]), former["number"])
    row = work.add(
        StockPromise(
            number=work.number(queries.KIND),
            product_id=wish.product_id,
            location=wish.location,
            quantity=wish.quantity,
            arrives_on=wish.arrives_on,
            signed_by=name,
            signed_on=wish.signed_on,
            order_id=order,
            replaces_id=former["id"] if former else None,
            made_by=work.actor.code,
            note=safe_text(wish.note, field=_("note")),
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("promise", row.number, arrives_on=wish.arrives_on.isoformat(), signed_by=name)
    return row.number


def came(work: Work, document: str, product_id: int, location: str, quantity: int) -> list[str]:
    """Count goods that came towards what was promised, the soonest due first; its numbers."""
    from kac.desk.promises.tables import StockPromiseArrival

    waiting = queries.open_for(work.reader, product_id, location)
    open_quantities = [queries.facts(work.reader, row).open for row in waiting]
    parts = list(zip(waiting, rules.shares(open_quantities, quantity), strict=True))
    work.add_all(
        [
            StockPromiseArrival(
                stock_promise_id=row["id"],
                document=document,
                quantity=part,
                on_day=work.on,
                at=work.now,
            )
            for row, part in parts
            if part
        ]
    )
    return [row["number"] for row, part in parts if part]


def end(work: Work, promise_id: int, reason: str) -> None:
    """Nothing more is expected of a promise; it stays measured by what came."""
    from kac.desk.promises.tables import StockPromiseEnd

    work.add(
        StockPromiseEnd(
            stock_promise_id=promise_id,
            reason=reason,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
