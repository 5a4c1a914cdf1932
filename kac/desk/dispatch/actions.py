"""Verbs of the dispatch: issue the slip, print it, count, load, deliver, archive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from kac.core.errors import Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.quantity import parse_quantity
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.dispatch import postings, queries, rules
from kac.desk.dispatch.policy import Department
from kac.desk.dispatch.states import DISPATCH
from kac.desk.lines.rules import wanted
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.orders import rules as order_rules
from kac.desk.orders.states import ORDER
from kac.desk.papers import actions as papers
from kac.desk.papers import queries as papers_of
from kac.desk.papers.rules import HOLDERS
from kac.desk.payments import queries as payments
from kac.desk.payments import rules as payment_rules
from kac.desk.shortages import queries as shortages
from kac.desk.staff.actions import require
from kac.desk.stock import actions as stock
from kac.desk.stock.rules import supply_confirmed
from kac.ledger import journal, moves
from kac.ledger.entry import Move, value_of_part

FORM, SLIP = "order_form", "slip"


def issue(work: Work, reference: str) -> Outcome:
    """Issue the wholesale slip of a reviewed, printed order that is paid for or covered.

    RTL-PRI-02..04, RTL-CTL-03, RTL-PAY-03..05, RTL-PAY-09, RTL-ORD-09, RTL-ORD-13.
    """
    from kac.desk.dispatch.tables import Dispatch

    require(work, "dispatch.new")
    row, facts, policies = orders.gathered(work, reference)
    if row["state"] in ("collecting", "voided"):
        # Its gates would ask for money that is not taken for a void form.
        ORDER.after(row["state"], "issue_slip", subject=row["number"])
    owed = payments.money(work.reader, row)
    may = policies.may
    require_open(
        [
            order_rules.submitted(facts, may["order.submit"]),
            *order_rules.to_submit(facts, policies),
            *order_rules.signatures(facts, policies),
            order_rules.reviewed(facts, may["order.review"]),
            order_rules.form_printed(facts, policies),
            *order_rules.photocopied(facts, may["order.photocopy"]),
            *payment_rules.goods_may_go(owed, order_rules.covering(facts, policies, work.on), may),
            *shortages.gates(work.reader, row, facts, order_queries.policy(work.reader, row)),
            rules.address_known(row["number"], row["address"], may["order.edit"]),
        ],
        _("no slip can be issued for {number}").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    ORDER.after(row["state"], "issue_slip", subject=row["number"])
    printed_on = papers_of.printed_on(work.reader, row["number"], FORM)
    work.require_not_before(printed_on, row["number"])
    # After this point the slip must be issued.
    slip = work.add(
        Dispatch(
            number=work.number("SH"),
            order_id=row["id"],
            state=DISPATCH.start,
            vehicle="",
            driver="",
            address=row["address"],
            issued_by=work.actor.code,
            received_by="",
            on_day=work.on,
            at=work.now,
        )
    )
    orders.move(work, row["id"], "issue_slip")
    cover = order_rules.covered_by(facts, work.on)
    work.record("issue", slip.number, order=row["number"], **({"cover": cover} if cover else {}))
    says = ngettext(
        "{slip} is issued for {order}: {lines} line to {address}",
        "{slip} is issued for {order}: {lines} lines to {address}",
        row["lines"],
    ).format(slip=slip.number, order=row["number"], lines=row["lines"], address=row["address"])
    hints = (f"kac dispatch print {slip.number}", f"kac dispatch count {slip.number} LINE:QTY …")
    return Outcome(_document(slip.number, slip.state, row), (says,), hints)


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Print the slip: one copy travels with the driver, one is for the customer to sign."""
    require(work, "dispatch.print")
    slip, row = _gathered(work, reference)
    policy = queries.policy(order_queries.policy(work.reader, row))
    holders = dict.fromkeys(policy.slip_copies, "driver")
    printing = papers.hand_out(work, slip["number"], SLIP, holders, reason)
    work.record("print", slip["number"], printing=printing, reason=reason)
    says = _("{number}: slip printed in two copies").format(number=slip["number"])
    document = {**_document(slip["number"], slip["state"], row), "printing": printing}
    hints = (f"kac dispatch count {slip['number']} LINE:QTY …",)
    return Outcome(document, (says,), hints if slip["state"] == DISPATCH.start else ())


