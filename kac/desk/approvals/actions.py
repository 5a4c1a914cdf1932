"""Verbs of approval: ask for signatures, sign, reject, let a request lapse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kac.core.actor import Actor
from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.gates import Gate, closed, refusal
from kac.core.i18n import _, ngettext
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.audit import canonical
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import queries
from kac.desk.approvals.rules import (
    DISCOUNT,
    KINDS,
    Signed,
    Step,
    made_by,
    missing_lines,
    next_turn,
    signable,
    unsigned,
)
from kac.desk.approvals.states import APPROVAL
from kac.desk.delegations import queries as delegations
from kac.desk.delegations.rules import DelegationFacts, Use, to_use
from kac.desk.staff import queries as staff
from kac.desk.staff.actions import require


@dataclass(frozen=True)
class Subject:
    """The version of a document that asks for signatures; no `maker` signs (A-56).

    Several makers are separated by commas: who changed a document made it too.
    """

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


def ok(work: Work, reference: str, lines: Sequence[int] = (), on_behalf_of: str = "") -> Outcome:
    """Sign every step that waits for this person, or for who delegated to them in writing.

    `lines` checks single lines of discounts.
    """
    row = queries.find(work.reader, reference, work.speaker)
    pen = _pen(work, row, "approval.ok", on_behalf_of)
    mine = _line_steps(pen.steps, lines) if lines else pen.steps
    for step in mine:
        for line in lines or (0,):
            _sign(work, row["id"], pen, step, line, "ok", work.note)
    return _settle(work, row)


def ok_document(work: Work, number: str, kind: str, on_behalf_of: str = "") -> Outcome:
    """Sign a document as its `kind` of step asks: a contract is signed, then approved (DST-AUT)."""
    row = work.reader.first(
        "SELECT * FROM v_approval WHERE subject = :number ORDER BY id DESC LIMIT 1", number=number
    )
    steps = queries.steps(row["route"]) if row is not None else []
    signed = queries.signed(work.reader, row["id"]) if row is not None else []
    waiting = [] if row is None or row["state"] != "pending" else next_turn(unsigned(steps, signed))
    if not any(step.kind == kind for step in waiting):
        others = ", ".join(dict.fromkeys(f"{_(KINDS[s.kind][1])} ({s.role})" for s in waiting))
        raise Refused(
            _("{number} does not wait for this: {kind}").format(
                number=number, kind=_(KINDS[kind][1])
            ),
            code="E-APV-004",
            cause=[_("it waits for: {steps}").format(steps=others or _("nobody's signature"))],
            rules=["RTL-CTL-04"],
            fix=[f"kac explain {number}"],
        )
    return ok(work, number, (), on_behalf_of)


def reject(work: Work, reference: str, reason: str, on_behalf_of: str = "") -> Outcome:
    """Refuse a request; one refusal refuses the whole of it (A-07)."""
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    pen = _pen(work, row, "approval.reject", on_behalf_of)
    _sign(work, row["id"], pen, pen.steps[0], 0, "reject", why)
    _move(work, row["id"], "reject", why)
    return Outcome(
        {"number": row["number"], "state": "rejected", "subject": row["subject"]},
        (_("{number} is rejected: {reason}").format(number=row["number"], reason=why),),
        tuple(way.format(**dict(row)) for way in _AFTER_REJECTION.get(row["kind"], _LOOK)),
    )


# What can be done about a document that was refused, by its kind.
_LOOK = ("kac {kind} show {subject}",)
# Kinds that a command group of another name shows.
_SHOWN_BY = {"quotation": "quote show", "exception": "explain", "order_table": "table show"}
_AFTER_REJECTION = {
    "exception": ("kac explain {subject}",),
    "order": ("kac order edit {subject} …", "kac order void {subject} --reason …"),
    "order_table": ("kac table show {subject}",),
    "quotation": ("kac quote edit {subject} …",),
    "refund": ("kac refund drop {subject} --reason …",),
}


@dataclass(frozen=True)
class _Pen:
    """Whose signature it is: the steps to sign, and for whom when a deputy holds the pen."""

    steps: list[Step]
    on_behalf_of: str = ""
    delegation: str = ""


def _pen(work: Work, row: Row, verb: str, on_behalf_of: str) -> _Pen:
    _refuse_settled(row)
    given = delegations.of_deputy(work.reader, work.actor.code)
    if not given:
        require(work, verb)
    if made_by(row["maker"], work.actor.code):
        raise NotPermitted(
            _("{actor} made {subject} and may not approve it").format(
                actor=work.actor.code, subject=row["subject"]
            ),
            rules=["A-56"],
            fix=[f"kac approval show {row['number']}"],
        )
    own = [] if on_behalf_of else _signable(work, row, work.actor)
    if own:
        require(work, verb)
        return _Pen(own)
    return _deputys_pen(work, row, [d for d in given if on_behalf_of in ("", d.delegator)])


def _refuse_settled(row: Row) -> None:
    if row["state"] != "pending":
        raise Refused(
            _("{number} is {state}: nothing is to be signed").format(
                number=row["number"], state=APPROVAL.label(row["state"])
            ),
            code="E-APV-001",
            rules=["RTL-CTL-04"],
            fix=[f"kac approval show {row['number']}"],
        )


def _signable(work: Work, row: Row, who: Actor) -> list[Step]:
    steps, signed = queries.steps(row["route"]), queries.signed(work.reader, row["id"])
    return signable(steps, signed, work.house().rights(who.roles), who.code)


def _deputys_pen(work: Work, row: Row, given: Sequence[DelegationFacts]) -> _Pen:
    """The steps of who delegated, where a delegation holds; refused with every reason otherwise.

    The deputy's rights are those of the delegator's own roles: there is no chain (DST-AUT-10).
    """
    use = Use(row["kind"], row["subject"], row["total_fen"], row["maker"], work.on)
    shut: list[Gate] = []
    for delegation in given:
        steps = _signable(work, row, staff.actor(work.reader, delegation.delegator))
        steps = [step for step in steps if not _has_signed(work, row)]
        if not steps:
            continue
        reasons = closed(to_use(delegation, use))
        if not reasons:
            return _Pen(steps, delegation.delegator, delegation.number)
        shut += reasons
    if shut:
        says = _("{actor} cannot sign {number} for anybody").format(
            actor=work.actor.code, number=row["number"]
        )
        raise refusal(shut, says, refs={"approval": row["number"]})
    signed = queries.signed(work.reader, row["id"])
    raise _not_awaited(work, row, unsigned(queries.steps(row["route"]), signed))


def _has_signed(work: Work, row: Row) -> bool:
    """Whether this person's hand is on the request already: one hand, one signature (A-56)."""
    return any(s.staff == work.actor.code for s in queries.signed(work.reader, row["id"]))


