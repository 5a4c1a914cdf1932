"""Rules of the dispatch: what must hold before a slip, before loading, and until the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kac.core.gates import Gate
from kac.core.i18n import _, ngettext
from kac.core.quantity import format_quantity
from kac.core.values import dataclass
from kac.desk.dispatch.policy import Department, DispatchPolicy
from kac.desk.papers import rules as papers
from kac.desk.papers.rules import HOLDERS, Copy


@dataclass(frozen=True)
class SlipFacts:
    """A slip as its gates see it; `number` is empty before it is issued.

    `counted` maps a department to the person who counted for it; `open_lines` of an order that has
    slips are not all on them. `prepared` are gates of boxes, till and simple list before loading.
    """

    order: str
    number: str = ""
    state: str = ""
    address: str = ""
    counted: Mapping[str, str] | None = None
    copies: Mapping[str, Copy] | None = None
    signed_on: date | None = None
    open_lines: int = 0
    prepared: tuple[Gate, ...] = ()


@dataclass(frozen=True)
class SlipLine:
    """One line to go out, in base units, with what it costs in fen."""

    line: int
    name: str
    unit: str
    scale: int
    quantity: int
    code: str = ""
    product_id: int = 0
    amount_fen: int = 0
    gift: bool = False


@dataclass(frozen=True)
class Wish:
    """How a customer wants a delivery note: under which title, with prices, with which remark."""

    title: str = "delivery"
    prices: bool = True
    remark: str = ""
    staff: str = ""


def address_known(order: str, address: str, roles: Sequence[str]) -> Gate:
    """Goods go to a place that is written down (RTL-PAY-09)."""
    says = _("goods go to {address}").format(address=address or "?")
    if address:
        return Gate("address_known", ("RTL-PAY-09",), True, says)
    return Gate(
        "address_known",
        ("RTL-PAY-09",),
        False,
        _("no address to deliver to"),
        tuple(roles),
        f"kac order edit {order} --address …",
    )


def slip_issued(facts: SlipFacts, roles: Sequence[str]) -> Gate:
    """The distribution centre has issued the wholesale slip (RTL-PAY-05)."""
    rules = ("RTL-PAY-05",)
    if facts.number:
        return Gate("slip_issued", rules, True, _("slip {number}").format(number=facts.number))
    says = _("no slip issued yet")
    if facts.open_lines:
        says = ngettext(
            "{lines} line is still to go out: no slip issued yet",
            "{lines} lines are still to go out: no slip issued yet",
            facts.open_lines,
        ).format(lines=facts.open_lines)
    return Gate(
        "slip_issued",
        rules,
        False,
        says,
        tuple(roles),
        f"kac dispatch new {facts.order}",
    )


def slip_printed(facts: SlipFacts, policy: DispatchPolicy, roles: Sequence[str]) -> Gate:
    """The slip is out in two copies: the driver's and the customer's (RTL-PAY-05..08)."""
    return papers.printed(
        "slip_printed",
        ("RTL-PAY-05", "RTL-PAY-06", "RTL-PAY-07", "RTL-PAY-08"),
        _("wholesale slip"),
        policy.slip_copies,
        facts.copies or {},
        roles,
        f"kac dispatch print {facts.number or facts.order}",
    )


def counted(facts: SlipFacts, departments: Sequence[Department]) -> Gate:
    """Both departments have counted, by two persons, and found what the form says (RTL-ORD-14)."""
    done = facts.counted or {}
    missing = _uncounted(departments, done)
    if not missing:
        names = ", ".join(
            _("{person} for {department}").format(
                person=done[department.id], department=_(HOLDERS[department.id])
            )
            for department in departments
        )
        return Gate("counted", ("RTL-ORD-14",), True, _("counted by {names}").format(names=names))
    return Gate(
        "counted",
        ("RTL-ORD-14",),
        False,
        _("not counted yet by {departments}").format(
            departments=", ".join(_(HOLDERS[department.id]) for department in missing)
        ),
        tuple(role for department in missing for role in department.roles),
        f"kac dispatch count {facts.number or facts.order} LINE:QTY …",
    )


def _uncounted(departments: Sequence[Department], counted: Mapping[str, str]) -> list[Department]:
    """Departments that nobody has counted for, or only somebody who counts for an earlier one."""
    missing: list[Department] = []
    persons: set[str] = set()
    for department in departments:
        person = counted.get(department.id, "")
        if not person or person in persons:
            missing.append(department)
        persons.add(person)
    return missing


def counter_free(staff: str, free: Sequence[Department], done: Mapping[str, str]) -> Gate:
    """Each department counts once, each by another person (RTL-ORD-14).

    `free` are the departments that `staff` may count for and that have not counted yet.
    """
    says = _("{staff} counts for {department}").format(
        staff=staff, department=_(HOLDERS[free[0].id]) if free else "-"
    )
    if done:
        says = _("counted already: {names}; the other department counts too").format(
            names=", ".join(
                _("{person} for {department}").format(
                    person=person, department=_(HOLDERS[department])
                )
                for department, person in done.items()
            )
        )
    is_free = bool(free) and staff not in done.values()
    return Gate("counter_free", ("RTL-ORD-14",), is_free, says)


def quantities_equal(lines: Sequence[SlipLine], found: Mapping[int, int]) -> Gate:
    """What was counted is what the form says, line by line; over and under are both refused.

    RTL-CTL-07, RTL-ORD-14.
    """
    off = [
        _difference(line, found[line.line])
        if line.line in found
        else _("line {line} {name}: not counted").format(line=line.line, name=line.name)
        for line in lines
        if found.get(line.line) != line.quantity
    ]
    off += [
        _("line {line}: not on the form").format(line=line)
        for line in sorted(found.keys() - {line.line for line in lines})
    ]
    return Gate(
        "quantities_equal",
        ("RTL-CTL-07",),
        not off,
        "; ".join(off) or _("every line as on the form"),
    )


def _difference(line: SlipLine, quantity: int) -> str:
    return _("line {line} {name}: {found} {unit} counted, {wanted} on the form").format(
        line=line.line,
        name=line.name,
        unit=line.unit,
        found=format_quantity(quantity, line.scale),
        wanted=format_quantity(line.quantity, line.scale),
    )


def loaded(facts: SlipFacts, roles: Sequence[str]) -> Gate:
    """The goods are on a vehicle that was assigned against the slip (RTL-PAY-08)."""
    rules = ("RTL-PAY-08",)
    if facts.state in ("loaded", "signed", "archived"):
        return Gate("loaded", rules, True, _("loaded"))
    return Gate(
        "loaded",
        rules,
        False,
        _("not loaded yet"),
        tuple(roles),
        f"kac dispatch load {facts.number or facts.order} --truck … --driver …",
    )


def signed(facts: SlipFacts, roles: Sequence[str]) -> Gate:
    """Driver and customer have checked the goods and the customer has signed.

    RTL-PAY-10; without a signature no copy is archived (RTL-PAY-11).
    """
    rules = ("RTL-PAY-10", "RTL-PAY-11")
    if facts.state in ("signed", "archived"):
        return Gate("signed", rules, True, _("delivered and signed for"))
    return Gate(
        "signed",
        rules,
        False,
        _("not signed for by the customer yet"),
        tuple(roles),
        f"kac dispatch sign {facts.number or facts.order} --by …",
    )


def copy_archived(
    facts: SlipFacts, policy: DispatchPolicy, roles: Sequence[str], today: date
) -> Gate:
    """The customer's signed copy is back and on file at logistics (RTL-PAY-11, A-24)."""
    rules = ("RTL-PAY-11",)
    if facts.state == "archived":
        return Gate("copy_archived", rules, True, _("signed copy archived"))
    says = _("the signed copy is not back yet")
    if overdue(facts, policy, today):
        says = _("the signed copy should have been back by {day}").format(
            day=due_day(facts, policy)
        )
    command = f"kac dispatch archive {facts.number or facts.order}"
    return Gate("copy_archived", rules, False, says, tuple(roles), command)


def due_day(facts: SlipFacts, policy: DispatchPolicy) -> date | None:
    """The day by which the signed copy is to be back; None before it was signed."""
    if facts.signed_on is None:
        return None
    return facts.signed_on + timedelta(days=policy.copy_due_days)


def overdue(facts: SlipFacts, policy: DispatchPolicy, today: date) -> bool:
    """Whether the signed copy is late; late is reported, never refused (A-24)."""
    due = due_day(facts, policy)
    return facts.state == "signed" and due is not None and today > due