def void(work: Work, reference: str, reason: str) -> Outcome:
    """Make a slip void before anything is loaded: its copies are marked, its order waits again.

    RTL-CTL-07: what was counted short is never loaded; then the customer of a paid order chooses
    (RTL-SHT-01).
    """
    from kac.desk.dispatch.tables import Dispatch

    require(work, "dispatch.void")
    why = required_text(reason, field=_("reason"))
    slip, row = _gathered(work, reference)
    work.move(work.get(Dispatch, slip["id"]), DISPATCH, "void", why)
    for copy in papers_of.copies(work.reader, slip["number"], SLIP):
        papers.mark(work, slip["number"], SLIP, copy, "voided", "distribution_center", why)
    orders.move(work, row["id"], "recall", why)
    says = _("{number} is void: {reason}").format(number=slip["number"], reason=why)
    hint = f"kac explain {row['number']}"
    return Outcome(_document(slip["number"], "void", row), (says,), (hint,))


def count(work: Work, reference: str, counted: Mapping[int, str]) -> Outcome:
    """Write down what one department counted; it must be what the form says (RTL-CTL-07).

    `counted` maps a line to the quantity as it was written. The other department counts too, by
    another person (RTL-ORD-14).
    """
    from kac.desk.dispatch.tables import DispatchCount

    require(work, "dispatch.count")
    slip, row = _gathered(work, reference)
    if slip["state"] != "issued":
        raise _past(slip)
    lines = queries.slip_lines(order_queries.lines(work.reader, row["id"]))
    department = _department(work, slip, row)
    scales = {line.line: line.scale for line in lines}
    found = {line: parse_quantity(text, scales.get(line, 1)) for line, text in counted.items()}
    require_open(
        [rules.quantities_equal(lines, found)],
        _("the count of {number} differs from the form").format(number=slip["number"]),
        refs={"dispatch": slip["number"], "order": row["number"]},
    )
    work.add_all(
        [
            DispatchCount(
                dispatch_id=slip["id"],
                department=department.id,
                line=line,
                quantity=quantity,
                staff=work.actor.code,
                at=work.now,
            )
            for line, quantity in found.items()
        ]
    )
    work.record("count", slip["number"], department=department.id)
    says = _("{number}: counted for {department}, every line as on the form").format(
        number=slip["number"], department=_(HOLDERS[department.id])
    )
    gate = rules.counted(_slip_facts(work, row["id"]), _counting(work, row))
    document = {**_document(slip["number"], slip["state"], row), "counted_for": department.id}
    hints = (f"kac dispatch load {slip['number']} --truck … --driver …",) if gate.open else ()
    return Outcome(document, (says,) if gate.open else (says, gate.says), hints)


def _department(work: Work, slip: Row, row: Row) -> Department:
    done = queries.counted_by(work.reader, slip["id"])
    rights = work.house().rights(work.actor.roles)
    free = [
        department
        for department in _counting(work, row)
        if department.id not in done and not rights.isdisjoint(department.roles)
    ]
    require_open(
        [rules.counter_free(work.actor.code, free, done)],
        _("{actor} cannot count {number}").format(actor=work.actor.code, number=slip["number"]),
        refs={"dispatch": slip["number"]},
    )
    return free[0]


def load(work: Work, reference: str, truck: str, driver: str) -> Outcome:
    """Put the goods on a vehicle: they leave the stock (RTL-PAY-08, RTL-ORD-14, RTL-PRI-02)."""
    from kac.desk.dispatch.tables import Dispatch

    require(work, "dispatch.load")
    vehicle = required_text(truck, field=_("vehicle"), longest=20)
    who = required_text(driver, field=_("driver"), longest=40)
    slip, row = _gathered(work, reference)
    _row, facts, policies = orders.gathered(work, row["number"])
    version = order_queries.policy(work.reader, row)
    policy, owed, may = queries.policy(version), payments.money(work.reader, row), version.may
    held = _slip_facts(work, row["id"])
    DISPATCH.after(slip["state"], "load", subject=slip["number"])
    require_open(
        [
            rules.slip_printed(held, policy, may["dispatch.print"]),
            rules.counted(held, policy.counting()),
            *payment_rules.goods_may_go(owed, order_rules.covering(facts, policies, work.on), may),
            supply_confirmed(row["number"], facts.supplies),
        ],
        _("{number} cannot be loaded").format(number=slip["number"]),
        refs={"dispatch": slip["number"], "order": row["number"]},
    )
    # After this point the goods must leave.
    out = _leaving(work, slip["number"], row["location"], wanted(facts.lines))
    stock.end_reservations(work, row["id"], "loaded")
    moves.post(work, out)
    if entry := postings.loaded(slip["number"], out):
        journal.post(work, entry)
    dispatch = work.get(Dispatch, slip["id"])
    dispatch.vehicle, dispatch.driver, dispatch.loaded_on = vehicle, who, work.on
    work.move(dispatch, DISPATCH, "load")
    says = _("{number} is loaded on {truck}, driver {driver}; the goods have left {place}").format(
        number=slip["number"], truck=vehicle, driver=who, place=row["location"]
    )
    document = {**_document(slip["number"], dispatch.state, row), "truck": vehicle, "driver": who}
    return Outcome(document, (says,), (f"kac dispatch sign {slip['number']} --by …",))


