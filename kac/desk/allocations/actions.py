"""Verbs of the allocation: take money for orders, spread it, take it away, reverse it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kac.core.errors import NotPermitted, Refused
from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.allocations import postings, queries, rules
from kac.desk.allocations.announcing import announced, taken, whose
from kac.desk.allocations.rules import Share
from kac.desk.allocations.said import allocated, recorded
from kac.desk.customers import queries as customers
from kac.desk.deliveries.queries import earned_fen
from kac.desk.orders import actions as orders
from kac.desk.orders import rules as order_rules
from kac.desk.payments import actions as payments
from kac.desk.payments import queries as payment_queries
from kac.desk.payments import rules as payment_rules
from kac.desk.payments.actions import Receipt
from kac.desk.payments.states import HELD
from kac.desk.staff.actions import require
from kac.ledger import journal


def record(work: Work, reference: str, receipt: Receipt, declared: str = "") -> Outcome:
    """Take money for an order that is reviewed and signed for (FLW-APV-02, RTL-ORD-11)."""
    require(work, "payment.record")
    row = orders.gathered(work, reference)[0]
    gates = payable(work, row["number"], receipt.amount)
    number = receive(work, row, receipt, rules.PAYMENT, gates, declared)
    return recorded(work, row["number"], number)


def declare(work: Work, reference: str, receipt: Receipt) -> Outcome:
    """Write down that a customer says money was sent; only finance says that it came (BLK-MNY)."""
    require(work, "payment.declare")
    row = orders.gathered(work, reference)[0]
    number = announced(work, row, receipt)
    says = _("{number}: {customer} says that {amount} was sent; finance has not seen it").format(
        number=number, customer=row["customer_name"], amount=receipt.amount
    )
    hints = (
        f"kac deposit record {row['number']} --declared {number}",
        f"kac payment record {row['number']} --declared {number}",
    )
    return Outcome(payments.document(work, number), (says,), hints)


def payable(work: Work, reference: str, amount: Money) -> list[Gate]:
    """The gates of money for an order that is no deposit."""
    row, facts, policies = orders.gathered(work, reference)
    owed = payment_queries.money(work.reader, row)
    return [
        order_rules.reviewed(facts, policies.may["order.review"]),
        *order_rules.signatures(facts, policies),
        payment_rules.deposit_first(owed, amount),
        rules.content_agreed(queries.agreement(work.reader, row), policies.may["invoice.agree"]),
    ]


def receive(
    work: Work, row: Row, receipt: Receipt, kind: str, gates: Sequence[Gate], declared: str = ""
) -> str:
    """Judge and write money for one order; `gates` are the kind's own. Returns its number."""
    owed = payment_queries.money(work.reader, row)
    customer = customers.by_id(work.reader, row["customer_id"])
    tidy = payments.tidied(receipt, f"kac {kind} record {row['number']}")
    rules.refuse_state(row["number"], row["state"])
    if not declared:
        payments.refuse_twice(work, tidy)
    require_open(
        [
            *gates,
            payment_rules.not_too_much(owed, receipt.amount),
            *whose(work, declared, row["number"], customer),
        ],
        _("no money can be taken for {number}").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    # After this point the money must be recorded.
    number = taken(work, customer, receipt, f"kac {kind} record {row['number']}", declared)
    put(work, number, row, Share(row["number"], receipt.amount.fen, kind))
    return number


def on_account(
    work: Work,
    customer_reference: str,
    receipt: Receipt,
    shares: Sequence[Share],
    declared: str = "",
) -> Outcome:
    """Take money of a customer for several orders at once, or for none yet."""
    require(work, "payment.record")
    customer = customers.find(work.reader, customer_reference)
    require_open(
        whose(work, declared, customer["number"], customer),
        _("{number} is not taken for {customer}").format(
            number=declared, customer=customer["number"]
        ),
    )
    command = f"kac payment record -c {customer['number']}"
    number = taken(work, customer, receipt, command, declared)
    _spread(work, payment_queries.by_number(work.reader, number), shares)
    return allocated(work, number)


def allocate(work: Work, reference: str, shares: Sequence[Share], *, fifo: bool = False) -> Outcome:
    """Say what free money is for: parts for orders, or the oldest orders first."""
    require(work, "payment.allocate")
    payment = payment_queries.find(work.reader, reference, work.speaker)
    _refuse_not_held(payment)
    if fifo:
        wants = queries.wanting(work.reader, payment["customer_id"])
        shares = rules.first_in_first_out(payment["free_fen"], wants)
        if not shares:
            raise Refused(
                _("{number}: no order of {customer} wants money").format(
                    number=payment["number"], customer=payment["customer_name"]
                ),
                code="E-ALC-001",
                fix=[f"kac order list -c {payment['customer']}"],
            )
    _spread(work, payment, shares)
    return allocated(work, payment["number"])


def _spread(work: Work, payment: Row, shares: Sequence[Share]) -> None:
    wanted = sum(share.amount_fen for share in shares)
    free = payment_queries.by_number(work.reader, payment["number"])["free_fen"]
    gates = [rules.enough_free(payment["number"], free, wanted)]
    rows = []
    for share in shares:
        rules.refuse_nothing(share)
        row = orders.gathered(work, share.order)[0]
        rules.refuse_state(row["number"], row["state"])
        amount = Money(share.amount_fen)
        gates += [
            rules.same_customer(
                payment["number"], payment["customer_name"], row["number"], row["customer_name"]
            ),
            *payable(work, row["number"], amount),
            payment_rules.not_too_much(payment_queries.money(work.reader, row), amount),
        ]
        rows.append(row)
    require_open(
        gates,
        _("{number} cannot be allocated so").format(number=payment["number"]),
        refs={"payment": payment["number"]},
    )
    for row, share in zip(rows, shares, strict=True):
        put(work, payment["number"], row, share)


def assign(work: Work, payment: Row, order: Row, share: Share, gates: Sequence[Gate]) -> None:
    """Use free money of a payment for one order; `gates` are those of what it is used as."""
    _refuse_not_held(payment)
    rules.refuse_state(order["number"], order["state"])
    rules.refuse_nothing(share)
    owed = payment_queries.money(work.reader, order)
    require_open(
        [
            rules.enough_free(payment["number"], payment["free_fen"], share.amount_fen),
            rules.same_customer(
                payment["number"], payment["customer_name"], order["number"], order["customer_name"]
            ),
            *gates,
            payment_rules.not_too_much(owed, Money(share.amount_fen)),
        ],
        _("{number} cannot be used for {order}").format(
            number=payment["number"], order=order["number"]
        ),
        refs={"payment": payment["number"], "order": order["number"]},
    )
    put(work, payment["number"], order, share)


def carry(work: Work, old: Row, new: Row, amount: Money, reason: str) -> Money:
    """Carry money of one order over to its successor, in order of arrival. Returns how much.

    Each part is taken away and allocated anew by rows of its own; deposits stay deposits.
    """
    rules.refuse_state(new["number"], new["state"])
    owed = payment_queries.money(work.reader, new)
    require_open(
        [
            rules.something_there(old["number"], old["received_fen"]),
            rules.goods_still_here(old["number"], old["dispatch"]),
            rules.same_customer(
                old["number"], old["customer_name"], new["number"], new["customer_name"]
            ),
        ],
        _("the money of {order} cannot be carried over").format(order=old["number"]),
        refs={"order": old["number"]},
    )
    left = min(amount.fen, owed.owed_fen)
    moved = 0
    for each in queries.of_order(work.reader, old["id"]):
        part = min(left - moved, each["amount_fen"])
        if part <= 0:
            break
        release(work, each["payment"], {**dict(each), "order_number": old["number"]}, reason)
        put(work, each["payment"], new, Share(new["number"], part, each["kind"]))
        if rest := each["amount_fen"] - part:
            put(work, each["payment"], old, Share(old["number"], rest, each["kind"]))
        moved += part
    return Money(moved)


def put(work: Work, number: str, order: Row, share: Share) -> None:
    """Write that a part of a payment is for an order; what may be was judged before."""
    from kac.desk.allocations.tables import PaymentAllocation

    payment = payment_queries.by_number(work.reader, number)
    payments.require_not_before(work, payment)
    amount, before = Money(share.amount_fen), earned_fen(work.reader, order["id"])
    allocation = work.add(
        PaymentAllocation(
            payment_id=payment["id"],
            order_id=order["id"],
            kind=share.kind,
            amount_fen=amount.fen,
            allocated_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    assert allocation.id is not None
    if earned := earned_fen(work.reader, order["id"]) - before:
        journal.post(work, postings.applied(allocation.id, number, Money(earned)))
    work.record("allocate", number, order=order["number"], amount_fen=amount.fen)


def unallocate(work: Work, reference: str, order: str, reason: str) -> Outcome:
    """Take money away from an order whose goods are still here; the money stays the customer's."""
    require(work, "payment.allocate")
    why = required_text(reason, field=_("reason"))
    payment = payment_queries.find(work.reader, reference, work.speaker)
    row = orders.gathered(work, order)[0]
    living = [
        each
        for each in queries.of_payment(work.reader, payment["id"])
        if each["order_number"] == row["number"]
    ]
    if not living:
        raise Refused(
            _("nothing of {number} is for {order}").format(
                number=payment["number"], order=row["number"]
            ),
            code="E-ALC-002",
            fix=[f"kac payment show {payment['number']}"],
        )
    require_open(
        [
            rules.goods_still_here(row["number"], living[0]["kept_by"]),
            *(gate for each in living for gate in _covering(work, payment, each)),
        ],
        _("{number} cannot be taken away from {order}").format(
            number=payment["number"], order=row["number"]
        ),
        refs={"payment": payment["number"], "order": row["number"]},
    )
    for each in living:
        release(work, payment["number"], each, why)
    return allocated(work, payment["number"])


def _covering(work: Work, payment: Row, part: Row) -> list[Gate]:
    """What lets goods with a slip stay out without this money; none where only money does."""
    if not part["slip"] or part["kept_by"] or payment["state"] != "verified":
        return []
    _row, facts, policies = orders.gathered(work, part["order_number"])
    return rules.covered_without(facts, part["amount_fen"], policies, work.on)


def release(work: Work, payment: str, allocation: Row | dict[str, Any], reason: str) -> None:
    """Take one allocation away by a row of its own; what it had settled is owed again."""
    from kac.desk.allocations.tables import PaymentAllocation

    taken = work.get(PaymentAllocation, allocation["id"])
    before = earned_fen(work.reader, taken.order_id)
    work.add(
        PaymentAllocation(
            payment_id=taken.payment_id,
            order_id=taken.order_id,
            kind=taken.kind,
            amount_fen=taken.amount_fen,
            reverses=taken.id,
            reason=reason,
            allocated_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    assert taken.id is not None
    if settled := before - earned_fen(work.reader, taken.order_id):
        journal.post(work, postings.released(taken.id, payment, Money(settled)))
    work.record(
        "unallocate",
        payment,
        order=allocation["order_number"],
        amount_fen=taken.amount_fen,
        reason=reason,
    )


def reverse(work: Work, reference: str, reason: str) -> Outcome:
    """Take money that was never there out of the books by a red entry (A-56: by another person)."""
    require(work, "payment.reverse")
    why = required_text(reason, field=_("reason"))
    row = payment_queries.find(work.reader, reference, work.speaker)
    payments.refuse_cheque(row["method"], "kac cheque list --state all")
    if row["received_by"] == work.actor.code:
        raise NotPermitted(
            _("{actor} took {number} and may not reverse it").format(
                actor=work.actor.code, number=row["number"]
            ),
            rules=["RTL-DUT-07", "A-56"],
        )
    living = queries.of_payment(work.reader, row["id"])
    require_open(
        [
            *[rules.goods_still_here(each["order_number"], each["kept_by"]) for each in living],
            *(g for each in living for g in _covering(work, row, each) if g.name == "guaranteed"),
            rules.enough_free(
                row["number"],
                row["free_fen"] + sum(each["amount_fen"] for each in living),
                row["amount_fen"],
            ),
        ],
        _("{number} cannot be reversed").format(number=row["number"]),
        refs={"payment": row["number"]},
    )
    for each in living:
        release(work, row["number"], each, why)
    payments.take_back(work, row, "reverse", why)
    says = _("{number}: {amount} is reversed: {reason}").format(
        number=row["number"], amount=Money(row["amount_fen"]), reason=why
    )
    hints = tuple(f"kac order show {each['order_number']}" for each in living)
    return Outcome(payments.document(work, row["number"]), (says,), hints)


def _refuse_not_held(payment: Row) -> None:
    if payment["state"] not in HELD:
        raise Refused(
            _("{number} is {state}: there is no money to allocate").format(
                number=payment["number"], state=payment["state"]
            ),
            code="E-STA-001",
            rules=["RTL-DUT-07"],
            fix=[f"kac payment show {payment['number']}"],
        )
