"""Reading visits: the register, days outside, and customers who have not been called for long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import ngettext
from kac.db import policybook
from kac.db.policybook import DESK, PolicyVersion
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.visits import rules
from kac.desk.visits.policy import VisitPolicy
from kac.desk.visits.rules import Outing, VisitFacts
from kac.desk.workdays.queries import calendar


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The visit meant by its number, or a part of it."""
    number = resolve(reader, "BF", "visit", reference, speaker)
    return reader.one("SELECT * FROM v_visit WHERE number = :number", number=number)


def policy(version: PolicyVersion) -> VisitPolicy:
    """How often the desk goes out and calls, as a version says."""
    return version.section("visits", VisitPolicy)


def facts(row: Row) -> VisitFacts:
    """A row of v_visit as its rules see it."""
    return VisitFacts(
        number=row["number"],
        state=row["state"],
        name=row["customer_name"],
        contact=row["contact"],
        phone=row["phone"],
        area=row["area"],
        source=row["source"],
        visitor=row["visitor"],
        planned_on=_day(row["planned_on"]),
        visited_on=_day(row["visited_on"]),
        file=row["customer"],
        file_area=row["file_area"],
        file_on=_day(row["file_on"]),
        called=bool(row["called"]),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def listing(
    reader: Reader, state: str = "", visitor: str = "", since: date | None = None
) -> list[Row]:
    """The register, the latest at the head; `since` a day."""
    return reader.all(
        "SELECT * FROM v_visit WHERE (:state = '' OR state = :state)"
        " AND (:visitor = '' OR visitor = :visitor) AND (:since = '' OR need_by >= :since)"
        " ORDER BY need_by DESC, id DESC",
        state=state,
        visitor=visitor,
        since=since.isoformat() if since else "",
    )


def of_customer(reader: Reader, customer_id: int) -> Row | None:
    """The last visit on the register of a customer on file."""
    return reader.first(
        "SELECT * FROM v_visit WHERE customer_id = :id AND visited_on IS NOT NULL"
        " ORDER BY visited_on DESC, id DESC LIMIT 1",
        id=customer_id,
    )


def outings(reader: Reader, first: date, last: date) -> list[Outing]:
    """Every day outside between two days, and every excuse; by day and visitor."""
    rows = reader.all(
        "SELECT * FROM v_visit WHERE visited_on >= :first AND visited_on <= :last ORDER BY id",
        first=first.isoformat(),
        last=last.isoformat(),
    )
    excuses = {
        (row["day"], row["staff"]): str(row["reason"])
        for row in reader.all(
            "SELECT staff, excused_on AS day, reason FROM outing_excuse"
            " WHERE excused_on >= :first AND excused_on <= :last",
            first=first.isoformat(),
            last=last.isoformat(),
        )
    }
    made: dict[tuple[str, str], list[VisitFacts]] = {key: [] for key in excuses}
    for row in rows:
        made.setdefault((row["visited_on"], row["visitor"]), []).append(facts(row))
    judged = policy(policybook.in_force(reader, DESK, last))
    return [
        rules.outing(visitor, date.fromisoformat(day), made[day, visitor], judged, excuse)
        for (day, visitor) in sorted(made)
        for excuse in (excuses.get((day, visitor), ""),)
    ]


def to_call(reader: Reader, on: date) -> list[dict[str, Any]]:
    """Customers on file who are to be called by a day, the longest silent at the head.

    BLK-VIS-05: a visit and a call count alike.
    """
    judged = policy(policybook.in_force(reader, DESK, on))
    limit = on - timedelta(days=judged.call_after_days)
    rows = reader.all(
        "SELECT c.number, c.name, c.contact, c.phone, c.area, w.last_day FROM v_customer_word w"
        " JOIN v_customer c ON c.id = w.customer_id WHERE w.last_day < :limit"
        " ORDER BY w.last_day, c.number",
        limit=limit.isoformat(),
    )
    return [
        {
            **dict(row),
            "due": rules.call_due(date.fromisoformat(row["last_day"]), judged).isoformat(),
            "days_silent": (on - date.fromisoformat(row["last_day"])).days,
        }
        for row in rows
    ]


def case(
    reader: Reader, row: Row, _today: date
) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """All gates of a visit, and what each of them waits for."""
    may = policybook.version(reader, row["policy_set"], row["policy_version"]).may
    return rules.checklist(facts(row), may["visit.record"]), rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every visit that is to be made by now or filed, with its gates, the oldest first."""
    for row in reversed(listing(reader)):
        if row["state"] == "recorded" or (
            row["state"] == "planned" and row["planned_on"] <= today.isoformat()
        ):
            yield dict(row), *case(reader, row, today)


def visits_wait(reader: Reader, on: date) -> list[Finding]:
    """Visits of days before that are not on the register, and of today without a file.

    RTL-VIS-02, BLK-VIS-03: reminders.
    """
    found = []
    for row, gates, _after in cases(reader, on):
        shut = [gate for gate in gates if not gate.open]
        late = row["state"] == "recorded" or row["planned_on"] < on.isoformat()
        if late and shut and shut[0].name in ("visit_recorded", "visit_customer_filed"):
            gate = shut[0]
            found.append(
                _finding("visits_wait", row["number"], gate.says, gate.rules, gate.command)
            )
    return found


def files_made_late(reader: Reader, on: date) -> list[Finding]:
    """Customers' files made today for a visit of a day before (BLK-VIS-03)."""
    rows = reader.all(
        "SELECT * FROM v_visit WHERE file_on = :on AND visited_on < :on ORDER BY id",
        on=on.isoformat(),
    )
    may = policybook.in_force(reader, DESK, on).may["visit.record"]
    told = [(row["number"], rules.customer_filed(facts(row), may)) for row in rows]
    return [
        _finding("files_made_late", number, gate.says, gate.rules, f"kac visit show {number}")
        for number, gate in told
    ]


def outings_fall_short(reader: Reader, on: date) -> list[Finding]:
    """Days outside of today and the working day before with too few valid customers (BLK-VIS-02).

    A day with an excuse was no normal one (BLK-VIS-01).
    """
    known = calendar(reader, on)
    before = on - timedelta(days=1)
    while not known.is_workday(before):
        before -= timedelta(days=1)
    return [
        _finding(
            "outings_fall_short",
            f"{one.visitor} {one.day}",
            rules.outing_says(one),
            ("BLK-VIS-02",),
            f"kac visit excuse --staff {one.visitor} --day {one.day} --reason …",
        )
        for one in outings(reader, before, on)
        if one.short and one.visits
    ]


def customers_to_call(reader: Reader, on: date) -> list[Finding]:
    """How many customers on file nobody has spoken with for too long (BLK-VIS-05)."""
    silent = to_call(reader, on)
    if not silent:
        return []
    says = ngettext(
        "{count} customer on file is to be called, silent for up to {days} days",
        "{count} customers on file are to be called, silent for up to {days} days",
        len(silent),
    ).format(count=len(silent), days=silent[0]["days_silent"])
    first = str(silent[0]["number"])
    return [_finding("customers_to_call", first, says, ("BLK-VIS-05",), "kac visit due")]


def _finding(check: str, subject: str, says: str, named: tuple[str, ...], command: str) -> Finding:
    return Finding(check, subject, says, named, command, soft=True)


CHECKS = (visits_wait, files_made_late, outings_fall_short, customers_to_call)
