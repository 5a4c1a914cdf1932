"""Verbs of the roster: who settles on which day, who keeps the papers of which month."""

from __future__ import annotations

from datetime import date, timedelta

from kac.core.errors import BadInput, Refused
from kac.core.i18n import _
from kac.db.work import Outcome, Work
from kac.desk.rosters.policy import SettlementPolicy
from kac.desk.rosters.queries import SET
from kac.desk.staff import queries as staff
from kac.desk.staff.actions import require

_LONGEST_ROSTER = timedelta(days=62)


def assign(work: Work, officer: str, first: date, last: date) -> Outcome:
    """Put one person on the roster for each day of a term (HYP-FIN-04)."""
    from kac.desk.rosters.tables import SettlementRoster

    require(work, "day.roster")
    if not timedelta() <= last - first <= _LONGEST_ROSTER:
        raise BadInput(
            _("a roster from {first} to {last} is none").format(first=first, last=last),
            code="E-DAY-001",
            rules=["HYP-FIN-04"],
        )
    person = staff.find(work.reader, officer)
    policy = work.policy(SET).section("settlement", SettlementPolicy)
    if policy.officer_role not in staff.actor(work.reader, person["code"]).roles:
        raise Refused(
            _("{staff} is no {role}").format(staff=person["code"], role=policy.officer_role),
            code="E-DAY-002",
            rules=["HYP-FIN-04"],
            fix=[f"kac staff grant {person['code']} --role {policy.officer_role}"],
        )
    _refuse_opened(work, first, last)
    days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    work.add_all(
        [
            SettlementRoster(day=day, officer=person["code"], by=work.actor.code, at=work.now)
            for day in days
        ]
    )
    work.record("put on roster", person["code"], first=str(first), last=str(last))
    says = _("{officer} settles from {first} to {last}").format(
        officer=person["code"], first=first, last=last
    )
    document = {"number": "", "state": "rostered", "officer": person["code"]}
    return Outcome(
        {**document, "first": first.isoformat(), "last": last.isoformat()},
        (says,),
        ("kac day open",),
    )


def _refuse_opened(work: Work, first: date, last: date) -> None:
    opened = work.reader.first(
        "SELECT number, on_day FROM settlement_day WHERE on_day BETWEEN :first AND :last",
        first=first.isoformat(),
        last=last.isoformat(),
    )
    if opened:
        raise Refused(
            _("{number} of {day} is opened: its officer stays").format(
                number=opened["number"], day=opened["on_day"]
            ),
            code="E-DAY-003",
            rules=["HYP-FIN-04"],
            fix=[f"kac day status {opened['number']}"],
        )


def name_keeper(work: Work, month: str, keeper: str) -> Outcome:
    """Name who keeps the papers of a month, `2026-11` (HYP-FIN-11, A-14)."""
    from kac.desk.rosters.tables import SettlementKeeper

    require(work, "day.keeper")
    try:
        tidy = date.fromisoformat(f"{month}-01").strftime("%Y-%m")
    except ValueError:
        raise BadInput(
            _('"{month}" is no month').format(month=month),
            code="E-DAY-004",
            cause=[_("write it as in {example}").format(example="2026-11")],
        ) from None
    person = staff.find(work.reader, keeper)
    work.add(SettlementKeeper(month=tidy, keeper=person["code"], by=work.actor.code, at=work.now))
    work.record("name keeper", person["code"], month=tidy)
    says = _("{keeper} keeps the papers of {month}").format(keeper=person["code"], month=tidy)
    document = {"number": "", "state": "named", "keeper": person["code"], "month": tidy}
    return Outcome(document, (says,))
