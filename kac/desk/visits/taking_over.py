"""Taking over: visits that a file tells of, written on the register as those of the counter are."""

from __future__ import annotations

from datetime import date

from kac.core.errors import BadInput, Refused
from kac.core.i18n import _
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.reader import Reader, Row
from kac.db.work import Work
from kac.desk.visits import actions
from kac.desk.visits.actions import Person
from kac.desk.visits.states import VISIT


@dataclass(frozen=True)
class Told:
    """A visit as a file tells of it: by whom and when; to be made where it has no `content`."""

    whom: Person
    visitor: str
    on: date
    purpose: str = ""
    content: str = ""


def take_over(work: Work, told: Told) -> str:
    """Write a visit down, planned or made; returns its number (RTL-VIS-02).

    The caller has judged who may. Nothing is filed by it.
    """
    refuse_day(told, work.on)
    planned = None if told.content else told.on
    row = actions.written(work, told.whom, told.purpose, planned)
    row.visitor = told.visitor
    if told.content:
        row.content = required_text(told.content, field=_("what was talked about"), longest=400)
        row.visited_on = told.on
        work.move(row, VISIT, "record")
    else:
        work.record("plan visit", row.number)
    return str(row.number)


def refuse_day(told: Told, today: date) -> None:
    """Pass unless what is planned is over, or what was made is still to come."""
    if told.content and told.on > today:
        raise BadInput(_("a visit of {day} was not made yet").format(day=told.on))
    if not told.content and told.on < today:
        raise BadInput(
            _("a visit is not planned for a day that is over: {day}").format(day=told.on),
            code="E-VIS-001",
        )


def earlier(reader: Reader, told: Told) -> Row | None:
    """The visit of the same person to the same customer on the same day that is known already."""
    return reader.first(
        "SELECT * FROM v_visit WHERE visitor = :visitor AND state <> 'dropped'"
        " AND coalesce(visited_on, planned_on) = :day"
        " AND ((:customer <> '' AND customer = :customer)"
        " OR (:customer = '' AND customer_name = :name))",
        visitor=told.visitor,
        day=told.on.isoformat(),
        customer=told.whom.customer,
        name=told.whom.name,
    )


def take_back(work: Work, first: int, count: int, why: str) -> None:
    """Drop the visits with ids from `first` on, as long as none of them is on file."""
    from kac.desk.visits.tables import Visit

    last = first + count - 1
    filed = work.reader.all(
        "SELECT number FROM visit WHERE id BETWEEN :first AND :last AND state = 'filed'"
        " UNION SELECT v.number FROM customer_call k JOIN visit v ON v.id = k.visit_id"
        " WHERE v.id BETWEEN :first AND :last ORDER BY number LIMIT 10",
        first=first,
        last=last,
    )
    if filed:
        raise Refused(
            _("work stands on what was imported"),
            code="E-IMP-010",
            cause=[_("{number} was worked on").format(number=row["number"]) for row in filed],
        )
    for number in range(first, last + 1):
        row = work.get(Visit, number)
        if row.state == "dropped":
            continue
        row.drop_reason = why
        row.planned_on, row.visited_on = row.planned_on or row.visited_on, None
        work.move(row, VISIT, "withdraw", why)
