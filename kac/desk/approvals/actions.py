"""Verbs of approval: ask for signatures, sign, reject, let a request lapse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.i18n import _
from kac.core.text import required_text
from kac.db.audit import canonical
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import queries
from kac.desk.approvals.rules import (
    DISCOUNT,
    Signed,
    Step,
    missing_lines,
    next_turn,
    signable,
    unsigned,
)
from kac.desk.approvals.states import APPROVAL
from kac.desk.staff.actions import require


@dataclass(frozen=True)
class Subject:
    """The version of a document that asks for signatures; `maker` never signs (A-56)."""

    kind: str
    number: str
    revision: int
    maker: str
    policy_set: str
    policy_version: int
    total_fen: int
    customer_id: int | None = None


def request(
    work: Work,
    subject: Subject,
    steps: Sequence[Step],
    facts: Mapping[str, Any],
    carried: Sequence[Signed] = (),
    carried_from: str = "",
) -> str:
    """Ask for the signatures that a version needs; the number, empty when it needs none.

    Facts, route and policy version are frozen on the request. `carried` are signatures of an
    earlier version that still hold, given for `carried_from`.
    """
    if not steps:
        return ""
    from kac.desk.approvals.tables import Approval

    row = work.add(
        Approval(
            number=work.number("SP"),
            kind=subject.kind,
            subject=subject.number,
            revision=subject.revision,
            customer_id=subject.customer_id,
            total_fen=subject.total_fen,
            state=APPROVAL.start,
            facts=canonical(facts),
            route=canonical([_frozen(step) for step in steps]),
            policy_set=subject.policy_set,
            policy_version=subject.policy_version,
            maker=subject.maker,
            at=work.now,
        )
    )
    work.record("ask", row.number, about=subject.number, roles=",".join(s.role for s in steps))
    for signature in carried:
        _write(work, row.id or 0, _carried(signature, carried_from))
    if carried and not unsigned(steps, carried):
        work.move(row, APPROVAL, "approve", _("every signature carried over"))
    return row.number


def _frozen(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "role": step.role,
        "rule": step.rule,
        "lines": list(step.lines),
        "turn": step.turn,
    }


def _carried(signature: Signed, request_number: str) -> Signed:
    return replace(signature, carried_from=signature.carried_from or request_number)


def supersede(work: Work, subject: str, reason: str) -> None:
    """Let every living request about a document lapse: it changed or was voided."""
    from sqlmodel import select

    from kac.desk.approvals.tables import Approval

    rows = work.session.exec(
        select(Approval).where(Approval.subject == subject, Approval.state != "superseded")
    ).all()
    for row in rows:
        work.move(row, APPROVAL, "supersede", reason)


def ok(work: Work, reference: str, lines: Sequence[int] = ()) -> Outcome:
    """Sign every step that waits for this person; `lines` checks single lines of discounts."""
    require(work, "approval.ok")
    row = queries.find(work.reader, reference, work.speaker)
    mine = _steps_of(work, row)
    if lines:
        mine = _line_steps(mine, lines)
    for step in mine:
        for line in lines or (0,):
            _sign(work, row["id"], step, line, "ok", work.note)
    return _settle(work, row)


def reject(work: Work, reference: str, reason: str) -> Outcome:
    """Refuse a request; one refusal refuses the whole of it (A-07)."""
    require(work, "approval.reject")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    _sign(work, row["id"], _steps_of(work, row)[0], 0, "reject", why)
    _move(work, row["id"], "reject", why)
    return Outcome(
        {"number": row["number"], "state": "rejected", "subject": row["subject"]},
        (_("{number} is rejected: {reason}").format(number=row["number"], reason=why),),
        tuple(way.format(**dict(row)) for way in _AFTER_REJECTION.get(row["kind"], _LOOK)),
    )


# What can be done about a document that was refused, by its kind.
_LOOK = ("kac {kind} show {subject}",)
_AFTER_REJECTION = {
    "order": ("kac order edit {subject} …", "kac order void {subject} --reason …"),
}


def _steps_of(work: Work, row: Row) -> list[Step]:
    if row["state"] != "pending":
        raise Refused(
            _("{number} is {state}: nothing is to be signed").format(
                number=row["number"], state=APPROVAL.label(row["state"])
            ),
            code="E-APV-001",
            rules=["RTL-CTL-04"],
            fix=[f"kac approval show {row['number']}"],
        )
    if row["maker"] == work.actor.code:
        raise NotPermitted(
            _("{actor} made {subject} and may not approve it").format(
                actor=work.actor.code, subject=row["subject"]
            ),
            rules=["A-56"],
            fix=[f"kac approval show {row['number']}"],
        )
    steps, signed = queries.steps(row["route"]), queries.signed(work.reader, row["id"])
    mine = signable(steps, signed, held(work), work.actor.code)
    if not mine:
        raise _not_awaited(work, row, unsigned(steps, signed))
    return mine


def _not_awaited(work: Work, row: Row, waiting: Sequence[Step]) -> NotPermitted:
    now = ", ".join(dict.fromkeys(step.role for step in next_turn(waiting)))
    return NotPermitted(
        _("{number} does not wait for {actor}").format(number=row["number"], actor=work.actor.code),
        cause=[_("it waits for: {roles}").format(roles=now)],
        rules=list(dict.fromkeys([*(step.rule for step in waiting), "A-56"])),
        fix=[f"kac approval show {row['number']}"],
    )


def held(work: Work) -> frozenset[str]:
    """The roles whose rights the acting person has: those held, and those they include."""
    return work.policy().rights(work.actor.roles)


def _line_steps(mine: Sequence[Step], lines: Sequence[int]) -> list[Step]:
    checked = [step for step in mine if step.kind == DISCOUNT]
    discounted = {line for step in checked for line in step.lines}
    strange = sorted(set(lines) - discounted)
    if strange or not checked:
        raise BadInput(
            _("lines {lines} have no discount to check").format(
                lines=", ".join(str(line) for line in strange or sorted(lines))
            ),
            code="E-APV-002",
            rules=["RTL-ORD-04"],
        )
    return checked


def _sign(work: Work, approval_id: int, step: Step, line: int, verdict: str, note: str) -> None:
    signed = queries.signed(work.reader, approval_id)
    if line and verdict == "ok" and line not in missing_lines(step, signed):
        raise Refused(_("line {line} has been checked").format(line=line), code="E-APV-003")
    given = Signed(step.kind, step.role, line, verdict, work.actor.code, note)
    _write(work, approval_id, given)


def _write(work: Work, approval_id: int, signature: Signed) -> None:
    from kac.desk.approvals.tables import ApprovalSignature

    work.add(
        ApprovalSignature(
            approval_id=approval_id,
            step=signature.kind,
            role=signature.role,
            line=signature.line,
            verdict=signature.verdict,
            staff=signature.staff,
            on_behalf_of=signature.on_behalf_of,
            delegation=signature.delegation,
            carried_from=signature.carried_from,
            note=signature.note,
            at=work.now,
        )
    )


def _move(work: Work, approval_id: int, verb: str, reason: str = "") -> None:
    from kac.desk.approvals.tables import Approval

    work.move(work.get(Approval, approval_id), APPROVAL, verb, reason)


def _settle(work: Work, row: Row) -> Outcome:
    steps, signed = queries.steps(row["route"]), queries.signed(work.reader, row["id"])
    waiting = unsigned(steps, signed)
    done = len(steps) - len(waiting)
    document = {
        "number": row["number"],
        "state": "pending" if waiting else "approved",
        "subject": row["subject"],
        "signed": done,
        "needed": len(steps),
        "waits_for": [step.role for step in waiting],
    }
    if waiting:
        work.record("sign", row["number"], signed=done, needed=len(steps))
        says = _("{number}: signed {done} of {needed}, waits for {roles}").format(
            number=row["number"],
            done=done,
            needed=len(steps),
            roles=", ".join(dict.fromkeys(step.role for step in waiting)),
        )
        return Outcome(document, (says,))
    _move(work, row["id"], "approve")
    says = _("{number} is approved, all {needed} signatures are there").format(
        number=row["number"], needed=len(steps)
    )
    return Outcome(document, (says,), (f"kac {row['kind']} show {row['subject']}",))
