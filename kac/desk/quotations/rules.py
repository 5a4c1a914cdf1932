"""Rules of the quotation: never below cost, reviewed by both managers, good until its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kac.core.errors import BadInput
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.approvals import rules as approvals
from kac.desk.approvals.rules import Signed, Step
from kac.desk.lines.rules import PricedLine
from kac.desk.margins.rules import margin_not_negative
from kac.desk.quotations.policy import QuotationPolicy

# What must be open before a gate is anybody's work.
AFTER: dict[str, tuple[str, ...]] = {
    "quotation_sent": ("margin_not_negative", "quotation_valid"),
    "quotation_reviewed": ("quotation_sent", "quotation_valid"),
    "quotation_taken_up": (
        *("margin_not_negative", "quotation_valid", "quotation_sent"),
        *("quotation_reviewed", "not_rejected"),
    ),
}
# Work of clerks, and work that is never one's own: whoever made the sheet does not review it.
OF_CLERKS = frozenset({"quotation_sent", "quotation_valid", "quotation_taken_up"})
NOT_ONES_OWN = frozenset({"quotation_reviewed"})


@dataclass(frozen=True)
class Review:
    """The review of one version: `request` with its signatures; `newest` is the version now.

    `mended_by` are the roles that change what was rejected.
    """

    number: str
    revision: int
    newest: int
    request: str
    steps: tuple[Step, ...]
    signed: tuple[Signed, ...]
    mended_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuotationFacts:
    """A quotation as its gates see it; `order` is the living order that was made from it."""

    number: str
    state: str
    lines: tuple[PricedLine, ...]
    valid_until: date
    review: Review
    order: str
    order_received_fen: int


def last_day(made_on: date, wished: date | None, policy: QuotationPolicy) -> date:
    """The day until which prices are good; BadInput for a day before, or too long after."""
    longest = made_on + timedelta(days=policy.longest_valid_days)
    day = wished or made_on + timedelta(days=policy.valid_days)
    if not made_on <= day <= longest:
        raise BadInput(
            _("a quotation of {made_on} is good until {longest} at most, not until {day}").format(
                made_on=made_on, longest=longest, day=day
            ),
            code="E-QUO-001",
            rules=["FLW-QUO-01"],
        )
    return day


def to_send(facts: QuotationFacts, may: Mapping[str, Sequence[str]], today: date) -> list[Gate]:
    """What must hold before managers are asked to review."""
    return [not_below_cost(facts, may["quote.edit"]), valid(facts, may["quote.expire"], today)]


def to_take_up(facts: QuotationFacts, may: Mapping[str, Sequence[str]], today: date) -> list[Gate]:
    """What must hold before the approval form is made and an order drafted (FLW-APV-01)."""
    return [
        sent(facts, may["quote.send"]),
        *reviewed(facts.review),
        valid(facts, may["quote.expire"], today),
        not_ordered(facts),
    ]


def to_hand_out(facts: QuotationFacts, may: Mapping[str, Sequence[str]], today: date) -> list[Gate]:
    """What must hold before the customer is given the sheet."""
    return [
        sent(facts, may["quote.send"]),
        *reviewed(facts.review),
        valid(facts, may["quote.expire"], today),
    ]


def checklist(facts: QuotationFacts, may: Mapping[str, Sequence[str]], today: date) -> list[Gate]:
    """All gates of a quotation in the order of its way."""
    return [
        not_below_cost(facts, may["quote.edit"]),
        *([] if facts.order else [valid(facts, may["quote.expire"], today)]),
        sent(facts, may["quote.send"]),
        *reviewed(facts.review),
        taken_up(facts, may["quote.to_order"]),
    ]


def not_below_cost(facts: QuotationFacts, roles: Sequence[str]) -> Gate:
    """No line and no quotation is priced below cost; nobody may approve it (RTL-DSC-03)."""
    gate = margin_not_negative("", [line.margin_facts for line in facts.lines], roles)
    if gate.open or not facts.number:
        return gate
    return replace(gate, command=f"kac quote edit {facts.number} --line CODE:QTY@PRICE")


def sent(facts: QuotationFacts, roles: Sequence[str]) -> Gate:
    """The sheet has gone to the company for approval (FLW-QUO-02)."""
    rules = ("FLW-QUO-02",)
    if facts.state != "draft":
        return Gate("quotation_sent", rules, True, _("sent for review"))
    return Gate(
        "quotation_sent",
        rules,
        False,
        _("still a draft: nobody was asked to review it"),
        tuple(roles),
        f"kac quote send {facts.number}",
    )


def reviewed(review: Review) -> list[Gate]:
    """Operations and purchasing have both reviewed; before that no money is taken.

    FLW-QUO-03, FLW-APV-02, A-07: one rejection rejects, and what is changed is reviewed anew. An
    order that was made from an earlier version rests on nothing any more.
    """
    if review.revision != review.newest:
        says = _("{number} was changed: version {newest} is in force, not {revision}").format(
            number=review.number, newest=review.newest, revision=review.revision
        )
        rules = ("FLW-QUO-03", "FLW-APV-02")
        command = f"kac quote show {review.number}"
        return [Gate("quotation_reviewed", rules, False, says, command=command)]
    mend = f"kac quote edit {review.number} --line CODE:QTY@PRICE"
    gates = approvals.gates(review.request, review.steps, review.signed, review.mended_by, mend)
    return [replace(gate, rules=(*gate.rules, "FLW-APV-02")) for gate in gates]


def valid(facts: QuotationFacts, roles: Sequence[str], today: date) -> Gate:
    """The prices are still good, as the policy of the house has it (FLW-QUO-01)."""
    rules = ("FLW-QUO-01",)
    if today <= facts.valid_until:
        says = _("good until {day}").format(day=facts.valid_until)
        return Gate("quotation_valid", rules, True, says)
    return Gate(
        "quotation_valid",
        rules,
        False,
        _("was good until {day}, today is {today}").format(day=facts.valid_until, today=today),
        tuple(roles),
        f"kac quote expire {facts.number}",
    )


def lapsed(facts: QuotationFacts, today: date) -> Gate:
    """A quotation expires after its last day, and not before (FLW-QUO-01)."""
    return Gate(
        "quotation_lapsed",
        ("FLW-QUO-01",),
        today > facts.valid_until,
        _("good until {day}").format(day=facts.valid_until),
    )


def not_ordered(facts: QuotationFacts) -> Gate:
    """One quotation makes one order; another only when that is void (FLW-APV-01)."""
    says = _("no order has been made from it")
    if facts.order:
        says = _("{order} has been made from it").format(order=facts.order)
    command = f"kac order show {facts.order}" if facts.order else ""
    return Gate("not_ordered", ("FLW-APV-01",), not facts.order, says, command=command)


def taken_up(facts: QuotationFacts, roles: Sequence[str]) -> Gate:
    """The approval form was made and the order drafted (FLW-APV-01)."""
    rules = ("FLW-APV-01",)
    if facts.order:
        says = _("{order} has been made from it").format(order=facts.order)
        return Gate("quotation_taken_up", rules, True, says)
    return Gate(
        "quotation_taken_up",
        rules,
        False,
        _("no order has been made from it"),
        tuple(roles),
        f"kac quote to-order {facts.number}",
    )


def order_unpaid(facts: QuotationFacts) -> Gate:
    """Prices are bargained over until money was taken for them, not afterwards (RTL-SHT-13)."""
    received = Money(facts.order_received_fen)
    return Gate(
        "order_unpaid",
        ("RTL-SHT-13",),
        not received,
        _("no money has been taken")
        if not received
        else _("{amount} has been taken for {order}").format(amount=received, order=facts.order),
    )
