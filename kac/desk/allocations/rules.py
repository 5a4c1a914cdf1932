"""Rules of the allocations: money is used once, for its own customer's orders, and not after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kac.core.errors import BadInput, Refused
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.orders import rules as orders
from kac.desk.orders.policy import OrderPolicies
from kac.desk.orders.rules import OrderFacts
from kac.desk.orders.states import ORDER

DEPOSIT, PAYMENT = "deposit", "payment"


@dataclass(frozen=True)
class Share:
    """A part of a payment for an order, in fen; `kind` says whether it is its deposit."""

    order: str
    amount_fen: int
    kind: str = PAYMENT


@dataclass(frozen=True)
class Want:
    """What an order still costs, in fen."""

    order: str
    owed_fen: int


def first_in_first_out(free_fen: int, wants: Sequence[Want]) -> list[Share]:
    """Free money spread over orders in their order, each in full before the next gets any."""
    shares = []
    for want in wants:
        part = min(free_fen, want.owed_fen)
        if part > 0:
            shares.append(Share(want.order, part))
            free_fen -= part
    return shares


def refuse_nothing(share: Share) -> None:
    """Pass unless a part is nothing, or less; BadInput then."""
    if share.amount_fen <= 0:
        raise BadInput(
            _("{amount} is no part of a payment for {order}").format(
                amount=Money(share.amount_fen), order=share.order
            ),
            code="E-VAL-010",
            fix=[f"kac order show {share.order}"],
        )


def enough_free(number: str, free_fen: int, wanted_fen: int) -> Gate:
    """No fen of a payment is used twice (RTL-DUT-07)."""
    return Gate(
        "enough_free",
        ("RTL-DUT-07",),
        wanted_fen <= free_fen,
        _("{number} has {free} that is for nothing yet, {wanted} are wanted").format(
            number=number, free=Money(free_fen), wanted=Money(wanted_fen)
        ),
        command=f"kac payment show {number}",
    )


def same_customer(payment: str, payer: str, order: str, customer: str) -> Gate:
    """Money of one customer pays for no other's order; each has its own account (DST-GDS-07)."""
    return Gate(
        "same_customer",
        ("DST-GDS-07",),
        payer == customer,
        _("{payment} is money of {payer}, {order} is an order of {customer}").format(
            payment=payment, payer=payer, order=order, customer=customer
        ),
    )


def goods_still_here(order: str, slip: str) -> Gate:
    """Money is not taken away from goods that are going or gone (RTL-PRI-02)."""
    return Gate(
        "goods_still_here",
        ("RTL-PRI-02",),
        not slip,
        _("{order} has the slip {slip}: its money stays with it").format(order=order, slip=slip)
        if slip
        else _("no slip issued yet"),
        command=f"kac dispatch show {slip}" if slip else "",
    )


def covered_without(
    facts: OrderFacts, taken_fen: int, policies: OrderPolicies, today: date
) -> list[Gate]:
    """What would let goods go on credit when so much of their money were taken away (A-65)."""
    bare = replace(facts, verified_fen=facts.verified_fen - taken_fen)
    return orders.covering(bare, policies, today)


@dataclass(frozen=True)
class AgreementFacts:
    """What is agreed with a customer about the invoice of an order: `state` empty for nothing.

    `asked` where the terms of the sale ask for it.
    """

    order: str
    asked: bool
    invoice: str = ""
    state: str = ""


def content_agreed(facts: AgreementFacts, roles: Sequence[str]) -> Gate:
    """What is written on the invoice is agreed before money is collected (HYP-GDS-11).

    A customer who wants no invoice has agreed too.
    """
    rules = ("HYP-GDS-11", "C-14")
    if facts.state in ("agreed", "issued", "waived"):
        says = _("agreed with the customer: {invoice}").format(invoice=facts.invoice)
        return Gate("content_agreed", rules, True, says)
    if not facts.asked:
        return Gate("content_agreed", rules, True, _("paid before the goods go: nothing to agree"))
    says = _("{order}: not agreed yet what is written on the invoice").format(order=facts.order)
    command = (
        f"kac invoice agree {facts.invoice} --with …"
        if facts.invoice
        else f"kac invoice request {facts.order}"
    )
    return Gate("content_agreed", rules, False, says, tuple(roles), command)


def something_there(order: str, received_fen: int) -> Gate:
    """There is money to carry over (A-34)."""
    return Gate(
        "something_there",
        ("RTL-SHT-13",),
        received_fen > 0,
        _("{amount} has come for {order}").format(amount=Money(received_fen), order=order),
        command=f"kac payment record {order} --amount … --ref …",
    )


def refuse_state(number: str, state: str) -> None:
    """No money is taken for drafts and void forms."""
    if state in ("draft", "collecting", "voided"):
        raise Refused(
            _("{number} is {state}: no money is taken for it").format(
                number=number, state=ORDER.label(state)
            ),
            code="E-STA-001",
            rules=["RTL-DEP-01"],
            fix=[f"kac order show {number}"],
        )
