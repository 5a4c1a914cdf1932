"""What becomes of a void form that was paid for: new forms in its place, its money, the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Work
from kac.desk.allocations import actions as allocations
from kac.desk.allocations import queries as allocated
from kac.desk.deposits import queries as deposits
from kac.desk.deposits.rules import minimum
from kac.desk.lines.rules import LineDraft
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.orders.actions import OrderDraft
from kac.desk.payments import queries as payments
from kac.desk.refunds import actions as refunds
from kac.desk.refunds import queries as refund_queries
from kac.desk.shortages import queries, rules
from kac.desk.shortages.states import POSTPONE
from kac.desk.stock import actions as stock


@dataclass(frozen=True)
class Settled:
    """The numbers of the new forms and of the refunds asked for, and what to say of them."""

    orders: list[str]
    refunds: list[str]
    says: tuple[str, ...]
    hints: tuple[str, ...]


def settle(work: Work, number: str) -> Settled | None:
    """Make the forms that a customer chose in the place of a void one, and settle its money.

    None where the form is void for another reason. RTL-SHT-03, RTL-SHT-12, RTL-SHT-13, RTL-SHT-18:
    the new forms run through every gate and signature again.
    """
    row = order_queries.find(work.reader, number, work.speaker)
    way = queries.chosen(work.reader, row["id"])
    planned = queries.forms(work.reader, row["id"])
    if way is None or not planned or queries.successors(work.reader, row["id"]):
        return None
    stock.end_reservations(work, row["id"], "released")
    made = [_made(work, row, way, form, lines) for form, lines in planned.items()]
    says = list(_money_carried(work, row, made, way["reason"]))
    back = _money_over(work, row, way)
    says += [refunds.requested_says(refund_queries.by_number(work.reader, each)) for each in back]
    hints = [f"kac order review {each}" for each in made] + [
        f"kac order print {each}" for each in made
    ]
    hints += [f"kac refund print {each}" for each in back]
    return Settled(made, back, tuple(says), tuple(hints))


def _made(work: Work, row: Row, way: Row, form: int, lines: Sequence[LineDraft]) -> str:
    """Hand one new form in; the second is the one whose customer waits."""
    from kac.desk.shortages.tables import Shortage

    waits = form > 1
    need_by = date.fromisoformat(way["until"] if waits else row["need_by"])
    number = orders.draft(
        work,
        OrderDraft(
            customer_id=row["customer_id"],
            need_by=max(need_by, work.on),
            lines=tuple(lines),
            address=row["address"],
            note=row["note"],
            location=row["location"],
            delivery=row["delivery"],
            payment_terms=row["payment_terms"],
            replaces=row["id"],
        ),
    )
    if waits:
        new = order_queries.find(work.reader, number, work.speaker)
        work.add(
            Shortage(
                order_id=new["id"],
                way=POSTPONE,
                refund=False,
                until=max(need_by, work.on),
                reason=way["reason"],
                made_by=way["made_by"],
                on_day=work.on,
                at=work.now,
            )
        )
    orders.submit(work, number, is_new=True)
    return number


def _money_carried(work: Work, row: Row, made: Sequence[str], reason: str) -> list[str]:
    """Carry the money over, to each form its least deposit first; a sentence for each form."""
    new = [order_queries.find(work.reader, number, work.speaker) for number in made]
    least = [
        minimum(
            deposits.facts(each), deposits.policy(order_queries.policy(work.reader, each))
        ).whole_fen
        for each in new
    ]
    totals = [each["total_fen"] for each in new]
    says = []
    for each, share in zip(new, rules.shares(row["received_fen"], totals, least), strict=True):
        if share:
            old = order_queries.by_id(work.reader, row["id"])
            allocations.carry(work, old, each, Money(share), reason)
        says.append(
            _("{number} takes the place of {old}: {total}, {carried} carried over").format(
                number=each["number"],
                old=row["number"],
                total=Money(each["total_fen"]),
                carried=Money(share),
            )
        )
    return says


def _money_over(work: Work, row: Row, way: Row) -> list[str]:
    """Free what no new form needs, and ask for it back where the customer wants that."""
    made = []
    for each in allocated.of_order(work.reader, row["id"]):
        allocations.release(
            work, each["payment"], {**dict(each), "order_number": row["number"]}, way["reason"]
        )
        payment = payments.by_number(work.reader, each["payment"])
        if way["refund"] and payment["state"] == "verified":
            hands = ", ".join(dict.fromkeys((way["made_by"], work.actor.code)))
            wish = refunds.Wish(Money(each["amount_fen"]), way["reason"])
            made.append(refunds.ask(work, payment, row, wish, hands))
    return made
