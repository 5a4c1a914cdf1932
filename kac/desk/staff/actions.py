"""Verbs of the staff: file people, change their roles and PINs, and ask whether one may."""

from __future__ import annotations

import re
from collections.abc import Collection

from kac.core import roles as catalogue
from kac.core.calendar import local_text, parse_instant
from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.i18n import _
from kac.core.text import folded, required_text
from kac.db.work import Work
from kac.desk.staff import queries
from kac.desk.staff.policy import AccessPolicy
from kac.desk.staff.rules import locked_until, permit, refuse_mixed_service


def require(work: Work, verb: str) -> None:
    """Pass when the acting person may do the verb today, whatever business day is written."""
    policy = work.house()
    permit(verb, work.actor, policy.permission(verb), policy.holders)


def add(work: Work, code: str, name: str, roles: Collection[str], pin_hash: str = "") -> str:
    """File a member of staff with roles; an empty `pin_hash` is matched by no PIN. The code."""
    from kac.desk.staff.tables import Staff

    tidy = _one_word(required_text(code, field=_("staff code"), longest=40))
    given = sorted({catalogue.meant(role) for role in roles})
    refuse_mixed_service(tidy, given)
    if work.reader.first("SELECT 1 FROM staff WHERE code = :code", code=tidy):
        raise Refused(_("{code} is taken").format(code=tidy), code="E-STF-001")
    person = work.add(
        Staff(
            code=tidy,
            name=required_text(name, field=_("name"), longest=40),
            pin_hash=pin_hash,
            active=True,
            created_at=work.now,
        )
    )
    assert person.id is not None
    _give(work, person.id, given)
    work.record("file staff", tidy, roles=",".join(given))
    return tidy


def _one_word(code: str) -> str:
    """A code as it is kept; what would not be typed as it was written is refused."""
    tidy = folded(code)
    if not re.fullmatch(r"\w[\w.-]*", tidy) or " " in code:
        raise BadInput(
            _('"{code}" is no staff code').format(code=code),
            code="E-STF-006",
            cause=[_("one word of letters and digits, with _ . or - between them")],
        )
    return tidy


def edit(work: Work, code: str, name: str) -> str:
    """Correct the name on papers; what is printed already keeps the old one. The code."""
    from kac.desk.staff.tables import Staff

    person = queries.filed(work.reader, code)
    row = work.get(Staff, person["id"])
    row.name = required_text(name, field=_("name"), longest=40)
    work.add(row)
    work.record("rename", person["code"], before=person["name"], after=row.name)
    return str(person["code"])


def grant(work: Work, code: str, roles: Collection[str]) -> list[str]:
    """Give a member of staff further roles; those held already stay. Returns all held.

    Nobody gives a role to themselves, and nobody adds one to the account of a machine (A-56).
    """
    person = queries.find(work.reader, code)
    held = set(queries.roles_of(work.reader, person["id"]))
    wanted = {catalogue.meant(role) for role in roles}
    if person["code"] == work.actor.code:
        raise NotPermitted(
            _("{actor} gives no roles to themselves: another administrator does").format(
                actor=work.actor.code
            ),
            code="E-PER-007",
            rules=["A-56"],
        )
    if wanted - held:
        ever = {row["role"] for row in queries.history(work.reader, person["id"])}
        refuse_mixed_service(person["code"], wanted | ever, filed=True)
    _give(work, person["id"], sorted(wanted - held))
    work.record("grant roles", person["code"], roles=",".join(sorted(wanted - held)))
    return sorted(held | wanted)


def _give(work: Work, staff_id: int, roles: Collection[str]) -> None:
    from kac.desk.staff.tables import StaffRole

    work.add_all(
        [
            StaffRole(
                staff_id=staff_id,
                role=role,
                turn=queries.turns(work.reader, staff_id, role) + 1,
                granted_by=work.actor.code,
                at=work.now,
            )
            for role in roles
        ]
    )


