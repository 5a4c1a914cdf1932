"""Verbs of the staff: file people, change their roles and PINs, and ask whether one may."""

from __future__ import annotations

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
    _refuse_strange(roles, known)
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


def grant(work: Work, code: str, roles: list[str], known: set[str]) -> list[str]:
    """Give a member of staff further roles; those held already stay. Returns all held."""
    from kac.desk.staff.tables import StaffRole

    _refuse_strange(roles, known)
    person = queries.find(work.reader, code)
    held = set(queries.roles_of(work.reader, person["id"]))
    fresh = sorted(set(roles) - held)
    work.add_all(
        [
            StaffRole(staff_id=person["id"], role=role, granted_by=work.actor.code, at=work.now)
            for role in fresh
        ]
    )
    work.record("grant roles", person["code"], roles=",".join(fresh))
    return sorted(held | set(roles))


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


def disable(work: Work, code: str) -> None:
    """Let a member of staff act no more; the last who could bring others in must stay."""
    from kac.desk.staff.tables import Staff

    person = queries.find(work.reader, code)
    policy = work.policy()
    holders = [policy.holders(role) for role in policy.permission("staff.add")["roles"]]
    if not queries.others_holding(work.reader, frozenset().union(*holders), person["id"]):
        raise Refused(
            _("{code} is the last who may file staff, and stays").format(code=person["code"]),
            code="E-STF-002",
        )
    row = work.get(Staff, person["id"])
    row.active = False
    work.add(row)
    work.record("disable", person["code"])


def _refuse_strange(roles: list[str], known: set[str]) -> None:
    if strange := sorted(set(roles) - known):
        raise BadInput(
            _("no such role: {roles}").format(roles=", ".join(strange)), fix=["kac staff roles"]
        )


def note_attempt(work: Work, staff_id: int | None, code: str, right: bool) -> None:
    """Count a wrong PIN or forget the wrong ones; the log also keeps tries at unknown codes."""
    failures = 0 if right or staff_id is None else _failures(work, staff_id) + 1
    if staff_id is not None:
        _count(work, staff_id, failures)
    work.record("right pin" if right else "wrong pin", folded(code), failures=failures)


def _failures(work: Work, staff_id: int) -> int:
    row = queries.attempts(work.reader, staff_id)
    return int(row["failures"]) if row else 0


def _count(work: Work, staff_id: int, failures: int) -> None:
    from sqlmodel import select

    from kac.desk.staff.tables import StaffAttempt

    policy = work.policy().section("access", AccessPolicy)
    row = work.session.exec(select(StaffAttempt).where(StaffAttempt.staff_id == staff_id)).first()
    row = row or StaffAttempt(staff_id=staff_id, failures=0)
    row.failures = failures
    row.locked_until = locked_until(failures, work.now, policy)
    work.add(row)


__all__ = ["add", "note_attempt", "queries", "require"]
