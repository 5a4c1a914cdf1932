"""Verbs of policy: propose another body of a set, withdraw it, let it come into force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kac.core import dotted, policyfile
from kac.core.errors import BadInput, KacError, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.text import required_text
from kac.db import policybook
from kac.db.audit import canonical
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.amendments import queries, rules
from kac.desk.amendments.rules import ChangeFacts
from kac.desk.amendments.states import POLICY_CHANGE
from kac.desk.approvals import actions as approvals
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import matrix_route
from kac.desk.policies.policy import Fault
from kac.desk.policies.rules import SUBJECT
from kac.desk.staff.actions import require


def set_keys(
    work: Work,
    policy_set: str,
    pairs: Sequence[tuple[str, str]],
    from_day: date,
    reason: str,
) -> Outcome:
    """Propose other values of some keys of a set from a day on; pairs of (dotted key, value)."""
    require(work, "policy.propose")
    latest = policybook.latest(work.reader, policy_set)
    body = policybook.version(work.reader, policy_set, latest).body
    for key, written in pairs:
        way = dotted.path(body, key)
        body = dotted.put(body, way, dotted.like(dotted.at(body, way), written))
    return propose(work, policy_set, body, from_day, reason)


def load(work: Work, policy_set: str, own: dict[str, Any], from_day: date, reason: str) -> Outcome:
    """Propose the body of a file, laid over its parent as that is in force on the day."""
    require(work, "policy.propose")
    if own.get("set") != policy_set:
        raise BadInput(
            _("the file is of set {name}, not of {wanted}").format(
                name=own.get("set", "?"), wanted=policy_set
            ),
            code="E-POL-008",
        )
    parent = own.get("parent")
    below: dict[str, Any] = {}
    if isinstance(parent, str) and parent in policybook.sets(work.reader):
        below = policybook.in_force(work.reader, parent, from_day).body
    return propose(work, policy_set, policyfile.laid_over(below, own), from_day, reason)


def propose(
    work: Work, policy_set: str, body: dict[str, Any], from_day: date, reason: str
) -> Outcome:
    """Propose a whole body from a day on; a second person is asked, and nothing changes yet.

    Every fault of the body is refused at once; so is a day before today (DST-SCP-01).
    """
    from kac.desk.amendments.tables import PolicyChange

    require(work, "policy.propose")
    why = required_text(reason, field=_("reason"))
    _refuse_faults(policy_set, queries.faults(work.reader, policy_set, body))
    latest = policybook.latest(work.reader, policy_set)
    before = policybook.in_force(work.reader, policy_set, from_day)
    differs = tuple(dotted.changes(before.body, body))
    may = queries.rights(work.reader)
    facts = ChangeFacts("", policy_set, latest, latest, from_day, differs, may)
    require_open(
        rules.to_propose(facts, work.today),
        _("policy {name} cannot be changed like this").format(name=policy_set),
    )
    row = work.add(
        PolicyChange(
            number=work.number(queries.KIND),
            state=POLICY_CHANGE.start,
            policy_set=policy_set,
            base_version=latest,
            from_day=from_day,
            body=canonical(body),
            reason=why,
            version=0,
            proposed_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("propose", row.number, policy_set=policy_set, base=latest, reason=why)
    return _proposed(work, facts, row.number, _asked(work, facts, row.number))


def _asked(work: Work, facts: ChangeFacts, number: str) -> str:
    """Ask whom the policy in force today names; the number of the request."""
    today = policybook.in_force(work.reader, facts.policy_set, work.today)
    rows = today.section("approvals", ApprovalPolicy).rows()
    subject = Subject(
        SUBJECT, number, 1, work.actor.code, facts.policy_set, today.version, total_fen=0
    )
    told = {
        "from_day": facts.from_day.isoformat(),
        "changes": [
            {"key": each.key, "before": each.before, "after": each.after} for each in facts.differs
        ],
    }
    return approvals.request(work, subject, matrix_route(rows, SUBJECT), told)


def _proposed(work: Work, facts: ChangeFacts, number: str, request: str) -> Outcome:
    document = {
        "number": number,
        "state": POLICY_CHANGE.start,
        "policy_set": facts.policy_set,
        "from_day": facts.from_day.isoformat(),
        "approval": request,
        "changes": [each.key for each in facts.differs],
    }
    says = _("{number}: policy {name} is to change from {day}: {changes}").format(
        number=number,
        name=facts.policy_set,
        day=facts.from_day,
        changes="; ".join(map(rules.told, facts.differs[:8])),
    )
    return Outcome(document, (says,), (f"kac policy show {number}", f"kac approval ok {request}"))


def _refuse_faults(policy_set: str, found: Sequence[Fault]) -> None:
    if not found:
        return
    broken = dict.fromkeys(rule for fault in found for rule in fault.rules)
    kind: type[KacError] = Refused if broken else BadInput
    raise kind(
        _("policy {name} cannot be like this").format(name=policy_set),
        code="E-POL-004",
        cause=[f"{fault.key}: {fault.says}" for fault in found],
        rules=list(broken),
        fix=[f"kac policy export --set {policy_set} -o FILE"],
    )


def decided(work: Work, outcome: Outcome) -> Outcome:
    """Take a change along with its request, once that is approved or rejected.

    For every outcome of a signature; those that are not about a policy pass through.
    """
    verb = {"approved": "approve", "rejected": "reject"}.get(outcome.document["state"])
    subject = str(outcome.document.get("subject", ""))
    if verb and subject.startswith(queries.KIND):
        row = queries.find(work.reader, subject, work.speaker)
        _move(work, row, verb)
        if verb == "approve":
            return Outcome(outcome.document, outcome.says, (f"kac policy activate {subject}",))
    return outcome


def activate(work: Work, reference: str) -> Outcome:
    """Let an approved change come into force from its day on: a new version of the set."""
    from kac.db.ledger_tables import Policy

    require(work, "policy.activate")
    row = queries.find(work.reader, reference, work.speaker)
    POLICY_CHANGE.after(_as_signed(row), "activate", subject=row["number"])
    require_open(
        queries.checklist(work.reader, row, work.today),
        _("{number} cannot come into force").format(number=row["number"]),
        refs={"number": row["number"]},
    )
    version = row["base_version"] + 1
    work.add(
        Policy(
            policy_set=row["policy_set"],
            version=version,
            effective_from=date.fromisoformat(row["from_day"]),
            body=row["body"],
            reason=row["reason"],
            set_by=work.actor.code,
            at=work.now,
        )
    )
    _move(work, row, "activate", version)
    says = _("{number}: policy {name} is version {version} from {day} on").format(
        number=row["number"], name=row["policy_set"], version=version, day=row["from_day"]
    )
    document = {
        "number": row["number"],
        "state": "in_force",
        "policy_set": row["policy_set"],
        "version": version,
        "from_day": row["from_day"],
    }
    return Outcome(document, (says,), (f"kac policy show --set {row['policy_set']}",))


def _as_signed(row: Row) -> str:
    """The state that decides which step is possible; a proposal's own gates tell what it lacks."""
    return "approved" if row["state"] == "proposed" else str(row["state"])


def withdraw(work: Work, reference: str, reason: str) -> Outcome:
    """Take back a change that is not in force; its request lapses."""
    require(work, "policy.propose")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    _move(work, row, "withdraw", reason=why)
    approvals.supersede(work, row["number"], why)
    says = _("{number} is withdrawn: {reason}").format(number=row["number"], reason=why)
    return Outcome({"number": row["number"], "state": "withdrawn"}, (says,))


def _move(work: Work, row: Row, verb: str, version: int = 0, reason: str = "") -> None:
    from kac.desk.amendments.tables import PolicyChange

    change = work.get(PolicyChange, row["id"])
    change.version = version
    work.move(change, POLICY_CHANGE, verb, reason)
