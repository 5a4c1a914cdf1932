"""Settling a return: what was earned goes back, what was owed is owed no more, money is free."""

from __future__ import annotations

from datetime import date

from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.allocations import actions as allocations
from kac.desk.allocations import queries as allocated
from kac.desk.allocations.rules import Share
from kac.desk.deliveries.queries import earned_fen
from kac.desk.orders import actions as order_actions
from kac.desk.orders import queries as orders
from kac.desk.orders import rules as order_rules
from kac.desk.payments import queries as payments
from kac.desk.refunds import actions as refunds
from kac.desk.refunds import queries as refund_queries
from kac.desk.refunds.rules import Source, verified
from kac.desk.returns import postings, queries, rules
from kac.desk.returns.actions import document
from kac.desk.returns.rules import ReturnFacts
from kac.desk.returns.states import CREDIT, EXCHANGE, GONE, REFUND, RETURN
from kac.desk.staff.actions import require
from kac.ledger import journal


@dataclass(frozen=True)
class Freed:
    """Money that was for goods that came back, in fen, and the payment that it is of."""

    payment: str
    amount_fen: int


def settle(work: Work, reference: str, *, refund: bool = False) -> Outcome:
    """Settle a return with the customer (FLW-AFT-01, RTL-SHT-13..15, A-46).

    What the goods had cost is taken off what is owed for their order; money that was paid for them
    is free, goes over to the other goods of an exchange, and with `refund` is asked back: by the
    way it came, signed by logistics and paid by a third person. Nothing above what was received.
    """
    require(work, "return.settle")
    row = queries.find(work.reader, reference, work.speaker)
    RETURN.after(row["state"], "settle", subject=row["number"])
    work.require_not_before(date.fromisoformat(row["inspected_on"]), row["number"])
    facts = queries.facts(work.reader, row)
    order = orders.by_id(work.reader, row["order_id"])
    require_open(
        _gates(work, row, facts, order, refund=refund),
        _("{number} cannot be settled").format(number=row["number"]),
        refs={"return": row["number"], "order": row["order_number"]},
    )
    # After this point the return must be settled.
    before = earned_fen(work.reader, order["id"])
    _write(work, row, facts, refund=refund)
    held = before - earned_fen(work.reader, order["id"])
    if entry := postings.held_again(row["number"], Money(held)):
        journal.post(work, entry)
    freed = _free(work, order, row["number"])
    says = [_credited(row, facts, freed)]
    says += _used_for_others(work, row, freed)
    back = _asked_back(work, row, order, freed) if refund else []
    says += [refunds.requested_says(refund_queries.by_number(work.reader, each)) for each in back]
    says += _left_over(row, freed, back)
    row = queries.by_number(work.reader, row["number"])
    hints = [f"kac refund print {each}" for each in back]
    return Outcome({**document(work, row), "refunds": back}, tuple(says), tuple(hints))


def _gates(work: Work, row: Row, facts: ReturnFacts, order: Row, *, refund: bool) -> list[Gate]:
    gates = _other_goods(work, row, facts) if row["exchange"] else []
    too_much = _too_much_fen(order) + facts.worth_fen
    if refund and too_much > 0:
        sources = [
            Source(each["payment"], each["payment_state"], each["amount_fen"])
            for each in allocated.of_order(work.reader, order["id"])
        ]
        gates.append(verified(sources))
    return gates


def _other_goods(work: Work, row: Row, facts: ReturnFacts) -> list[Gate]:
    """The order for the other goods is signed for and reviewed, as any before money is for it."""
    reviewed = rules.exchange_reviewed(facts, work.policy().may["order.review"])
    if row["exchange_state"] in GONE:
        return [reviewed]
    _order, judged, policies = order_actions.gathered(work, row["exchange"])
    return [reviewed, *order_rules.signatures(judged, policies)]


def _too_much_fen(order: Row) -> int:
    """What has come for an order above what is kept of it, in fen; below nothing it is owed."""
    return int(order["received_fen"] - (order["total_fen"] - order["returned_fen"]))


