"""Verbs of the slip until its goods have left: print, count, make void, load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kac.core.errors import Refused
from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.quantity import parse_quantity
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.deliveries import actions as deliveries
from kac.desk.deliveries import queries as delivered
from kac.desk.deliveries.rules import to_be_paid
from kac.desk.dispatch import postings, queries, rules
from kac.desk.dispatch.policy import Department
from kac.desk.dispatch.states import DISPATCH
from kac.desk.forms.actions import WORKING
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.orders import rules as order_rules
from kac.desk.papers import actions as papers
from kac.desk.papers import queries as papers_of
from kac.desk.papers.rules import HOLDERS
from kac.desk.payments import queries as payments
from kac.desk.payments import rules as payment_rules
from kac.desk.staff.actions import require
from kac.desk.stock.queries import supplies
from kac.desk.stock.rules import supply_confirmed
from kac.ledger import journal, moves
from kac.ledger.entry import Move, value_of_part

if TYPE_CHECKING:
    from kac.desk.dispatch.tables import VehicleRun

SLIP = "slip"


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Print the slip: one copy travels with the driver, one is for the customer to sign.

    A void slip is printed again, marked as such, and never for the first time (RTL-SHT-11).
    """
    require(work, "dispatch.print")
    slip, row = gathered(work, reference)
    if slip["state"] == "void" and not papers_of.copies(work.reader, slip["number"], SLIP):
        raise _never_printed(slip)
    policy = queries.policy(order_queries.policy(work.reader, row))
    holders = dict.fromkeys(policy.slip_copies, "driver")
    printing = papers.hand_out(work, slip["number"], SLIP, holders, reason)
    work.record("print", slip["number"], printing=printing, reason=reason)
    says = _("{number}: slip printed in two copies").format(number=slip["number"])
    made = {**document(slip["number"], slip["state"], row), "printing": printing}
    hints = (f"kac dispatch count {slip['number']} LINE:QTY …",)
    return Outcome(made, (says,), hints if slip["state"] == DISPATCH.start else ())


def print_working(work: Work, reference: str, paper: str, reason: str = "") -> Outcome:
    """Print what a slip that is not loaded is picked and boxed by (GPA-RCV-03)."""
    require(work, f"order.{paper}")
    slip, row = gathered(work, reference)
    if slip["state"] != DISPATCH.start:
        raise _past(slip)
    holders = {"distribution_center": "distribution_center"}
    printing = papers.hand_out(work, slip["number"], paper, holders, reason)
    work.record("print", slip["number"], kind=paper, printing=printing, reason=reason)
    says = _("{number}: {paper} printed").format(number=slip["number"], paper=_(WORKING[paper]))
    made = {**document(slip["number"], slip["state"], row), "paper": paper, "printing": printing}
    return Outcome(made, (says,))


def void(work: Work, reference: str, reason: str) -> Outcome:
    """Make a slip void before anything is loaded: its order waits again, its copies come back.

    RTL-CTL-07: what was counted short is never loaded; then the customer of a paid order chooses
    (RTL-SHT-01). Every copy is taken back and marked before another slip is issued (C-27).
    """
    from kac.desk.dispatch.tables import Dispatch

    require(work, "dispatch.void")
    why = required_text(reason, field=_("reason"))
    slip, row = gathered(work, reference)
    work.move(work.get(Dispatch, slip["id"]), DISPATCH, "void", why)
    if row["state"] == "slip_issued" and not delivered.slips(work.reader, row["id"]):
        orders.move(work, row["id"], "recall", why)
    deliveries.hold(work, row, "released")
    says = _("{number} is void: {reason}").format(number=slip["number"], reason=why)
    outside = [
        name
        for name, copy in papers_of.copies(work.reader, slip["number"], SLIP).items()
        if copy.out
    ]
    hints = [f"kac paper collect {slip['number']} --copy {name}" for name in outside]
    made = {**document(slip["number"], "void", row), "copies_out": outside}
    return Outcome(made, (says,), (*hints, f"kac explain {row['number']}"))


def count(work: Work, reference: str, counted: Mapping[int, str]) -> Outcome:
    """Write down what one department counted; it must be what the form says (RTL-CTL-07).

    `counted` maps a line to the quantity as it was written. The other department counts too, by
    another person (RTL-ORD-14).
    """
    from kac.desk.dispatch.tables import DispatchCount

    require(work, "dispatch.count")
    slip, row = gathered(work, reference)
    if slip["state"] != "issued":
        raise _past(slip)
    lines = queries.slip_lines(work.reader, slip["id"])
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
    gate = rules.counted(queries.slip_facts(work.reader, slip), _counting(work, row))
    made = {**document(slip["number"], slip["state"], row), "counted_for": department.id}
    hints = (f"kac dispatch load {slip['number']} --truck … --driver …",) if gate.open else ()
    return Outcome(made, (says,) if gate.open else (says, gate.says), hints)


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


