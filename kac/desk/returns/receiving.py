"""Verbs of goods that are back: count them by every department, judge every piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kac.core.errors import BadInput
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.quantity import parse_quantity
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.dispatch.policy import Department
from kac.desk.dispatch.rules import counter_free
from kac.desk.papers.rules import HOLDERS
from kac.desk.returns import actions, queries, rules
from kac.desk.returns.rules import ReturnFacts
from kac.desk.returns.states import RETURN, SCRAP
from kac.desk.returns.taking import goods_arrive, goods_judged
from kac.desk.staff.actions import require


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
    return Outcome(
        actions.document(work, row), tuple(says), following if row["state"] == "back" else ()
    )


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
        return Outcome(actions.document(work, row), (says,))
    says = _("{number}: {fates}; {amount} to be settled").format(
        **told, amount=Money(held.worth_fen)
    )
    return Outcome(actions.document(work, row), (says,), (f"kac return settle {row['number']}",))


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


def _gathered(work: Work, reference: str) -> tuple[Row, ReturnFacts]:
    row = queries.find(work.reader, reference, work.speaker)
    latest = max(filter(None, (row["on_day"], row["received_on"], row["inspected_on"])))
    work.require_not_before(date.fromisoformat(latest), row["number"])
    return row, queries.facts(work.reader, row)