def _write(work: Work, row: Row, facts: ReturnFacts, *, refund: bool) -> None:
    from kac.desk.returns.tables import GoodsReturn, ReturnCredit

    work.add_all(
        [
            ReturnCredit(
                return_id=row["id"],
                line=line.line,
                quantity=line.stands,
                amount_fen=line.worth_fen,
                on_day=work.on,
            )
            for line in facts.lines
            if line.stands
        ]
    )
    if entry := postings.settled(row["number"], Money(facts.worth_fen)):
        journal.post(work, entry)
    goods = work.get(GoodsReturn, row["id"])
    goods.way = EXCHANGE if row["exchange"] else REFUND if refund else CREDIT
    goods.settled_by, goods.settled_on = work.actor.code, work.on
    work.move(goods, RETURN, "settle")


def _free(work: Work, order: Row, number: str) -> list[Freed]:
    """Take away from an order what has come for it above what is kept, the last money first."""
    now = orders.by_id(work.reader, order["id"])
    left = _too_much_fen(now)
    freed = []
    why = _("goods given back: {number}").format(number=number)
    for each in reversed(allocated.of_order(work.reader, order["id"])):
        part = min(left, each["amount_fen"])
        if part <= 0:
            break
        allocations.release(
            work, each["payment"], {**dict(each), "order_number": order["number"]}, why
        )
        if rest := each["amount_fen"] - part:
            _assign(work, each["payment"], order["id"], Share(order["number"], rest, each["kind"]))
        freed.append(Freed(each["payment"], part))
        left -= part
    return freed


def _assign(work: Work, payment: str, order_id: int, share: Share) -> None:
    money = payments.by_number(work.reader, payment)
    allocations.assign(work, money, orders.by_id(work.reader, order_id), share, ())


def _credited(row: Row, facts: ReturnFacts, freed: list[Freed]) -> str:
    money = sum(each.amount_fen for each in freed)
    says = _("{number}: {amount} less for {order}; {owed} less is owed, {money} of money is free")
    return says.format(
        number=row["number"],
        amount=Money(facts.worth_fen),
        order=row["order_number"],
        owed=Money(facts.worth_fen - money),
        money=Money(money),
    )


def _used_for_others(work: Work, row: Row, freed: list[Freed]) -> list[str]:
    """Carry freed money over to the other goods of an exchange, as far as they cost it."""
    if not row["exchange"] or row["exchange_state"] in GONE:
        return []
    carried = 0
    for place, each in enumerate(freed):
        order = orders.by_id(work.reader, row["exchange_id"])
        part = min(each.amount_fen, payments.money(work.reader, order).owed_fen)
        if part <= 0:
            break
        _assign(work, each.payment, order["id"], Share(order["number"], part))
        freed[place] = Freed(each.payment, each.amount_fen - part)
        carried += part
    order = orders.by_id(work.reader, row["exchange_id"])
    owed = payments.money(work.reader, order).owed_fen
    return [
        _("{order}: {carried} carried over, {owed} still owed for the other goods").format(
            order=order["number"], carried=Money(carried), owed=Money(owed)
        )
    ]


def _asked_back(work: Work, row: Row, order: Row, freed: list[Freed]) -> list[str]:
    """Ask for what is free to go back the way it came; who made or settled it never signs it."""
    hands = ", ".join(dict.fromkeys((row["made_by"], work.actor.code)))
    why = _("goods given back: {number}").format(number=row["number"])
    return [
        refunds.ask(
            work,
            payments.by_number(work.reader, each.payment),
            order,
            refunds.Wish(Money(each.amount_fen), why),
            hands,
        )
        for each in freed
        if each.amount_fen
    ]


def _left_over(row: Row, freed: list[Freed], back: list[str]) -> list[str]:
    free = sum(each.amount_fen for each in freed)
    if back or not free:
        return []
    says = _("{amount} stays on the account of {customer}, for nothing yet")
    return [says.format(amount=Money(free), customer=row["customer_name"])]
