"""Rules of the order: what its lines come to, and the gates on its way to the reviewed form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Any

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.approvals import rules as approvals
from kac.desk.approvals.rules import Signed, Step
from kac.desk.covers import rules as covers
from kac.desk.covers.rules import CoverFacts
from kac.desk.customers.rules import CustomerFacts, customer_filed
from kac.desk.discounts import rules as discounts
from kac.desk.lines.rules import PricedLine
from kac.desk.margins.policy import Tier
from kac.desk.margins.rules import margin_not_negative, order_sums, worst_tier
from kac.desk.orders.policy import OrderPolicies
from kac.desk.papers import rules as papers
from kac.desk.papers.rules import Copy
from kac.desk.quotations import rules as quotations
from kac.desk.quotations.rules import Review
from kac.desk.quotations.states import DELIVERIES, PAYMENT_TERMS
from kac.desk.stock.rules import Supply, supply_confirmed


@dataclass(frozen=True)
class OrderFacts:
    """An order as its gates see it. `copies` are those of the order form; money is in fen.

    `goods_left` once they are on the vehicle. `deposit_fen` is what came as a deposit,
    `received_fen` all money, `verified_fen` the part that finance has seen in the account.
    `quotation` is the review of the quotation that it was made from; `cover` is what stands behind
    an order that is not paid beforehand;
    `categories` are those of the goods, where a table of discounts asks for them;
    `waits` while the customer has agreed to wait for its goods; `cut_fen` is not wanted any more.
    """

    id: int
    number: str
    state: str
    revision: int
    prepared_by: str
    need_by: date
    made_on: date
    address: str
    location: str
    customer: CustomerFacts
    lines: tuple[PricedLine, ...]
    supplies: tuple[Supply, ...]
    goods_left: bool
    approval: str
    steps: tuple[Step, ...]
    signed: tuple[Signed, ...]
    reviewed_by: str
    copies: Mapping[str, Copy]
    deposit_fen: int
    received_fen: int
    verified_fen: int
    delivery: str = "deliver"
    payment_terms: str = "prepaid"
    quotation: Review | None = None
    categories: Mapping[int, str] = field(default_factory=dict)
    cover: CoverFacts | None = None
    waits: bool = False
    cut_fen: int = 0

    @property
    def total_fen(self) -> int:
        """What the customer pays for all lines, less what was cut of them."""
        return sum(line.amount_fen for line in self.lines) - self.cut_fen

    @property
    def fresh_fen(self) -> int:
        """The part of the total that is fresh food."""
        return sum(line.amount_fen for line in self.lines if line.fresh)


def tier(lines: Sequence[PricedLine], policies: OrderPolicies) -> Tier | None:
    """The margin tier that an order of these lines falls into."""
    return worst_tier([line.margin_facts for line in lines], policies.margins)


def route(lines: Sequence[PricedLine], policies: OrderPolicies) -> tuple[Step, ...]:
    """The signatures that an order of these lines needs."""
    facts = [line.margin_facts for line in lines]
    return approvals.route(facts, tier(lines, policies), policies.approvals)


def no_riskier(
    before: Sequence[PricedLine], after: Sequence[PricedLine], policies: OrderPolicies
) -> bool:
    """Whether a change lowers no margin and raises no amount: then nobody is asked twice (C-08).

    Every line must have been there, at no lower price, no deeper discount and no higher cost, a
    gift in no larger quantity; the total may not grow, and neither the tier nor the margin of
    the whole may fall.
    """
    known = {line.goods: line for line in before}
    for line in after:
        old = known.get(line.goods)
        if old is None or line.unit_price_fen < old.unit_price_fen or _deeper(old, line):
            return False
        if line.cost_fen > old.cost_fen or (line.gift and line.quantity > old.quantity):
            return False
    old_amount, old_cost = order_sums([line.margin_facts for line in before])
    amount, cost = order_sums([line.margin_facts for line in after])
    if amount > old_amount or cost * old_amount > old_cost * amount:
        return False
    was, now = tier(before, policies), tier(after, policies)
    return now is None or (was is not None and now.from_bp >= was.from_bp)


def still_held(before: OrderFacts, after: OrderFacts, policies: OrderPolicies) -> list[Signed]:
    """Signatures that a change which lowers no margin and raises no amount leaves standing."""
    if not no_riskier(before.lines, after.lines, policies):
        return []
    return approvals.carried(before.steps, before.signed, after.steps)


def to_sign(facts: OrderFacts, policies: OrderPolicies) -> dict[str, Any]:
    """What is frozen on a request: sums in fen, the tier's rule, the lines with price and cost."""
    amount, cost = order_sums([line.margin_facts for line in facts.lines])
    reached = tier(facts.lines, policies)
    return {
        "total_fen": amount,
        "cost_fen": cost,
        "tier": reached.rule if reached else "",
        "lines": [
            [line.line, line.code, line.quantity, line.unit_price_fen, line.cost_fen]
            for line in facts.lines
        ],
    }


