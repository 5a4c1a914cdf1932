"""Verbs of the order: draft it, submit it, change it, review it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kac.core.errors import NotPermitted
from kac.core.gates import require as require_open
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.text import safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.rules import Signed, unsigned
from kac.desk.customers.queries import by_id as customer_by_id
from kac.desk.lines.queries import price
from kac.desk.lines.rules import (
    LineDraft,
    PricedLine,
    agreed,
    as_drafts,
    changed,
    numbered,
    odd_prices,
    wanted,
)
from kac.desk.orders import queries, rules
from kac.desk.orders.policy import OrderPolicies
from kac.desk.orders.rules import OrderFacts
from kac.desk.orders.states import ORDER
from kac.desk.staff.actions import require
from kac.desk.stock import actions as stock
from kac.desk.waivers import actions as waivers

if TYPE_CHECKING:
    from kac.desk.orders.tables import SalesOrder


@dataclass(frozen=True)
class OrderDraft:
    """An order as it is asked for; an empty address is the customer's own.

    Empty terms are not agreed yet; `quotation` with its version, `replaces`: made from, instead of.
    """

    customer_id: int
    need_by: date
    lines: tuple[LineDraft, ...]
    address: str = ""
    note: str = ""
    external_number: str = ""
    location: str = ""
    delivery: str = "deliver"
    payment_terms: str = "prepaid"
    quotation: tuple[int, int] | None = None
    replaces: int | None = None


def new(work: Work, wish: OrderDraft, *, submit_too: bool = False) -> Outcome:
    """Write an order down, and hand it in at once when asked to."""
    require(work, "order.new")
    number = draft(work, wish)
    return _submit(work, number, is_new=True) if submit_too else drafted(work, number)


def drafted(work: Work, number: str) -> Outcome:
    """What to say of a draft just written."""
    row, facts, _policies = gathered(work, number, supplied=False)
    says = ngettext(
        "{number} is drafted for {customer}: {lines} line, {total}",
        "{number} is drafted for {customer}: {lines} lines, {total}",
        row["lines"],
    )
    total, customer = Money(row["total_fen"]), row["customer_name"]
    told = says.format(number=number, customer=customer, lines=row["lines"], total=total)
    hints = (f"kac order submit {number}",)
    return Outcome(queries.document(row), (told, *odd_prices(facts.lines)), hints)


def draft(work: Work, wish: OrderDraft) -> str:
    """Write a draft; nothing is reserved or promised. Returns the number. Shared with imports."""
    from kac.desk.orders.tables import SalesOrder

    version = work.policy()
    most = queries.policies(version).order.most_lines
    priced = numbered(price(work.reader, wish.lines, most), most)
    location = queries.taken_from(work.reader, wish.location)
    row = work.add(
        SalesOrder(
            number=work.number("DD"),
            customer_id=wish.customer_id,
            quotation_id=wish.quotation[0] if wish.quotation else None,
            quotation_revision=wish.quotation[1] if wish.quotation else None,
            replaces_id=wish.replaces,
            state=ORDER.start,
            revision=1,
            location=location,
            need_by=wish.need_by,
            delivery=wish.delivery,
            payment_terms=wish.payment_terms,
            address=_goes_to(work, wish.delivery, wish.address, location, wish.customer_id),
            note=safe_text(wish.note, field=_("note")),
            external_number=safe_text(wish.external_number, field=_("external number"), longest=40),
            void_reason="",
            prepared_by=work.actor.code,
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    _write_lines(work, row, priced)
    work.record("draft", row.number, total_fen=sum(line.amount_fen for line in priced))
    return row.number


def submit(work: Work, reference: str, *, is_new: bool = False) -> Outcome:
    """Hand a draft in: its goods are reserved and its signatures asked for."""
    require(work, "order.submit")
    return _submit(work, reference, is_new=is_new)


def _submit(work: Work, reference: str, *, is_new: bool = False) -> Outcome:
    """Submit; a refusal of an order that is only now being made cannot speak of its number."""
    row, facts, policies = gathered(work, reference)
    after = ORDER.after(row["state"], "submit", subject=row["number"])
    today = price(work.reader, as_drafts(facts.lines), policies.order.most_lines)
    repriced = today != facts.lines
    if repriced:
        facts = queries.facts(work.reader, row, policies, today)
    _require_submittable(replace(facts, number="") if is_new else facts, policies)
    # After this point the order must be submitted.
    order = _row(work, row)
    if repriced:
        order.revision += 1
        _write_lines(work, order, today)
    work.move(order, ORDER, "submit")
    request = _promise(work, row, facts, policies, order.revision)
    total = Money(facts.total_fen)
    says = _("{number} is submitted: {total}, goods reserved at {location}").format(
        number=row["number"], total=total, location=row["location"]
    )
    document = {**queries.document(row), "state": after, "approval": request}
    return Outcome(
        document,
        (says, *_asked(request, facts), *odd_prices(facts.lines)),
        _next(row["number"], request, waits=bool(facts.steps)),
    )


@dataclass(frozen=True)
class Change:
    """What is to be different: lines to put in place or add, line numbers to take out."""

    put: tuple[LineDraft, ...] = ()
    remove: tuple[int, ...] = ()
    need_by: date | None = None
    address: str | None = None
    note: str | None = None
    delivery: str | None = None
    payment_terms: str | None = None


def edit(work: Work, reference: str, change: Change) -> Outcome:
    """Change an order whose form is not out; what was signed or reviewed for it is void.

    The lines of earlier revisions stay readable (RTL-REC-17, A-59).
    """
    require(work, "order.edit")
    row, facts, policies = gathered(work, reference, supplied=False)
    after = ORDER.after(row["state"], "edit", subject=row["number"])
    require_open(
        [rules.unprinted(facts), rules.unpaid(facts)],
        _("{number} cannot be changed").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    put = price(work.reader, agreed(change.put, facts.lines), policies.order.most_lines)
    lines = changed(facts.lines, put, change.remove, policies.order.most_lines)
    before = facts
    facts = queries.facts(work.reader, row, policies, lines, supplied=row["state"] != "draft")
    facts = rules.with_terms(facts, change.need_by, change.delivery, change.payment_terms)
    if row["state"] != "draft":
        require_open(
            rules.to_submit(facts, policies),
            _("{number} cannot be changed").format(number=row["number"]),
            refs={"order": row["number"]},
        )
    # After this point the order must be changed.
    order = _row(work, row)
    _apply(work, order, change)
    order.revision += 1
    work.move(order, ORDER, "edit", _("lines or terms changed"))
    _write_lines(work, order, lines)
    approvals.supersede(work, order.number, _("the order was changed"))
    stock.end_reservations(work, order.id or 0, "released")
    held = rules.still_held(before, facts, policies)
    request = ""
    if after != "draft":
        request = _promise(work, row, facts, policies, order.revision, held)
    lapsed = waivers.outgrown(work, order.id or 0, facts.total_fen, facts.fresh_fen)
    return _edited(work, row["number"], facts, request, held, lapsed)


def review(work: Work, reference: str) -> Outcome:
    """A supervisor or above has looked the order over (RTL-DEP-01, A-39, A-56)."""
    from kac.desk.orders.review_tables import OrderReview

    require(work, "order.review")
    row, facts, policies = gathered(work, reference)
    after = ORDER.after(row["state"], "review", subject=row["number"])
    _refuse_own(work, row)
    require_open(
        rules.to_review(facts, policies, work.on),
        _("{number} cannot be reviewed").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    work.add(
        OrderReview(
            order_id=row["id"],
            revision=row["revision"],
            staff=work.actor.code,
            role=",".join(sorted(work.actor.roles)),
            at=work.now,
        )
    )
    work.move(_row(work, row), ORDER, "review")
    says = _("{number} is reviewed by {staff}").format(number=row["number"], staff=work.actor.name)
    return Outcome({**queries.document(row), "state": after}, (says,), _after_review(row, facts))


def gathered(
    work: Work, reference: str, *, supplied: bool = True
) -> tuple[Row, OrderFacts, OrderPolicies]:
    """The order meant, its facts, and the policy that judges it."""
    row = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(queries.latest_day(work.reader, row), row["number"])
    policies = queries.policies(queries.policy(work.reader, row))
    return row, queries.facts(work.reader, row, policies, supplied=supplied), policies


def move(work: Work, order_id: int, verb: str, reason: str = "") -> None:
    """Take an order on by a verb of its machine; for the nouns to the right."""
    from kac.desk.orders.tables import SalesOrder

    work.move(work.get(SalesOrder, order_id), ORDER, verb, reason)


def note(work: Work, order_id: int, **what: str | date) -> None:
    """Keep on the form why it is void, or until when its customer waits."""
    from kac.desk.orders.tables import SalesOrder

    order = work.get(SalesOrder, order_id)
    order.sqlmodel_update(what)
    work.add(order)


def _row(work: Work, row: Row) -> SalesOrder:
    from kac.desk.orders.tables import SalesOrder

    return work.get(SalesOrder, row["id"])


def _goes_to(work: Work, delivery: str, address: str, location: str, customer_id: int) -> str:
    """The address typed; else the customer's own, or where goods are picked up."""
    typed = safe_text(address, field=_("address"), longest=120)
    if typed or delivery != "pickup":
        return typed or str(customer_by_id(work.reader, customer_id)["address"])
    return str(work.reader.value("SELECT name FROM location WHERE code = :code", code=location))


