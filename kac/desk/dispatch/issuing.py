"""Issuing slips: for all of an order that is still open, or for a part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.deliveries import actions as deliveries
from kac.desk.deliveries import queries as delivered
from kac.desk.deliveries.rules import PartLine, SlipMoney, by_product, draw, to_be_paid
from kac.desk.dispatch import queries, rules
from kac.desk.dispatch.actions import document
from kac.desk.dispatch.parts import (
    named_lines,
    slip_copies_back,
    something_open,
    within_open,
)
from kac.desk.dispatch.states import DISPATCH
from kac.desk.lines.rules import LineDraft
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.orders import rules as order_rules
from kac.desk.orders.policy import OrderPolicies
from kac.desk.orders.rules import OrderFacts
from kac.desk.orders.states import ORDER
from kac.desk.papers import queries as papers_of
from kac.desk.payments import queries as payments
from kac.desk.payments import rules as payment_rules
from kac.desk.shortages import queries as shortages
from kac.desk.staff.actions import require
from kac.desk.stock.queries import supplies
from kac.desk.stock.rules import Supply

FORM = "order_form"


@dataclass(frozen=True)
class Planned:
    """What is to go on a slip: base units by line, fen, and the deposit that it draws.

    `whole` where the order goes out with this slip alone; `open_fen` is left for later slips.
    """

    parts: tuple[PartLine, ...]
    quantities: Mapping[int, int]
    amount_fen: int
    deposit_fen: int
    open_fen: int
    released: bool

    @property
    def whole(self) -> bool:
        """Whether nothing of the order is on another slip, or stays open."""
        return all(
            not part.on_slips and self.quantities.get(part.line, 0) == part.open
            for part in self.parts
        )

    @property
    def left(self) -> int:
        """How many lines are not all on slips then."""
        return sum(part.open > self.quantities.get(part.line, 0) for part in self.parts)


def issue(
    work: Work, reference: str, named: Sequence[LineDraft] = (), *, release: bool = False
) -> Outcome:
    """Issue a slip of a reviewed, printed order that is paid for or covered; of a part where named.

    What then is on no slip stays reserved, unless it is to be released to others.
    RTL-PRI-02..04, RTL-CTL-03, RTL-PAY-03..05, RTL-PAY-09, RTL-ORD-09, RTL-ORD-13.
    """
    require(work, "dispatch.new")
    row, facts, policies = orders.gathered(work, reference)
    if row["state"] in ("collecting", "voided"):
        # Its gates would ask for money that is not taken for a void form.
        ORDER.after(row["state"], "issue_slip", subject=row["number"])
    planned = _planned(work, row, facts, named, release=release)
    _require_issuable(work, row, facts, policies, planned, released_before=_released(work, row))
    ORDER.after(row["state"], "issue_slip", subject=row["number"])
    printed_on = papers_of.printed_on(work.reader, row["number"], FORM)
    work.require_not_before(printed_on, row["number"])
    # After this point the slip must be issued.
    number = _write(work, row, planned)
    orders.move(work, row["id"], "issue_slip")
    if not planned.whole:
        deliveries.hold(work, row, "released")
    cover = order_rules.covered_by(facts, work.on)
    part = {} if planned.whole else {"amount_fen": planned.amount_fen}
    work.record("issue", number, order=row["number"], **({"cover": cover} if cover else {}), **part)
    return _issued(row, planned, number)


def _released(work: Work, row: Row) -> bool:
    return bool(row["dispatch"]) and delivered.released(work.reader, row["id"])


def _planned(
    work: Work, row: Row, facts: OrderFacts, named: Sequence[LineDraft], *, release: bool
) -> Planned:
    parts = delivered.parts(work.reader, row["id"])
    quantities = {part.line: part.open for part in parts if part.open}
    gates = [something_open(row["number"], parts)]
    if named:
        room = {part.line: part.open for part in parts}
        quantities, strange = named_lines(facts.lines, named, lambda line: room[line.line])
        gates.append(within_open(facts.lines, parts, quantities, strange))
    if row["dispatch"] or named:
        require_open(
            gates,
            _("no slip can be issued for {number}").format(number=row["number"]),
            refs={"order": row["number"]},
        )
    amount = sum(part.share_fen(quantities.get(part.line, 0)) for part in parts)
    open_fen = sum(part.open_fen for part in parts) - amount
    policy = delivered.policy(order_queries.policy(work.reader, row))
    deposit = draw(policy, delivered.sale(work.reader, row).undrawn_fen, amount, open_fen)
    return Planned(tuple(parts), quantities, amount, deposit, open_fen, release)


def _require_issuable(
    work: Work,
    row: Row,
    facts: OrderFacts,
    policies: OrderPolicies,
    planned: Planned,
    *,
    released_before: bool,
) -> None:
    may = policies.may
    asked = facts
    if planned.released or released_before:
        asked = replace(facts, supplies=tuple(_supplies(work, row, planned)))
    short = asked if released_before else facts
    part = None if planned.whole else ("", planned.amount_fen)
    version = order_queries.policy(work.reader, row)
    require_open(
        [
            order_rules.submitted(facts, may["order.submit"]),
            *order_rules.to_submit(asked, policies),
            *order_rules.signatures(facts, policies),
            order_rules.reviewed(facts, may["order.review"]),
            order_rules.form_printed(facts, policies),
            *order_rules.photocopied(facts, may["order.photocopy"]),
            *_paid(work, row, planned, order_rules.covering(facts, policies, work.on, part), may),
            *shortages.gates(work.reader, row, short, version),
            rules.address_known(row["number"], row["address"], may["order.edit"]),
            slip_copies_back(queries.void_copies(work.reader, row["id"])),
        ],
        _("no slip can be issued for {number}").format(number=row["number"]),
        refs={"order": row["number"]},
    )


def _paid(
    work: Work,
    row: Row,
    planned: Planned,
    covering: Sequence[Gate],
    may: Mapping[str, tuple[str, ...]],
) -> list[Gate]:
    """Money for what is on slips with this one, as the policy asks for it (RTL-PRI-02)."""
    money = delivered.sale(work.reader, row)
    new = SlipMoney(planned.amount_fen, planned.deposit_fen, signed=False)
    policy = delivered.policy(order_queries.policy(work.reader, row))
    due = to_be_paid(replace(money, slips=(*money.slips, new)), policy)
    owed = replace(payments.money(work.reader, row), total_fen=due)
    return payment_rules.goods_may_go(owed, covering, may)


def _supplies(work: Work, row: Row, planned: Planned) -> list[Supply]:
    """What stands against the slips of an order that does not hold its rest, this one with them."""
    going = [part.unloaded + planned.quantities.get(part.line, 0) for part in planned.parts]
    wanted = by_product(planned.parts, going)
    return supplies(work.reader, wanted, row["location"], row["id"])


def _write(work: Work, row: Row, planned: Planned) -> str:
    from kac.desk.dispatch.tables import Dispatch, DispatchLine

    slip = work.add(
        Dispatch(
            number=work.number("SH"),
            order_id=row["id"],
            state=DISPATCH.start,
            vehicle="",
            driver="",
            address=row["address"],
            rest="released" if planned.released else "kept",
            deposit_fen=planned.deposit_fen,
            issued_by=work.actor.code,
            received_by="",
            on_day=work.on,
            at=work.now,
        )
    )
    assert slip.id is not None
    work.add_all(
        [
            DispatchLine(
                dispatch_id=slip.id,
                order_line_id=part.line_id,
                line=part.line,
                quantity=planned.quantities[part.line],
                amount_fen=part.share_fen(planned.quantities[part.line]),
            )
            for part in planned.parts
            if planned.quantities.get(part.line)
        ]
    )
    return slip.number


def _issued(row: Row, planned: Planned, number: str) -> Outcome:
    lines = sum(1 for quantity in planned.quantities.values() if quantity)
    says = [
        ngettext(
            "{slip} is issued for {order}: {lines} line to {address}",
            "{slip} is issued for {order}: {lines} lines to {address}",
            lines,
        ).format(slip=number, order=row["number"], lines=lines, address=row["address"])
    ]
    if not planned.whole:
        says.append(_rest(planned))
    hints = (f"kac dispatch print {number}", f"kac dispatch count {number} LINE:QTY …")
    made = {
        **document(number, DISPATCH.start, row),
        "amount": Money(planned.amount_fen).plain(),
        "deposit": Money(planned.deposit_fen).plain(),
        "open": Money(planned.open_fen).plain(),
    }
    return Outcome(made, tuple(says), hints)


def _rest(planned: Planned) -> str:
    figures = {
        "amount": Money(planned.amount_fen),
        "deposit": Money(planned.deposit_fen),
        "open": Money(planned.open_fen),
    }
    told = _("this part is {amount}, {deposit} of it paid by the deposit").format(**figures)
    if not planned.left:
        return told
    rest = _("{open} stays open and reserved").format(**figures)
    if planned.released:
        rest = _("{open} stays open, its goods are released to others").format(**figures)
    return f"{told}; {rest}"