def _deeper(old: PricedLine, new: PricedLine) -> bool:
    """Whether the discount rate grew: a list price that rose makes one of an old price."""
    grown = new.unit_price_fen * old.list_price_fen < old.unit_price_fen * new.list_price_fen
    return new.margin_facts.discounted and grown


def to_submit(facts: OrderFacts, policies: OrderPolicies) -> list[Gate]:
    """What must hold before goods are promised: the file, the terms, the stock, the cost."""
    return [
        customer_filed(facts.customer, policies.filing),
        need_by_ahead(facts, policies.may["order.edit"]),
        terms_agreed(facts, policies.may["order.edit"]),
        supply(facts),
        margin_not_negative(
            facts.number,
            [line.margin_facts for line in facts.lines],
            policies.may["order.edit"],
        ),
        *discounts.discount_in_table(
            facts.number,
            [_at_table(facts, line) for line in facts.lines if not line.gift],
            policies.discounts.rows(),
            policies.may["order.edit"],
        ),
    ]


def _at_table(facts: OrderFacts, line: PricedLine) -> discounts.Goods:
    """A line as the table of discounts looks at it."""
    return discounts.Goods(
        line=line.line,
        name=line.name,
        category=facts.categories.get(line.product_id, ""),
        relation=discounts.LONG_TERM if facts.customer.long_term else discounts.OTHER,
        quantity=line.quantity,
        scale=line.scale,
        list_price_fen=line.list_price_fen,
        unit_price_fen=line.unit_price_fen,
        cost_fen=line.cost_fen,
    )


def to_review(facts: OrderFacts, policies: OrderPolicies, today: date) -> list[Gate]:
    """What must hold before a supervisor passes an order: for one on credit, its cover too."""
    gates = to_submit(facts, policies)
    if facts.cover:
        gates += covers.to_review(facts.cover, _unpaid_fen(facts), policies.may, today)
    return gates


def covering(
    facts: OrderFacts, policies: OrderPolicies, today: date, part: tuple[str, int] | None = None
) -> list[Gate]:
    """What lets the goods of an order, or the `part` of a slip, go before the money."""
    owed, may = _unpaid_fen(facts), policies.may
    return covers.going(facts.cover, facts.total_fen, owed, may, today, part)


def covered_by(facts: OrderFacts, today: date) -> str:
    """The papers that goods go by before their money: letter and limit, or contracts (RTL-CTL-01).

    Empty for a prepaid order.
    """
    cover = facts.cover
    if cover is None:
        return ""
    if cover.terms == "monthly":
        return ", ".join(each.number for each in cover.living(today))
    return ", ".join(each.number for each in (cover.letter, cover.limit) if each)


def next_of(facts: OrderFacts) -> str:
    """The command that a reviewed order waits for first, by its terms."""
    if facts.cover is None:
        return "deposit quote"
    return "credit letter" if facts.payment_terms == "credit" else "explain"


def _unpaid_fen(facts: OrderFacts) -> int:
    """What finance has not seen yet."""
    return facts.total_fen - facts.verified_fen


def supply(facts: OrderFacts) -> Gate:
    """The stock covers every line (RTL-REC-14).

    Once the goods have left it is no longer asked, nor while the customer waits for them: then the
    slip waits for their arrival (RTL-SHT-04..08).
    """
    gate = supply_confirmed(facts.number, facts.supplies)
    if facts.waits and not gate.open:
        says = _("the customer waits for the goods until {day}").format(day=facts.need_by)
        return Gate(gate.name, gate.rules, True, says)
    if not facts.goods_left:
        return gate
    return Gate(gate.name, gate.rules, True, _("the goods have left"))


def signatures(facts: OrderFacts, policies: OrderPolicies) -> list[Gate]:
    """The gates of the signatures that this order needs, none when it needs none.

    What was rejected is changed by those who may change orders, and asks anew (RTL-REC-17). An
    order that was made from a quotation rests on its review, and has signatures of its own (C-20).
    """
    mend = f"kac order edit {facts.number} --line CODE:QTY@PRICE"
    own = approvals.gates(
        facts.approval, facts.steps, facts.signed, policies.may["order.edit"], mend
    )
    return [*quotations.reviewed(facts.quotation), *own] if facts.quotation else own


def need_by_ahead(facts: OrderFacts, roles: Sequence[str]) -> Gate:
    """The customer's day is not before the order was made (RTL-REC-12)."""
    days = {"need_by": facts.need_by.isoformat(), "made_on": facts.made_on.isoformat()}
    if facts.need_by >= facts.made_on:
        return Gate("need_by_ahead", ("RTL-REC-12",), True, _("wanted by {need_by}").format(**days))
    return Gate(
        "need_by_ahead",
        ("RTL-REC-12",),
        False,
        _("wanted by {need_by}, but made on {made_on}").format(**days),
        tuple(roles),
        f"kac order edit {facts.number} --need-by DAY" if facts.number else "",
    )