def _write_lines(work: Work, order: SalesOrder, lines: Sequence[PricedLine]) -> None:
    from kac.desk.orders.tables import OrderLine

    kept = ("line", "product_id", "quantity", "list_price_fen", "unit_price_fen", "cost_fen")
    work.add_all(
        [
            OrderLine(
                order_id=order.id,
                revision=order.revision,
                amount_fen=line.amount_fen,
                gift=line.gift,
                fresh=line.fresh,
                written_by=work.actor.code,
                **{name: getattr(line, name) for name in kept},
            )
            for line in lines
        ]
    )


def _apply(work: Work, order: SalesOrder, change: Change) -> None:
    if change.need_by is not None:
        order.need_by = change.need_by
    if change.payment_terms is not None:
        order.payment_terms = change.payment_terms
    if change.delivery is not None:
        order.delivery = change.delivery
    if change.address is not None:
        order.address = safe_text(change.address, field=_("address"), longest=120)
    elif change.delivery is not None:
        where = (order.delivery, "", order.location, order.customer_id)
        order.address = _goes_to(work, *where)
    if change.note is not None:
        order.note = safe_text(change.note, field=_("note"))


def _require_submittable(facts: OrderFacts, policies: OrderPolicies) -> None:
    says = _("{number} cannot be submitted").format(number=facts.number)
    if not facts.number:
        says = _("the order cannot be submitted, and was not written")
    refs = {"order": facts.number} if facts.number else {}
    require_open(rules.to_submit(facts, policies), says, refs=refs)