def _leaving(work: Work, slip: str, location: str, wanted: Mapping[int, int]) -> list[Move]:
    found = []
    for product_id, quantity in wanted.items():
        on_hand, value = moves.held(work.reader, product_id, location)
        worth = value_of_part(value, on_hand, quantity)
        found.append(postings.leaves(slip, product_id, location, quantity, worth))
    return found


def sign(work: Work, reference: str, by: str) -> Outcome:
    """The customer has checked the goods and signed: the sale is made (RTL-PAY-10)."""
    from kac.desk.dispatch.tables import Dispatch

    require(work, "dispatch.sign")
    signer = required_text(by, field=_("who signed"), longest=40)
    slip, row = _gathered(work, reference)
    dispatch = work.get(Dispatch, slip["id"])
    DISPATCH.after(slip["state"], "sign", subject=slip["number"])
    out = [
        postings.arrives(
            slip["number"], move["product_id"], move["quantity"], Money(move["value_fen"])
        )
        for move in queries.shipped_value(work.reader, slip["number"])
    ]
    moves.post(work, out)
    if entry := postings.delivered(
        slip["number"], Money(row["total_fen"]), Money(row["received_fen"]), out
    ):
        journal.post(work, entry)
    dispatch.received_by, dispatch.signed_on = signer, work.on
    work.move(dispatch, DISPATCH, "sign")
    orders.move(work, row["id"], "deliver")
    policy = queries.policy(order_queries.policy(work.reader, row))
    papers.mark(work, slip["number"], SLIP, policy.signed_copy, "signed", "driver", signer)
    due = work.on + timedelta(days=policy.copy_due_days)
    says = _("{number} is signed by {signer}; the signed copy is due back by {day}").format(
        number=slip["number"], signer=signer, day=due
    )
    document = {**_document(slip["number"], dispatch.state, row), "signed_by": signer}
    return Outcome(document, (says,), (f"kac dispatch archive {slip['number']}",))


def archive(work: Work, reference: str) -> Outcome:
    """The signed copy is back and on file; unsigned it is not taken (RTL-PAY-11, A-24)."""
    from kac.desk.dispatch.tables import Dispatch

    require(work, "dispatch.archive")
    slip, row = _gathered(work, reference)
    version = order_queries.policy(work.reader, row)
    require_open(
        [rules.signed(_slip_facts(work, row["id"]), version.may["dispatch.sign"])],
        _("the copy of {number} cannot be archived").format(number=slip["number"]),
        refs={"dispatch": slip["number"], "order": row["number"]},
    )
    dispatch = work.get(Dispatch, slip["id"])
    dispatch.archived_on = work.on
    work.move(dispatch, DISPATCH, "archive")
    policy = queries.policy(version)
    papers.mark(work, slip["number"], SLIP, policy.signed_copy, "archived", policy.archive_holder)
    orders.move(work, row["id"], "close")
    says = _("{number}: signed copy archived, {order} is closed").format(
        number=slip["number"], order=row["number"]
    )
    return Outcome(_document(slip["number"], dispatch.state, row), (says,))


def _gathered(work: Work, reference: str) -> tuple[Row, Row]:
    slip = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(queries.latest_day(slip), slip["number"])
    return slip, order_queries.by_id(work.reader, slip["order_id"])


def _slip_facts(work: Work, order_id: int) -> rules.SlipFacts:
    return queries.facts(work.reader, order_queries.by_id(work.reader, order_id))


def _counting(work: Work, row: Row) -> tuple[Department, ...]:
    return queries.policy(order_queries.policy(work.reader, row)).counting()


def _past(slip: Row) -> Refused:
    return Refused(
        _("{number} is {state}: it is not counted any more").format(
            number=slip["number"], state=DISPATCH.label(slip["state"])
        ),
        code="E-STA-001",
        rules=["RTL-ORD-14"],
    )


def _document(number: str, state: str, order: Row) -> dict[str, Any]:
    return {
        "number": number,
        "state": state,
        "order": order["number"],
        "customer": order["customer"],
        "total": Money(order["total_fen"]).plain(),
    }
