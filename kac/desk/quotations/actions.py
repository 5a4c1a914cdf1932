"""Verbs of the quotation: make it, change it, send it for review, take it up, let it expire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kac.core.errors import BadInput
from kac.core.gates import require as require_open
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.text import safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import matrix_route
from kac.desk.customers.queries import by_id as customer_by_id
from kac.desk.inquiries import actions as inquiries
from kac.desk.inquiries import queries as inquiry_queries
from kac.desk.lines.queries import price
from kac.desk.lines.rules import LineDraft, PricedLine, changed, numbered, odd_prices
from kac.desk.margins.policy import MarginPolicy
from kac.desk.margins.rules import order_sums, worst_tier
from kac.desk.papers import actions as papers
from kac.desk.quotations import queries, rules
from kac.desk.quotations.states import DELIVERIES, PAYMENT_TERMS, QUOTATION
from kac.desk.staff.actions import require

if TYPE_CHECKING:
    from kac.desk.quotations.tables import Quotation

# Papers of a quotation: the customer's sheet, and the one with margins for those who review it.
SHEET, INTERNAL = "quotation", "quotation_internal"


@dataclass(frozen=True)
class QuotationDraft:
    """A quotation as it is asked for.

    Without lines those of the inquiry are quoted; an empty address is the customer's own.
    """

    customer_id: int
    lines: tuple[LineDraft, ...] = ()
    inquiry: str = ""
    valid_until: date | None = None
    need_by: date | None = None
    address: str = ""
    delivery: str = "deliver"
    payment_terms: str = "prepaid"
    note: str = ""


@dataclass(frozen=True)
class Change:
    """What is to be different: lines to put in place or add, line numbers to take out, terms."""

    put: tuple[LineDraft, ...] = ()
    remove: tuple[int, ...] = ()
    valid_until: date | None = None
    need_by: date | None = None


@dataclass(frozen=True)
class TakenUp:
    """What an order takes over from a quotation: the goods at its prices, and its terms."""

    id: int
    number: str
    revision: int
    customer_id: int
    lines: tuple[LineDraft, ...]
    need_by: date | None
    address: str
    delivery: str
    payment_terms: str


def new(work: Work, wish: QuotationDraft, *, send_too: bool = False) -> Outcome:
    """Make a quotation under the policy of the house (FLW-QUO-01, FLW-REC-04, CRF-SAL-02)."""
    from kac.desk.quotations.tables import Quotation

    require(work, "quote.new")
    version = work.policy()
    policy = queries.section(version)
    inquiry = inquiries.to_be_quoted(work, wish.inquiry) if wish.inquiry else None
    _refuse_strange_terms(wish.delivery, wish.payment_terms)
    _refuse_other_customer(inquiry, wish.customer_id)
    drafts = wish.lines or _asked_for(work, inquiry)
    if not drafts:
        raise BadInput(
            _("a quotation needs at least one line"), code="E-QUO-002", rules=["RTL-REC-20"]
        )
    lines = numbered(price(work.reader, drafts, policy.most_lines), policy.most_lines)
    own = (
        ""
        if wish.delivery == "pickup"
        else customer_by_id(work.reader, wish.customer_id)["address"]
    )
    quotation = work.add(
        Quotation(
            number=work.number("BJ"),
            customer_id=wish.customer_id,
            inquiry_id=inquiry["id"] if inquiry else None,
            state=QUOTATION.start,
            revision=1,
            need_by=wish.need_by,
            address=safe_text(wish.address, field=_("address"), longest=120) or own,
            delivery=wish.delivery,
            payment_terms=wish.payment_terms,
            note=safe_text(wish.note, field=_("note")),
            valid_until=rules.last_day(work.on, wish.valid_until, policy),
            prepared_by=work.actor.code,
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    _write_lines(work, quotation, lines)
    work.record("draft", quotation.number, total_fen=sum(line.amount_fen for line in lines))
    if inquiry:
        inquiries.quoted(work, inquiry["id"], wish.customer_id, quotation.number)
    if send_too:
        return _send(work, quotation.number, is_new=True)
    says = ngettext(
        "{number} is drafted for {customer}: {lines} line, {total}, good until {day}",
        "{number} is drafted for {customer}: {lines} lines, {total}, good until {day}",
        len(lines),
    )
    return _told(work, quotation.number, says, odd_prices(lines))


def send(work: Work, reference: str) -> Outcome:
    """Send a draft to operations and purchasing for review (FLW-QUO-02, FLW-QUO-03)."""
    require(work, "quote.send")
    return _send(work, reference)


def _send(work: Work, reference: str, *, is_new: bool = False) -> Outcome:
    row, facts, may = gathered(work, reference)
    QUOTATION.after(row["state"], "send", subject=row["number"])
    says = _("{number} cannot be sent").format(number=row["number"])
    if is_new:
        says = _("the quotation cannot be sent, and was not written")
    require_open(rules.to_send(facts, may, work.on), says)
    quotation = _row(work, row["id"])
    work.move(quotation, QUOTATION, "send")
    _ask(work, row, facts.lines, row["revision"], row["prepared_by"])
    said = _("{number} is sent for review: {total}, good until {day}")
    return _told(work, row["number"], said, odd_prices(facts.lines))


def edit(work: Work, reference: str, change: Change) -> Outcome:
    """Change a quotation; what was signed for it is void, earlier versions stay readable.

    CRF-SAL-02; an order that was made from it and has no money yet waits for the new review.
    """
    require(work, "quote.edit")
    row, facts, may = gathered(work, reference)
    after = QUOTATION.after(row["state"], "edit", subject=row["number"])
    version = queries.policy(work.reader, row)
    policy = queries.section(version)
    put = price(work.reader, change.put, policy.most_lines)
    lines = changed(facts.lines, put, change.remove, policy.most_lines)
    facts = queries.facts(work.reader, row, lines)
    must = [] if after == "draft" else [rules.not_below_cost(facts, may["quote.edit"])]
    require_open(
        [rules.order_unpaid(facts), *must],
        _("{number} cannot be changed").format(number=row["number"]),
        refs={"quotation": row["number"]},
    )
    quotation = _row(work, row["id"])
    if change.valid_until is not None:
        quotation.valid_until = rules.last_day(work.on, change.valid_until, policy)
    quotation.need_by = change.need_by or quotation.need_by
    quotation.revision += 1
    work.move(quotation, QUOTATION, "edit", _("lines or terms changed"))
    _write_lines(work, quotation, lines)
    approvals.supersede(work, quotation.number, _("the quotation was changed"))
    if after != "draft":
        _ask(work, row, lines, quotation.revision, work.actor.code)
    said = _("{number} is changed (version {revision}): {total}, good until {day}")
    return _told(work, row["number"], said, odd_prices(lines))


def take_up(work: Work, reference: str) -> TakenUp:
    """Make the approval form of a reviewed quotation; the order is the next noun's to draft.

    FLW-APV-01: only after both reviews, and while the prices are good.
    """
    require(work, "quote.to_order")
    row, facts, may = gathered(work, reference)
    require_open(
        rules.to_take_up(facts, may, work.on),
        _("no order can be made from {number}").format(number=row["number"]),
        refs={"quotation": row["number"]},
    )
    work.move(_row(work, row["id"]), QUOTATION, "take_up", _("approval form made"))
    return TakenUp(
        lines=tuple(
            LineDraft(line.product_id, line.quantity, line.unit_price_fen, line.gift)
            for line in facts.lines
        ),
        need_by=date.fromisoformat(row["need_by"]) if row["need_by"] else None,
        **{name: row[name] for name in _TAKEN},
    )


_TAKEN = ("id", "number", "revision", "customer_id", "address", "delivery", "payment_terms")


def expire(work: Work, reference: str = "") -> Outcome:
    """Let the quotation meant expire, or all whose last day is over."""
    require(work, "quote.expire")
    if reference:
        row, facts, _may = gathered(work, reference)
        QUOTATION.after(row["state"], "expire", subject=row["number"])
        require_open(
            [rules.lapsed(facts, work.on)],
            _("{number} has not expired").format(number=row["number"]),
            refs={"quotation": row["number"]},
        )
        rows = [row]
    else:
        rows = queries.lapsed(work.reader, work.on)
    for row in rows:
        work.move(_row(work, row["id"]), QUOTATION, "expire")
        approvals.supersede(work, row["number"], _("the quotation has expired"))
    numbers = [row["number"] for row in rows]
    says = _("expired: {numbers}").format(numbers=", ".join(numbers) or _("none"))
    document = {"number": numbers[0] if numbers else "", "state": "expired", "expired": numbers}
    return Outcome(document, (says,))


def print_(work: Work, reference: str, *, internal: bool, reason: str = "") -> Outcome:
    """Print the customer's sheet after the reviews, or the internal one with costs for them."""
    require(work, "quote.print_internal" if internal else "quote.print")
    row, facts, may = gathered(work, reference)
    if not internal:
        require_open(
            rules.to_hand_out(facts, may, work.on),
            _("{number} cannot be handed out").format(number=row["number"]),
            refs={"quotation": row["number"]},
        )
    kind, holder = (INTERNAL, "merchant_dept") if internal else (SHEET, "customer")
    printing = papers.hand_out(work, row["number"], kind, {holder: holder}, reason)
    work.record("print", row["number"], kind=kind, printing=printing, reason=reason)
    says = _("{number}: quotation printed").format(number=row["number"])
    return Outcome({**queries.document(row), "printing": printing, "paper": kind}, (says,))


