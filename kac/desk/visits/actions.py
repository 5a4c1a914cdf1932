"""Verbs of the visit: plan it, write it down, file it, drop it; call, and excuse a day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.identifiers import parse_phone
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.customers import actions as customers
from kac.desk.customers import queries as customer_queries
from kac.desk.customers.actions import CustomerFile
from kac.desk.staff import queries as staff
from kac.desk.staff.actions import require
from kac.desk.visits import queries, rules
from kac.desk.visits.policy import VisitPolicy
from kac.desk.visits.states import VISIT

if TYPE_CHECKING:
    from kac.desk.visits.tables import Visit


@dataclass(frozen=True)
class Person:
    """Whom a visit was to: a customer on file, or a name that has none yet; and who was met."""

    customer: str = ""
    name: str = ""
    contact: str = ""
    phone: str = ""
    area: str = ""
    source: str = ""


def plan(work: Work, whom: Person, on: date, purpose: str) -> Outcome:
    """Plan a visit; who was found in a book is called first (BLK-VIS-01, BLK-VIS-06)."""
    require(work, "visit.plan")
    if on < work.on:
        raise BadInput(
            _("a visit is not planned for a day that is over: {day}").format(day=on),
            code="E-VIS-001",
            fix=["kac visit new NAME --content …"],
        )
    row = written(work, whom, purpose=purpose, planned_on=on)
    work.record("plan visit", row.number)
    told = queries.find(work.reader, row.number, work.speaker)
    says = [
        _("{number}: {name} is to be visited on {day}").format(
            number=row.number, name=told["customer_name"], day=on
        )
    ]
    hints = [f"kac visit record {row.number} --content …"]
    policy = queries.policy(work.policy())
    if rules.call_first(queries.facts(told), policy):
        says.append(_("not called yet: telephone before going there (BLK-VIS-06)"))
        hints.insert(0, f"kac visit call {row.number} --content …")
    return Outcome(_document(told), tuple(says), tuple(hints))


def new(work: Work, whom: Person, content: str) -> Outcome:
    """Write down a visit that was made today without a plan (RTL-VIS-02)."""
    require(work, "visit.record")
    row = written(work, whom)
    return _recorded(work, row, content)


def record(work: Work, reference: str, met: Person, content: str) -> Outcome:
    """Write down that a planned visit was made: whom, what about (RTL-VIS-02)."""
    require(work, "visit.record")
    known = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(date.fromisoformat(known["on_day"]), known["number"])
    VISIT.after(known["state"], "record", subject=known["number"])
    row = _row(work, known)
    for field, value in _tidied(work, met).items():
        if value:
            setattr(row, field, value)
    return _recorded(work, row, content)


def file(work: Work, reference: str, whose: CustomerFile, customer: str = "") -> Outcome:
    """Put a line of the register on file, with the customer's own file (BLK-VIS-03, RTL-VIS-03).

    A customer who has none yet is given one out of the visit, the district included; without one
    nothing is filed (BLK-VIS-04). A file of a later day is told, and holds nothing up.
    """
    require(work, "visit.file")
    known = queries.find(work.reader, reference, work.speaker)
    VISIT.after(known["state"], "file", subject=known["number"])
    row = _row(work, known)
    made = ""
    if customer:
        row.customer_id = customer_queries.find(work.reader, customer)["id"]
    elif row.customer_id is None:
        made = _file_of(work, known, whose)
        row.customer_id = customer_queries.find(work.reader, made)["id"]
    work.session.flush()
    known = queries.find(work.reader, row.number, work.speaker)
    facts = queries.facts(known)
    require_open(
        rules.to_file(facts, _may(work, known)),
        _("{number} cannot be filed").format(number=row.number),
        refs={"visit": row.number},
    )
    row.filed_by = work.actor.code
    work.move(row, VISIT, "file")
    says = [_("{number} is on file").format(number=row.number)]
    if made:
        says.append(_("{number} {name} is on file").format(number=made, name=facts.name))
    if facts.late_days:
        says.append(rules.customer_filed(facts, ()).says)
    told = queries.find(work.reader, row.number, work.speaker)
    return Outcome({**_document(told), "late_days": facts.late_days}, tuple(says))


def drop(work: Work, reference: str, reason: str) -> Outcome:
    """Give a planned visit up."""
    require(work, "visit.plan")
    why = required_text(reason, field=_("reason"))
    known = queries.find(work.reader, reference, work.speaker)
    row = _row(work, known)
    row.drop_reason = why
    work.move(row, VISIT, "drop", why)
    says = _("{number} is dropped: {reason}").format(number=row.number, reason=why)
    return Outcome({"number": row.number, "state": row.state}, (says,))


def call(work: Work, reference: str, contact: str, content: str) -> Outcome:
    """Write down a call: to a customer on file, or before a planned visit (BLK-VIS-05, -06)."""
    from kac.desk.visits.tables import CustomerCall

    require(work, "visit.call")
    said = required_text(content, field=_("what was said"), longest=400)
    visit = customer = None
    if re.match(r"BF\d|@", reference.strip().upper()):
        visit = queries.find(work.reader, reference, work.speaker)
    else:
        customer = customer_queries.find(work.reader, reference)
    whom = visit or customer
    assert whom is not None
    work.add(
        CustomerCall(
            customer_id=customer["id"] if customer else None,
            visit_id=visit["id"] if visit else None,
            contact=safe_text(contact, field=_("contact"), longest=40) or whom["contact"],
            content=said,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("call", whom["number"])
    name = visit["customer_name"] if visit else whom["name"]
    says = _("{name} was called: {content}").format(name=name, content=said)
    return Outcome({"number": whom["number"], "name": name, "on": work.on.isoformat()}, (says,))


def excuse(work: Work, code: str, day: date, reason: str) -> Outcome:
    """Say why a day outside was no normal one, for oneself or for one's people (BLK-VIS-01)."""
    from kac.desk.visits.tables import OutingExcuse

    require(work, "visit.excuse")
    why = required_text(reason, field=_("reason"))
    who = staff.actor(work.reader, code or work.actor.code)
    others = work.house().holders("merchant_supervisor")
    if who.code != work.actor.code and not work.actor.holds(*others):
        raise NotPermitted(
            _("only a supervisor excuses somebody else, {staff}").format(staff=who.code),
            rules=["BLK-VIS-01"],
        )
    if work.reader.first(
        "SELECT 1 FROM outing_excuse WHERE staff = :staff AND excused_on = :day",
        staff=who.code,
        day=day.isoformat(),
    ):
        raise Refused(
            _("{staff} is excused on {day} already").format(staff=who.code, day=day),
            code="E-VIS-002",
            rules=["BLK-VIS-01"],
        )
    work.add(
        OutingExcuse(
            staff=who.code,
            excused_on=day,
            reason=why,
            written_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("excuse", who.code, day=day.isoformat(), reason=why)
    says = _("{staff} on {day}: {reason}").format(staff=who.code, day=day, reason=why)
    document = {"number": who.code, "day": day.isoformat(), "reason": why}
    return Outcome(document, (says,))


def written(work: Work, whom: Person, purpose: str = "", planned_on: date | None = None) -> Visit:
    """A line of the register, not visited yet; the caller has judged who may write it."""
    from kac.desk.visits.tables import Visit

    known = _tidied(work, whom)
    if known["customer_id"] is None and not known["name"]:
        raise BadInput(_("whom is the visit to? Name a customer or a name"), code="E-VIS-003")
    version = work.policy()
    row: Visit = work.add(
        Visit(
            **known,
            number=work.number("BF"),
            state=VISIT.start,
            purpose=safe_text(purpose, field=_("purpose"), longest=200),
            content="",
            planned_on=planned_on,
            visitor=work.actor.code,
            prepared_by=work.actor.code,
            filed_by="",
            drop_reason="",
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    return row


def _tidied(work: Work, whom: Person) -> dict[str, str | int | None]:
    """The fields of a person as they are kept; what a file says stands for what is not typed."""
    policy: VisitPolicy = queries.policy(work.policy())
    source = whom.source or ("on_file" if whom.customer else "")
    if source and source not in (*policy.sources, "on_file"):
        raise BadInput(
            _("{source} is no source of customers").format(source=source),
            cause=[_("one of: {natures}").format(natures=", ".join(policy.sources))],
            code="E-VIS-004",
        )
    told = {
        "customer_id": None,
        "name": safe_text(whom.name, field=_("name"), longest=80),
        "contact": safe_text(whom.contact, field=_("contact"), longest=40),
        "phone": parse_phone(whom.phone) if whom.phone.strip() else "",
        "area": safe_text(whom.area, field=_("area"), longest=40),
        "source": source,
    }
    if not whom.customer:
        return told
    file = customer_queries.find(work.reader, whom.customer)
    kept = {field: told[field] or file[field] for field in ("contact", "phone", "area")}
    return {**told, **kept, "customer_id": file["id"], "name": file["name"]}


def _recorded(work: Work, row: Visit, content: str) -> Outcome:
    row.content = required_text(content, field=_("what was talked about"), longest=400)
    row.visited_on = work.on
    row.visitor = work.actor.code
    work.move(row, VISIT, "record")
    known = queries.find(work.reader, row.number, work.speaker)
    facts = queries.facts(known)
    says = [
        _("{number}: {staff} visited {name} on {day}").format(
            number=row.number, staff=row.visitor, name=facts.name, day=work.on
        )
    ]
    if rules.missing(facts):
        says.append(
            _("not counted as a valid customer: {fields} is not known (A-62)").format(
                fields=rules.missing_text(facts)
            )
        )
    hint = f"kac visit file {row.number}"
    if not facts.file:
        hint += " --nature … --address … --need …"
    return Outcome({**_document(known), "valid": not rules.missing(facts)}, tuple(says), (hint,))


def _file_of(work: Work, visit: Row, whose: CustomerFile) -> str:
    """A customer's file out of a visit; the district must be known (BLK-VIS-04)."""
    require(work, "customer.add")
    area = whose.area or visit["area"]
    facts = replace(queries.facts(visit), area=area)
    require_open(
        [rules.by_area(facts, _may(work, visit))],
        _("{number} cannot be filed").format(number=visit["number"]),
        refs={"visit": visit["number"]},
    )
    return customers.file_customer(
        work,
        replace(
            whose,
            name=visit["name"],
            contact=whose.contact or visit["contact"],
            phone=whose.phone or visit["phone"],
            area=area,
        ),
    )


def _may(work: Work, visit: Row) -> tuple[str, ...]:
    return tuple(work.policy(visit["policy_set"]).may["visit.record"])


def _row(work: Work, known: Row) -> Visit:
    from kac.desk.visits.tables import Visit

    return work.get(Visit, known["id"])


def _document(row: Row) -> dict[str, str]:
    return {
        "number": row["number"],
        "state": row["state"],
        "customer": row["customer"],
        "name": row["customer_name"],
    }