def load(work: Work, references: Sequence[str], truck: str, driver: str) -> Outcome:
    """Put the goods of slips on one vehicle: they leave the stock.

    RTL-PAY-08, RTL-ORD-14, RTL-PRI-02: every slip is judged, and either all leave or none.
    """
    require(work, "dispatch.load")
    vehicle = required_text(truck, field=_("vehicle"), longest=20)
    who = required_text(driver, field=_("driver"), longest=40)
    going = {slip["id"]: (slip, row) for slip, row in (gathered(work, r) for r in references)}
    for slip, _row in going.values():
        DISPATCH.after(slip["state"], "load", subject=slip["number"])
    numbers = ", ".join(slip["number"] for slip, _row in going.values())
    require_open(
        [gate for slip, row in going.values() for gate in _loadable(work, slip, row, going)],
        _("{number} cannot be loaded").format(number=numbers),
        refs=_refs(going),
    )
    # After this point the goods must leave.
    run = _run(work, vehicle, who)
    for slip, row in going.values():
        _depart(work, slip, row, run)
    return _departed(going, run)


Going = Mapping[int, tuple[Row, Row]]


def _refs(going: Going) -> dict[str, str]:
    slip, row = next(iter(going.values()))
    return {"dispatch": slip["number"], "order": row["number"]} if len(going) == 1 else {}


def _loadable(work: Work, slip: Row, row: Row, going: Going) -> list[Gate]:
    """The gates of one slip; its goods are there beside those of its order's other slips."""
    _row, facts, policies = orders.gathered(work, row["number"])
    version = order_queries.policy(work.reader, row)
    policy, may = queries.policy(version), version.may
    money = delivered.sale(work.reader, row)
    due = to_be_paid(money, delivered.policy(version))
    owed = replace(payments.money(work.reader, row), total_fen=due)
    part = (slip["number"], slip["amount_fen"]) if len(money.slips) > 1 else None
    covering = order_rules.covering(facts, policies, work.on, part)
    held = queries.slip_facts(work.reader, slip)
    together = [each["id"] for each, of in going.values() if of["id"] == row["id"]]
    there = supplies(
        work.reader, queries.quantities(work.reader, together), row["location"], row["id"]
    )
    return [
        rules.slip_printed(held, policy, may["dispatch.print"]),
        rules.counted(held, policy.counting()),
        *queries.prepared(work.reader, slip, version),
        *payment_rules.goods_may_go(owed, covering, may),
        supply_confirmed(row["number"], there),
    ]


def _run(work: Work, vehicle: str, driver: str) -> VehicleRun:
    from kac.desk.dispatch.tables import VehicleRun

    return work.add(
        VehicleRun(
            number=work.number("CC"),
            vehicle=vehicle,
            driver=driver,
            loaded_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )


def _depart(work: Work, slip: Row, row: Row, run: VehicleRun) -> None:
    from kac.desk.dispatch.tables import Dispatch

    wanted = queries.quantities(work.reader, [slip["id"]])
    out = _leaving(work, slip["number"], row["location"], wanted)
    dispatch = work.get(Dispatch, slip["id"])
    dispatch.vehicle, dispatch.driver, dispatch.loaded_on = run.vehicle, run.driver, work.on
    dispatch.run_id = run.id
    work.move(dispatch, DISPATCH, "load")
    deliveries.hold(work, row, "loaded")
    moves.post(work, out)
    if entry := postings.loaded(slip["number"], out):
        journal.post(work, entry)


def _departed(going: Going, run: VehicleRun) -> Outcome:
    says = tuple(
        _("{number} is loaded on {truck}, driver {driver}; the goods have left {place}").format(
            number=slip["number"], truck=run.vehicle, driver=run.driver, place=row["location"]
        )
        for slip, row in going.values()
    )
    numbers = [slip["number"] for slip, _row in going.values()]
    slip, row = next(iter(going.values()))
    made = document(slip["number"], "loaded", row)
    made |= {"truck": run.vehicle, "driver": run.driver, "run": run.number, "slips": numbers}
    return Outcome(made, says, tuple(f"kac dispatch sign {each} --by …" for each in numbers))


def _leaving(work: Work, slip: str, location: str, wanted: Mapping[int, int]) -> list[Move]:
    found = []
    for product_id, quantity in wanted.items():
        on_hand, value = moves.held(work.reader, product_id, location)
        worth = value_of_part(value, on_hand, quantity)
        found.append(postings.leaves(slip, product_id, location, quantity, worth))
    return found


def gathered(work: Work, reference: str) -> tuple[Row, Row]:
    """The slip meant and its order."""
    slip = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(queries.latest_day(slip), slip["number"])
    return slip, order_queries.by_id(work.reader, slip["order_id"])


def _counting(work: Work, row: Row) -> tuple[Department, ...]:
    return queries.policy(order_queries.policy(work.reader, row)).counting()


def _never_printed(slip: Row) -> Refused:
    return Refused(
        _("{number} is void: no copy of it is handed out").format(number=slip["number"]),
        code="E-STA-001",
        rules=["RTL-SHT-11", "C-27"],
        fix=[f"kac dispatch show {slip['number']}"],
    )


def _past(slip: Row) -> Refused:
    return Refused(
        _("{number} is {state}: it is not counted any more").format(
            number=slip["number"], state=DISPATCH.label(slip["state"])
        ),
        code="E-STA-001",
        rules=["RTL-ORD-14"],
    )


def document(number: str, state: str, order: Row) -> dict[str, Any]:
    """A slip as scripts are told of it; the total is that of its order."""
    return {
        "number": number,
        "state": state,
        "order": order["number"],
        "customer": order["customer"],
        "total": Money(order["total_fen"]).plain(),
    }
