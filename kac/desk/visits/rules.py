"""Rules of the visit: the register, who counts as a valid customer, the file of the same day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kac.core.gates import Gate
from kac.core.i18n import N_, _, ngettext
from kac.core.values import dataclass
from kac.desk.visits.policy import VisitPolicy

# What must be open before a gate of a visit is anybody's work; it is the work of clerks.
AFTER: dict[str, tuple[str, ...]] = {
    "visit_customer_filed": ("visit_recorded",),
    "visit_by_area": ("visit_recorded", "visit_customer_filed"),
    "visit_filed": ("visit_recorded", "visit_customer_filed", "visit_by_area"),
}
OF_CLERKS = frozenset(AFTER) | {"visit_recorded"}
_WANTED = {"contact": N_("contact"), "phone": N_("telephone"), "area": N_("district")}


@dataclass(frozen=True)
class VisitFacts:
    """A line of the register as its gates see it.

    `file` is the number of the customer's file, `file_area` its district, `file_on` the day it
    was made; empty while there is none. `called` says that they were called before.
    """

    number: str
    state: str
    name: str
    contact: str
    phone: str
    area: str
    source: str
    visitor: str
    planned_on: date | None = None
    visited_on: date | None = None
    file: str = ""
    file_area: str = ""
    file_on: date | None = None
    called: bool = False

    @property
    def late_days(self) -> int:
        """By how many days the customer's file came after the visit (BLK-VIS-03)."""
        if self.file_on is None or self.visited_on is None:
            return 0
        return max(0, (self.file_on - self.visited_on).days)


@dataclass(frozen=True)
class Outing:
    """Somebody's day outside: how many visits, to how many valid customers, an excuse if any."""

    visitor: str
    day: date
    visits: int
    valid: int
    fewest: int
    excuse: str = ""

    @property
    def short(self) -> int:
        """How many valid customers are missing; none on a day that was not a normal one."""
        return 0 if self.excuse else max(0, self.fewest - self.valid)


def missing(facts: VisitFacts) -> tuple[str, ...]:
    """What a visit lacks to count as one to a valid customer (A-62)."""
    return tuple(field for field in _WANTED if not getattr(facts, field))


def missing_text(facts: VisitFacts) -> str:
    """The same in words, for people."""
    return ", ".join(_(_WANTED[field]) for field in missing(facts))


def outing(
    visitor: str, day: date, visits: Iterable[VisitFacts], policy: VisitPolicy, excuse: str = ""
) -> Outing:
    """A day outside; a customer who is visited twice counts once (BLK-VIS-02, A-62)."""
    made = list(visits)
    valid = {facts.file or facts.name for facts in made if not missing(facts)}
    return Outing(visitor, day, len(made), len(valid), policy.fewest_valid, excuse)


def outing_says(one: Outing) -> str:
    """An outing in words: how many valid customers of how many, and what is missing."""
    says = ngettext(
        "{staff} on {day}: {valid} valid customer of at least {fewest}",
        "{staff} on {day}: {valid} valid customers of at least {fewest}",
        one.valid,
    )
    return says.format(staff=one.visitor, day=one.day, valid=one.valid, fewest=one.fewest)


def checklist(facts: VisitFacts, roles: Sequence[str]) -> list[Gate]:
    """All gates of a visit; none once it was dropped."""
    if facts.state == "dropped":
        return []
    return [
        recorded(facts, roles),
        customer_filed(facts, roles),
        by_area(facts, roles),
        filed(facts, roles),
    ]


def recorded(facts: VisitFacts, roles: Sequence[str]) -> Gate:
    """Every visit stands on the register (RTL-VIS-02)."""
    if facts.visited_on is not None:
        says = _("{staff} visited {name} on {day}").format(
            staff=facts.visitor, name=facts.name, day=facts.visited_on
        )
        return Gate("visit_recorded", ("RTL-VIS-02",), True, says)
    says = _("planned for {day}, not on the register yet").format(day=facts.planned_on)
    command = f"kac visit record {facts.number} --contact … --phone … --area … --content …"
    return Gate("visit_recorded", ("RTL-VIS-02",), False, says, tuple(roles), command)


def customer_filed(facts: VisitFacts, roles: Sequence[str]) -> Gate:
    """The customer has a written file, made on the day of the visit; later is told (BLK-VIS-03)."""
    if facts.file:
        says = _("{customer} is on file").format(customer=facts.file)
        if facts.late_days:
            late = ngettext("{says}, {days} day late", "{says}, {days} days late", facts.late_days)
            says = late.format(says=says, days=facts.late_days)
        return Gate("visit_customer_filed", ("BLK-VIS-03",), True, says)
    says = _("{name} has no file yet").format(name=facts.name)
    command = f"kac visit file {facts.number} --nature … --address … --need …"
    return Gate("visit_customer_filed", ("BLK-VIS-03",), False, says, tuple(roles), command)


def by_area(facts: VisitFacts, roles: Sequence[str]) -> Gate:
    """Files are kept by district: without one there is no file (BLK-VIS-04)."""
    area = facts.file_area if facts.file else facts.area
    if area:
        says = _("filed under {area}").format(area=area)
        return Gate("visit_by_area", ("BLK-VIS-04",), True, says)
    says = _("no district is named, under which the file is kept")
    command = f"kac visit file {facts.number} --area …"
    if facts.file:
        command = f"kac customer edit {facts.file} --area …"
    return Gate("visit_by_area", ("BLK-VIS-04",), False, says, tuple(roles), command)


def filed(facts: VisitFacts, roles: Sequence[str]) -> Gate:
    """The line of the register is kept by the merchant department (RTL-VIS-03)."""
    if facts.state == "filed":
        return Gate("visit_filed", ("RTL-VIS-03",), True, _("the register is on file"))
    says = _("not on file with the merchant department yet")
    command = f"kac visit file {facts.number}"
    return Gate("visit_filed", ("RTL-VIS-03",), False, says, tuple(roles), command)


def to_file(facts: VisitFacts, roles: Sequence[str]) -> list[Gate]:
    """What must hold before a line of the register is filed; a late file holds nothing up."""
    return [recorded(facts, roles), customer_filed(facts, roles), by_area(facts, roles)]


def call_first(facts: VisitFacts, policy: VisitPolicy) -> bool:
    """Whether they are to be called before the visit: found in a book, and not called yet.

    BLK-VIS-06: told, never refused.
    """
    return facts.source in policy.call_first and not facts.called and facts.visited_on is None


def silent_since(contacts: Iterable[date], filed_on: date) -> date:
    """The day of the last word with a customer: a visit, a call, or its file (BLK-VIS-05)."""
    return max([filed_on, *contacts])


def call_due(last: date, policy: VisitPolicy) -> date:
    """The day by which a customer on file is to be called again (BLK-VIS-05)."""
    return last + timedelta(days=policy.call_after_days)
