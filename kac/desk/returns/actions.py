"""Verbs of the return: ask for one, take the goods back, judge them, drop it, print its slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kac.core.errors import BadInput
from kac.core.gates import require as require_open
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.quantity import format_quantity, parse_quantity
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.policybook import PolicyVersion
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals import rules as approval_rules
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.dispatch import queries as dispatch
from kac.desk.orders import queries as order_queries
from kac.desk.papers import actions as papers
from kac.desk.returns import queries, rules
from kac.desk.returns.rules import BackLine, SoldLine
from kac.desk.returns.states import BACK, CUSTOMER, GONE, RETURN
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


def drop(work: Work, reference: str, reason: str) -> Outcome:
    """Give a return up before its goods are back: the customer keeps them.

    The order for the other goods of an exchange then stands by itself, to be paid or made void.
    """
    from kac.desk.returns.tables import GoodsReturn

    require(work, "return.drop")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    work.move(work.get(GoodsReturn, row["id"]), RETURN, "drop", why)
    approvals.supersede(work, row["number"], why)
    says = [_("{number} is dropped: {reason}").format(number=row["number"], reason=why)]
    following = []
    if row["exchange"] and row["exchange_state"] not in GONE:
        told = _("{order} for the other goods stands by itself: it is paid for, or made void")
        says.append(told.format(order=row["exchange"]))
        following.append(f"kac order void {row['exchange']} --reason …")
    done = document(work, queries.by_number(work.reader, row["number"]))
    return Outcome(done, tuple(says), tuple(following))


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