def gathered(
    work: Work, reference: str
) -> tuple[Row, rules.QuotationFacts, dict[str, tuple[str, ...]]]:
    """The quotation meant, its facts, and who may do what."""
    row = queries.find(work.reader, reference, work.speaker)
    return row, queries.facts(work.reader, row), queries.policy(work.reader, row).may


def _row(work: Work, quotation_id: int) -> Quotation:
    from kac.desk.quotations.tables import Quotation

    return work.get(Quotation, quotation_id)


def _refuse_strange_terms(delivery: str, payment_terms: str) -> None:
    for word, known in ((delivery, DELIVERIES), (payment_terms, PAYMENT_TERMS)):
        if word and word not in known:
            raise BadInput(
                _("{word} is no term of an order").format(word=word),
                code="E-QUO-004",
                cause=[_("one of: {words}").format(words=", ".join(known))],
            )


def _refuse_other_customer(inquiry: Row | None, customer_id: int) -> None:
    if inquiry and inquiry["customer_id"] not in (None, customer_id):
        raise BadInput(
            _("{inquiry} was asked by {customer}").format(
                inquiry=inquiry["number"], customer=inquiry["customer"]
            ),
            code="E-QUO-003",
        )


def _asked_for(work: Work, inquiry: Row | None) -> tuple[LineDraft, ...]:
    if inquiry is None:
        return ()
    noted = inquiry_queries.noted(inquiry_queries.lines(work.reader, inquiry["id"]))
    return tuple(LineDraft(one.product_id, one.quantity, one.unit_price_fen) for one in noted)


