"""Verbs of the return: ask for one, take the goods back, judge them, drop it, print its slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from kac.core.errors import BadInput
from kac.core.gates import require as require_open
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.quantity import format_quantity, parse_quantity
from kac.core.text import required_text
from kac.db.policybook import PolicyVersion
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals import rules as approval_rules
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.dispatch import queries as dispatch
from kac.desk.dispatch.policy import Department
from kac.desk.dispatch.rules import counter_free
from kac.desk.orders import queries as order_queries
from kac.desk.papers import actions as papers
from kac.desk.papers.rules import HOLDERS
from kac.desk.returns import queries, rules
from kac.desk.returns.rules import BackLine, ReturnFacts, SoldLine
from kac.desk.returns.states import BACK, CUSTOMER, RETURN, SCRAP
from kac.desk.returns.taking import goods_arrive, goods_judged
from kac.desk.staff.actions import require

SLIP = "return_slip"


@dataclass(frozen=True)
class Part:
    """A part of a line of the order, in base units, and whether it comes back or never arrived."""

    order_line: int
    quantity: int
    kind: str = BACK


@dataclass(frozen=True)
class Wish:
    """A return as it is asked for: {line of the order: quantity as written}, until when, why."""

    lines: Mapping[int, str]
    reason: str
    by_day: date | None = None


@dataclass(frozen=True)
class Head:
    """What is written at the head of a return."""

    origin: str
    reason: str
    by_day: date
    late: bool = False
    exchange: int | None = None


@dataclass(frozen=True)
class Asked:
    """A return that was judged and is not written yet; `slip` is a row of v_dispatch."""

    slip: Row
    parts: tuple[Part, ...]
    head: Head


def new(work: Work, reference: str, wish: Wish) -> Outcome:
    """Ask for goods to come back that a customer has; a manager grants it (FLW-AFT-01).

    `reference` is the slip, or the order; lines are those of the order form.
    """
    require(work, "return.new")
    number = ask(work, reference, wish)
    row = queries.by_number(work.reader, number)
    return Outcome(document(work, row), tuple(asked_says(work, row)), hints(row))


def ask(work: Work, reference: str, wish: Wish) -> str:
    """Write a return of a customer down and ask for its signatures. Returns its number."""
    return written(work, judged(work, reference, wish))


def judged(work: Work, reference: str, wish: Wish) -> Asked:
    """A return that may be asked for: no more than the customer has, in time, with a reason."""
    slip = dispatch.find(work.reader, reference, work.speaker)
    why = required_text(wish.reason, field=_("reason"))
    version = work.policy()
    sold = queries.sold(work.reader, slip["id"])
    parts = _parts(sold, wish.lines)
    require_open(
        [
            rules.delivered(
                slip["number"], slip["order_number"], slip["state"], version.may["dispatch.sign"]
            ),
            *([rules.within_delivery(slip["order_number"], sold, _sums(parts))] if sold else []),
        ],
        _("nothing of {number} can be taken back").format(number=slip["order_number"]),
        refs={"order": slip["order_number"], "dispatch": slip["number"]},
    )
    signed_on = date.fromisoformat(slip["signed_on"])
    work.require_not_before(signed_on, slip["number"])
    policy = queries.policy(version)
    by_day = wish.by_day or work.on + timedelta(days=policy.days)
    if by_day < work.on:
        raise BadInput(
            _("{day} is past: goods cannot be back by then").format(day=by_day), code="E-RET-001"
        )
    late = rules.is_late(signed_on, work.on, policy)
    return Asked(slip, tuple(parts), Head(CUSTOMER, why, by_day, late))


def written(work: Work, asked: Asked, exchange: int | None = None) -> str:
    """Write a return that was judged; `exchange` is the key of the order for other goods."""
    head = replace(asked.head, exchange=exchange)
    number = write(work, asked.slip, asked.parts, head)
    _ask_signatures(work, number, work.policy())
    return number


def write(work: Work, slip: Row, parts: Sequence[Part], head: Head) -> str:
    """Write a return of a slip, a row of v_dispatch; the caller judged it. Returns its number."""
    from kac.desk.returns.tables import GoodsReturn, ReturnLine

    version = work.policy()
    products = {
        line["line"]: line["product_id"]
        for line in order_queries.lines(work.reader, slip["order_id"])
    }
    row = work.add(
        GoodsReturn(
            number=work.number(queries.NUMBERS),
            order_id=slip["order_id"],
            dispatch_id=slip["id"],
            exchange_id=head.exchange,
            state=RETURN.start,
            origin=head.origin,
            reason=head.reason,
            late=head.late,
            by_day=head.by_day,
            location=slip["location"],
            made_by=work.actor.code,
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    work.add_all(
        [
            ReturnLine(
                return_id=row.id,
                line=place,
                order_line=part.order_line,
                product_id=products[part.order_line],
                kind=part.kind,
                quantity=part.quantity,
            )
            for place, part in enumerate(parts, start=1)
        ]
    )
    work.record("ask for return", row.number, slip=slip["number"], origin=head.origin)
    return str(row.number)


def _ask_signatures(work: Work, number: str, version: PolicyVersion) -> None:
    row = queries.by_number(work.reader, number)
    worth = queries.facts(work.reader, row).worth_fen
    steps = approval_rules.matrix_route(
        version.section("approvals", ApprovalPolicy).rows(),
        rules.KIND,
        worth,
        (rules.LATE,) if row["late"] else (),
    )
    subject = Subject(
        kind=rules.KIND,
        number=number,
        revision=1,
        maker=work.actor.code,
        policy_set=version.set,
        policy_version=version.version,
        total_fen=worth,
        customer_id=row["customer_id"],
    )
    frozen = {"order": row["order_number"], "amount_fen": worth, "late": int(row["late"])}
    approvals.request(work, subject, steps, frozen)


def _parts(sold: Sequence[SoldLine], written: Mapping[int, str]) -> list[Part]:
    scales = {line.line: line.scale for line in sold}
    parts = [
        Part(line, parse_quantity(text, scales.get(line, 1))) for line, text in written.items()
    ]
    if not parts or any(part.quantity <= 0 for part in parts):
        raise BadInput(_("nothing is named to come back"), code="E-RET-002")
    return parts


def _sums(parts: Sequence[Part]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in parts:
        found[part.order_line] = found.get(part.order_line, 0) + part.quantity
    return found


def asked_says(work: Work, row: Row) -> list[str]:
    """What to say of a return just asked for: what comes back, until when, who signs."""
    facts = queries.facts(work.reader, row)
    says = [
        _("{number}: {goods} of {order} to come back by {day}, worth {amount}").format(
            number=row["number"],
            goods=", ".join(_told(line) for line in facts.lines),
            order=row["order_number"],
            day=row["by_day"],
            amount=Money(facts.worth_fen),
        )
    ]
    if row["approval"]:
        gates = queries.signatures(work.reader, row, work.policy().may)
        says += [gate.says for gate in gates if not gate.open]
    return says


def _told(line: BackLine) -> str:
    return f"{line.name} {format_quantity(line.quantity, line.scale)} {line.unit}"


def hints(row: Row) -> tuple[str, ...]:
    """What comes next for a return just asked for."""
    signing = (f"kac approval ok {row['approval']}",) if row["approval"] else ()
    return (f"kac return print {row['number']}", *signing)


def receive(work: Work, reference: str, written: Mapping[int, str]) -> Outcome:
    """Write down what one department counted of what came back (FLW-AFT-01, RTL-ORD-14).

    All departments count, each by another person, and find the same; with the last count the goods
    are the house's again, at what they had cost.
    """
    require(work, "return.receive")
    row, facts = _gathered(work, reference)
    RETURN.after(row["state"], "receive", subject=row["number"])
    scales = {line.line: line.scale for line in facts.lines}
    found = {line: _counted(text, scales.get(line, 1)) for line, text in written.items()}
    policy = queries.policy(queries.version(work.reader, row))
    department = _department(work, row, policy.counting(), facts.counted_by)
    require_open(
        [
            *queries.signatures(work.reader, row, work.policy().may),
            rules.count_fits(facts.lines, found, queries.counted(work.reader, row["id"])),
            rules.something_came(row["number"], facts.lines, found),
        ],
        _("the goods of {number} cannot be taken back so").format(number=row["number"]),
        refs={"return": row["number"], "order": row["order_number"]},
    )
    _write_count(work, row, department, found)
    work.record("count", row["number"], department=department.id)
    says = [
        _("{number}: counted for {department}, every line alike").format(
            number=row["number"], department=_(HOLDERS[department.id])
        )
    ]
    if len(facts.counted_by) + 1 == len(policy.counting()):
        goods_arrive(work, row, facts.lines, found)
        says.append(_("{number}: the goods are back").format(number=row["number"]))
    row = queries.by_number(work.reader, row["number"])
    following = (f"kac return inspect {row['number']} LINE:FATE[:QTY] …",)
    return Outcome(document(work, row), tuple(says), following if row["state"] == "back" else ())


def _counted(written: str, scale: int) -> int:
    """A quantity, or nothing: of goods that never arrived often nothing is found."""
    return 0 if written.strip() == "0" else parse_quantity(written, scale)


def _write_count(work: Work, row: Row, department: Department, found: Mapping[int, int]) -> None:
    from kac.desk.returns.tables import ReturnCount

    work.add_all(
        [
            ReturnCount(
                return_id=row["id"],
                department=department.id,
                line=line,
                quantity=quantity,
                staff=work.actor.code,
                at=work.now,
            )
            for line, quantity in found.items()
        ]
    )


def _department(
    work: Work, row: Row, counting: Sequence[Department], done: Mapping[str, str]
) -> Department:
    rights = work.house().rights(work.actor.roles)
    free = [
        department
        for department in counting
        if department.id not in done and not rights.isdisjoint(department.roles)
    ]
    require_open(
        [counter_free(work.actor.code, free, done)],
        _("{actor} cannot count {number}").format(actor=work.actor.code, number=row["number"]),
        refs={"return": row["number"]},
    )
    return free[0]


def inspect(work: Work, reference: str, written: Mapping[int, Mapping[str, str]]) -> Outcome:
    """Decide what becomes of every piece: stock, sample, scrap, or not taken back (FLW-AFT-01).

    {line: {fate: quantity as written, empty for all that is left of the line}}. Scrapping asks for
    a permission of its own.
    """
    require(work, "return.inspect")
    row, facts = _gathered(work, reference)
    RETURN.after(row["state"], "inspect", subject=row["number"])
    fates = _fates(facts, written)
    if any(SCRAP in parts for parts in fates.values()):
        require(work, "return.scrap")
    require_open(
        [
            rules.every_piece_judged(facts.lines, fates),
            rules.none_refused_unsold(facts.lines, fates),
        ],
        _("{number} is not judged so").format(number=row["number"]),
        refs={"return": row["number"]},
    )
    # After this point the goods must be judged.
    goods_judged(work, row, facts.lines, rules.with_lost(facts.lines, fates))
    row = queries.by_number(work.reader, row["number"])
    held = queries.facts(work.reader, row)
    told = {"number": row["number"], "fates": rules.told_fates(held.lines)}
    if row["state"] == "settled":
        says = _("{number}: {fates}; nothing to settle, the goods were never sold").format(**told)
        return Outcome(document(work, row), (says,))
    says = _("{number}: {fates}; {amount} to be settled").format(
        **told, amount=Money(held.worth_fen)
    )
    return Outcome(document(work, row), (says,), (f"kac return settle {row['number']}",))


def _fates(
    facts: ReturnFacts, written: Mapping[int, Mapping[str, str]]
) -> dict[int, dict[str, int]]:
    """Quantities of the fates; one that is left out is all that the others leave of its line."""
    lines = {line.line: line for line in facts.lines}
    found: dict[int, dict[str, int]] = {}
    for place, parts in written.items():
        line = lines.get(place)
        scale, counted = (line.scale, line.counted or 0) if line else (1, 0)
        said = {fate: parse_quantity(text, scale) for fate, text in parts.items() if text}
        rest = counted - sum(said.values())
        found[place] = {fate: said.get(fate, rest) for fate in parts}
    if any(quantity <= 0 for parts in found.values() for quantity in parts.values()):
        raise BadInput(_("a fate is of something: nothing is left for one"), code="E-RET-002")
    return found


def drop(work: Work, reference: str, reason: str) -> Outcome:
    """Give a return up before its goods are back: the customer keeps them."""
    from kac.desk.returns.tables import GoodsReturn

    require(work, "return.drop")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    work.move(work.get(GoodsReturn, row["id"]), RETURN, "drop", why)
    approvals.supersede(work, row["number"], why)
    says = _("{number} is dropped: {reason}").format(number=row["number"], reason=why)
    return Outcome(document(work, queries.by_number(work.reader, row["number"])), (says,))


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Print the return slip in its copies; printing again needs a reason and is counted."""
    require(work, "return.print")
    row = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])
    policy = queries.policy(queries.version(work.reader, row))
    holders = {copy: copy for copy in policy.copies}
    printing = papers.hand_out(work, row["number"], SLIP, holders, reason)
    work.record("print", row["number"], printing=printing, reason=reason)
    says = ngettext(
        "{number}: return slip printed, {count} copy",
        "{number}: return slip printed, {count} copies",
        len(holders),
    ).format(number=row["number"], count=len(holders))
    return Outcome({**document(work, row), "printing": printing}, (says,))


def _gathered(work: Work, reference: str) -> tuple[Row, ReturnFacts]:
    row = queries.find(work.reader, reference, work.speaker)
    latest = max(filter(None, (row["on_day"], row["received_on"], row["inspected_on"])))
    work.require_not_before(date.fromisoformat(latest), row["number"])
    return row, queries.facts(work.reader, row)


def document(work: Work, row: Row) -> dict[str, Any]:
    """A return as writing commands hand it to scripts; money in yuan."""
    return {
        "number": row["number"],
        "state": row["state"],
        "order": row["order_number"],
        "slip": row["dispatch"],
        "customer": row["customer"],
        "amount": Money(queries.facts(work.reader, row).worth_fen).plain(),
        "exchange": row["exchange"],
        "approval": row["approval"],
    }