def _not_awaited(work: Work, row: Row, waiting: Sequence[Step]) -> NotPermitted:
    now = ", ".join(dict.fromkeys(step.role for step in next_turn(waiting)))
    return NotPermitted(
        _("{number} does not wait for {actor}").format(number=row["number"], actor=work.actor.code),
        cause=[_("it waits for: {roles}").format(roles=now)],
        rules=list(dict.fromkeys([*(step.rule for step in waiting), "A-56"])),
        fix=[f"kac approval show {row['number']}"],
    )


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


def _sign(
    work: Work, approval_id: int, pen: _Pen, step: Step, line: int, verdict: str, note: str
) -> None:
    signed = queries.signed(work.reader, approval_id)
    if line and verdict == "ok" and line not in missing_lines(step, signed):
        raise Refused(_("line {line} has been checked").format(line=line), code="E-APV-003")
    by = work.actor.code
    given = Signed(step.kind, step.role, line, verdict, by, note, pen.on_behalf_of, pen.delegation)
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
    says = ngettext(
        "{number} is approved, its signature is there",
        "{number} is approved, all {needed} signatures are there",
        len(steps),
    ).format(number=row["number"], needed=len(steps))
    way = _SHOWN_BY.get(row["kind"], f"{row['kind']} show")
    return Outcome(document, (says,), (f"kac {way} {row['subject']}",))