def revoke(work: Work, code: str, roles: Collection[str], reason: str) -> list[str]:
    """Take roles back; what was done under them stays. Returns the roles still held.

    Refused for a role that is not held, and for the last who may file staff.
    """
    from kac.desk.staff.tables import StaffRoleEnd

    why = required_text(reason, field=_("reason"))
    person = queries.filed(work.reader, code)
    held = {row["role"]: row["id"] for row in queries.holdings(work.reader, person["id"])}
    ended = sorted({catalogue.meant(role) for role in roles})
    if strange := [role for role in ended if role not in held]:
        raise Refused(
            _("{code} does not hold {roles}").format(code=person["code"], roles=", ".join(strange)),
            code="E-STF-004",
            fix=[f"kac staff show {person['code']}"],
        )
    left = held.keys() - ended
    if not left & _who_file_staff(work):
        _refuse_last(work, person["code"], person["id"])
    work.add_all(
        [
            StaffRoleEnd(
                staff_role_id=held[role], reason=why, ended_by=work.actor.code, at=work.now
            )
            for role in ended
        ]
    )
    work.record("revoke roles", person["code"], roles=",".join(ended), reason=why)
    return sorted(left)


def set_pin(work: Work, code: str, pin_hash: str) -> None:
    """Give a member of staff a new PIN; it ends every session and every lock."""
    from kac.desk.staff.tables import Staff

    person = queries.find(work.reader, code)
    row = work.get(Staff, person["id"])
    row.pin_hash = pin_hash
    work.add(row)
    if queries.attempts(work.reader, person["id"]):
        _count(work, person["id"], 0)
    work.record("set pin", person["code"])


def disable(work: Work, code: str) -> str:
    """Let a member of staff act no more; the last who may file staff must stay. The code."""
    person = queries.find(work.reader, code)
    _refuse_last(work, person["code"], person["id"])
    _set_active(work, person["id"], active=False)
    work.record("disable", person["code"])
    return str(person["code"])


def enable(work: Work, code: str) -> str:
    """Let a member of staff act again, with the roles held before and a PIN yet to be given."""
    person = queries.filed(work.reader, code)
    if person["active"]:
        raise Refused(_("{code} is active").format(code=person["code"]), code="E-STF-005")
    _set_active(work, person["id"], active=True)
    work.record("enable", person["code"])
    return str(person["code"])


def _set_active(work: Work, staff_id: int, *, active: bool) -> None:
    from kac.desk.staff.tables import Staff

    row = work.get(Staff, staff_id)
    row.active = active
    if active:
        row.pin_hash = ""
    work.add(row)


def _who_file_staff(work: Work) -> frozenset[str]:
    policy = work.house()
    filing = (policy.holders(role) for role in policy.permission("staff.add")["roles"])
    return frozenset().union(*filing)


def _refuse_last(work: Work, code: str, staff_id: int) -> None:
    if not queries.others_holding(work.reader, _who_file_staff(work), staff_id):
        raise Refused(
            _("{code} is the last who may file staff, and stays").format(code=code),
            code="E-STF-002",
        )


def note_attempt(work: Work, staff_id: int | None, code: str, right: bool) -> None:
    """Count a PIN before it is looked at, refused while locked; or forget all that were counted.

    An attempt counts before its answer is known, so that many at once are no more guesses than
    one after another. The log also keeps tries at unknown codes.
    """
    failures = 0
    if staff_id is not None:
        attempt = queries.attempts(work.reader, staff_id)
        if not right:
            _refuse_locked(work, code, attempt["locked_until"] if attempt else None)
            failures = (attempt["failures"] if attempt else 0) + 1
        _count(work, staff_id, failures)
    work.record("right pin" if right else "try pin", folded(code), failures=failures)


def _refuse_locked(work: Work, code: str, locked: str | None) -> None:
    until = parse_instant(locked) if locked else None
    if until and work.now < until:
        raise NotPermitted(
            _("{code} is locked until {time}: the PIN was wrong too often").format(
                code=code, time=local_text(until)
            ),
            code="E-PER-003",
        )


def _count(work: Work, staff_id: int, failures: int) -> None:
    from sqlmodel import select

    from kac.desk.staff.tables import StaffAttempt

    policy = work.house().section("access", AccessPolicy)
    row = work.session.exec(select(StaffAttempt).where(StaffAttempt.staff_id == staff_id)).first()
    row = row or StaffAttempt(staff_id=staff_id, failures=0)
    row.failures = failures
    row.locked_until = locked_until(failures, work.now, policy)
    work.add(row)