def with_terms(
    facts: OrderFacts, need_by: date | None, delivery: str | None, payment_terms: str | None
) -> OrderFacts:
    """An order as it would be with other terms; None leaves a term as it is."""
    return replace(
        facts,
        need_by=need_by or facts.need_by,
        delivery=facts.delivery if delivery is None else delivery,
        payment_terms=facts.payment_terms if payment_terms is None else payment_terms,
    )


def terms_agreed(facts: OrderFacts, roles: Sequence[str]) -> Gate:
    """Delivery and payment are agreed, as price is, before goods are promised or go out.

    CRF-SAL-03, GPM-PHY-04.
    """
    rules = ("CRF-SAL-03", "GPM-PHY-04")
    wanting = {
        _("delivery"): "" if facts.delivery else "--delivery deliver",
        _("payment"): "" if facts.payment_terms else "--payment prepaid",
    }
    options = [option for option in wanting.values() if option]
    if not options:
        says = _("{delivery}, {payment}").format(
            delivery=_(DELIVERIES[facts.delivery]), payment=_(PAYMENT_TERMS[facts.payment_terms])
        )
        return Gate("terms_agreed", rules, True, says)
    return Gate(
        "terms_agreed",
        rules,
        False,
        _("not agreed yet: {terms}").format(
            terms=", ".join(name for name, option in wanting.items() if option)
        ),
        tuple(roles),
        " ".join(["kac order edit", facts.number, *options]) if facts.number else "",
    )


def submitted(facts: OrderFacts, roles: Sequence[str]) -> Gate:
    """The order has been handed in and its goods are reserved (RTL-REC-14).

    Before that nothing is prepared or made for it (CRF-SAL-04).
    """
    rules = ("RTL-REC-14", "CRF-SAL-04")
    if facts.state != "draft":
        return Gate("submitted", rules, True, _("submitted, goods reserved"))
    return Gate(
        "submitted",
        rules,
        False,
        _("still a draft: nothing is reserved, nothing promised"),
        tuple(roles),
        f"kac order submit {facts.number}",
    )


def reviewed(facts: OrderFacts, roles: Sequence[str]) -> Gate:
    """A supervisor or above has reviewed this version of the order (RTL-DEP-01, A-39)."""
    rules = ("RTL-DEP-01",)
    if facts.reviewed_by:
        says = _("reviewed by {staff}").format(staff=facts.reviewed_by)
        return Gate("reviewed", rules, True, says)
    return Gate(
        "reviewed",
        rules,
        False,
        _("not reviewed by a supervisor yet"),
        tuple(roles),
        f"kac order review {facts.number}",
    )


def form_printed(facts: OrderFacts, policies: OrderPolicies) -> Gate:
    """The form is out in its three copies (RTL-ORD-05..08)."""
    return papers.printed(
        "form_printed",
        ["RTL-ORD-05", "RTL-ORD-06", "RTL-ORD-07", "RTL-ORD-08"],
        _("order form"),
        policies.order.copies,
        facts.copies,
        policies.may["order.print"],
        f"kac order print {facts.number}",
    )


def photocopied(facts: OrderFacts, roles: Sequence[str]) -> list[Gate]:
    """A deposit came first: finance has a photocopy of the form before goods leave (RTL-ORD-09).

    No gate where no deposit came.
    """
    if not facts.deposit_fen:
        return []
    copy = facts.copies.get(papers.PHOTOCOPY)
    if copy is None:
        says = _("a deposit came first: no photocopy of the form has been made for finance yet")
        command = f"kac order photocopy {facts.number}"
        return [Gate("photocopied", ("RTL-ORD-09",), False, says, tuple(roles), command)]
    says = _("photocopy for finance made by {staff} on {day}").format(
        staff=copy.by, day=copy.on_day
    )
    return [Gate("photocopied", ("RTL-ORD-09",), True, says)]


def unpaid(facts: OrderFacts) -> Gate:
    """No money has been taken: what was paid for is exchanged by its own procedure (RTL-SHT-13)."""
    if not facts.received_fen:
        return Gate("unpaid", ("RTL-SHT-13",), True, _("no money has been taken"))
    return Gate(
        "unpaid",
        ("RTL-SHT-13", "RTL-SHT-15"),
        False,
        _("{amount} has been taken for it; that money must be given back or moved first").format(
            amount=Money(facts.received_fen)
        ),
    )


def unprinted(facts: OrderFacts) -> Gate:
    """The form is not out yet: a printed form is never altered, it is voided (C-08, RTL-SHT-02)."""
    if not facts.copies:
        return Gate("unprinted", ("RTL-SHT-02",), True, _("the form has not been printed"))
    return Gate(
        "unprinted",
        ("RTL-SHT-02",),
        False,
        _("the printed form {number} is not altered: void it and make a new one").format(
            number=facts.number
        ),
        command=f"kac order void {facts.number} --reason …",
    )
