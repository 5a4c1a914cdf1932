"""Verbs of the staff: file a member, note an attempt with a PIN, and ask whether one may."""

from __future__ import annotations

from datetime import datetime

from kac.core.errors import BadInput, Refused
from kac.core.i18n import _
from kac.core.text import folded, required_text
from kac.db.work import Work
from kac.desk.staff import queries
from kac.desk.staff.policy import AccessPolicy
from kac.desk.staff.rules import locked_until, permit


def require(work: Work, verb: str) -> None:
    """Pass when the acting person may do the verb under today's policy."""
    policy = work.policy()
    permit(verb, work.actor, policy.permission(verb), policy.holders)


def add(work: Work, code: str, name: str, roles: list[str], pin_hash: str, known: set[str]) -> str:
    """File a member of staff with roles; `known` are the role ids there are. Returns the code."""
    from kac.desk.staff.tables import Staff, StaffRole

    tidy = folded(required_text(code, field=_("staff code"), longest=40))
    strange = sorted(set(roles) - known)
    if strange:
        raise BadInput(
            _("no such role: {roles}").format(roles=", ".join(strange)), fix=["kac staff roles"]
        )
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
    for role in sorted(set(roles)):
        work.add(StaffRole(staff_id=person.id, role=role, granted_by=work.actor.code, at=work.now))
    work.record("file staff", tidy, roles=",".join(sorted(set(roles))))
    return tidy


def note_attempt(work: Work, staff_id: int, right: bool) -> datetime | None:
    """Count a wrong PIN or forget the wrong ones; until when the next attempt is refused."""
    from sqlmodel import select

    from kac.desk.staff.tables import StaffAttempt

    policy = work.policy().section("access", AccessPolicy)
    row = work.session.exec(select(StaffAttempt).where(StaffAttempt.staff_id == staff_id)).first()
    row = row or StaffAttempt(staff_id=staff_id, failures=0)
    row.failures = 0 if right else row.failures + 1
    row.locked_until = locked_until(row.failures, work.now, policy)
    work.add(row)
    work.record("right pin" if right else "wrong pin", str(staff_id), failures=row.failures)
    return row.locked_until


__all__ = ["add", "note_attempt", "queries", "require"]