def _promise(
    work: Work,
    row: Row,
    facts: OrderFacts,
    policies: OrderPolicies,
    revision: int,
    held: Sequence[Signed] = (),
) -> str:
    stock.reserve(work, row["id"], row["location"], wanted(facts.lines))
    subject = Subject(
        kind="order",
        number=row["number"],
        revision=revision,
        maker=", ".join(queries.makers(work.reader, row["id"])),
        policy_set=row["policy_set"],
        policy_version=row["policy_version"],
        total_fen=facts.total_fen,
        customer_id=row["customer_id"],
    )
    return approvals.request(
        work, subject, facts.steps, rules.to_sign(facts, policies), held, row["approval"]
    )


def _refuse_own(work: Work, row: Row) -> None:
    """Who wrote any version of it, the first or a change, does not review it."""
    if work.actor.code in queries.makers(work.reader, row["id"]):
        raise NotPermitted(
            _("{actor} made {number} and may not review it").format(
                actor=work.actor.code, number=row["number"]
            ),
            rules=["RTL-DEP-01", "A-56"],
        )


def _asked(request: str, facts: OrderFacts, held: Sequence[Signed] = ()) -> tuple[str, ...]:
    if not request:
        return (_("no signature is needed for its prices"),)
    waiting = unsigned(facts.steps, held)
    if not waiting:
        return (_("{request}: every signature given before still holds").format(request=request),)
    roles = ", ".join(dict.fromkeys(step.role for step in waiting))
    return (_("{request} waits for: {roles}").format(request=request, roles=roles),)


def _next(number: str, request: str, waits: bool) -> tuple[str, ...]:
    signing = (f"kac approval ok {request}",) if request and waits else ()
    return (*signing, f"kac order review {number}", f"kac order print {number}")


def _edited(
    work: Work,
    number: str,
    facts: OrderFacts,
    request: str,
    held: Sequence[Signed],
    told: Sequence[str],
) -> Outcome:
    row = queries.find(work.reader, number, work.speaker)
    says = _("{number} is changed (version {revision}): {total}").format(
        number=number, revision=row["revision"], total=Money(row["total_fen"])
    )
    if row["state"] == "draft":
        return Outcome(
            queries.document(row),
            (says, *odd_prices(facts.lines)),
            (f"kac order submit {number}",),
        )
    lapsed = _("the review is void, and signatures that the change does not cover")
    return Outcome(
        {**queries.document(row), "approval": request},
        (says, lapsed, *told, *_asked(request, facts, held), *odd_prices(facts.lines)),
        _next(number, request, waits=bool(unsigned(facts.steps, held))),
    )


def _after_review(row: Row, facts: OrderFacts) -> tuple[str, ...]:
    if unsigned(facts.steps, facts.signed):
        return (f"kac approval show {row['approval']}",)
    return (f"kac order print {row['number']}", f"kac {rules.next_of(facts)} {row['number']}")