def _write_lines(work: Work, quotation: Quotation, lines: Sequence[PricedLine]) -> None:
    from kac.desk.quotations.tables import QuotationLine

    kept = ("line", "product_id", "quantity", "list_price_fen", "unit_price_fen", "cost_fen")
    work.add_all(
        [
            QuotationLine(
                quotation_id=quotation.id,
                revision=quotation.revision,
                amount_fen=line.amount_fen,
                gift=line.gift,
                fresh=line.fresh,
                **{name: getattr(line, name) for name in kept},
            )
            for line in lines
        ]
    )


def _ask(work: Work, row: Row, lines: Sequence[PricedLine], revision: int, maker: str) -> None:
    """Ask for the reviews of a version, with its prices and its margin tier frozen."""
    version = queries.policy(work.reader, row)
    margins = [line.margin_facts for line in lines]
    amount, cost = order_sums(margins)
    tier = worst_tier(margins, version.section("margins", MarginPolicy))
    frozen: dict[str, Any] = {
        "total_fen": amount,
        "cost_fen": cost,
        "tier": tier.rule if tier else "",
        "lines": [
            [line.line, line.code, line.quantity, line.unit_price_fen, line.cost_fen]
            for line in lines
        ],
    }
    steps = matrix_route(version.section("approvals", ApprovalPolicy).rows(), "quotation", amount)
    subject = Subject(
        kind="quotation",
        number=row["number"],
        revision=revision,
        maker=maker,
        policy_set=row["policy_set"],
        policy_version=row["policy_version"],
        total_fen=amount,
        customer_id=row["customer_id"],
    )
    approvals.request(work, subject, steps, frozen)


def _told(work: Work, number: str, sentence: str, odd: Sequence[str]) -> Outcome:
    row = queries.find(work.reader, number, work.speaker)
    says = sentence.format(
        number=number,
        customer=row["customer_name"],
        lines=row["lines"],
        revision=row["revision"],
        total=Money(row["total_fen"]),
        day=row["valid_until"],
    )
    gates, _after = queries.case(work.reader, row, work.on)
    first = next((gate for gate in gates if not gate.open and gate.command), None)
    waits = [gate.says for gate in gates if not gate.open and gate.name == "quotation_reviewed"]
    return Outcome(queries.document(row), (says, *waits, *odd), (first.command,) if first else ())
