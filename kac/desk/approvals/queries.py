"""Reading approvals: requests with their frozen route, signatures, and what waits for whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kac.core.actor import Actor
from kac.core.gates import closed
from kac.db.policybook import version
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve

if TYPE_CHECKING:
    from kac.desk.approvals.rules import Signed, Step
    from kac.desk.delegations.rules import DelegationFacts


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The request meant by its number, a part of it, or the number of what it is about."""
    row = reader.first(
        "SELECT * FROM v_approval WHERE subject = upper(:word) ORDER BY id DESC LIMIT 1",
        word=reference.strip(),
    )
    if row is not None:
        return row
    number = resolve(reader, "SP", "approval", reference, speaker)
    return reader.one("SELECT * FROM v_approval WHERE number = :number", number=number)


def of_subject(reader: Reader, subject: str, revision: int) -> Row | None:
    """The request for one version of a document."""
    return reader.first(
        "SELECT * FROM v_approval WHERE subject = :subject AND revision = :revision",
        subject=subject,
        revision=revision,
    )


def steps(route: str) -> tuple[Step, ...]:
    """The signatures that a stored route asks for."""
    from kac.desk.approvals.rules import Step

    return tuple(
        Step(step["kind"], step["role"], step["rule"], tuple(step["lines"]), step["turn"])
        for step in json.loads(route)
    )


def signed(reader: Reader, approval_id: int) -> tuple[Signed, ...]:
    """The signatures of a request, in the order they were given."""
    from kac.desk.approvals.rules import Signed

    rows = reader.all(
        "SELECT step AS kind, role, line, verdict, staff, note, on_behalf_of, delegation,"
        " carried_from FROM approval_signature WHERE approval_id = :id ORDER BY id",
        id=approval_id,
    )
    return tuple(Signed(**dict(row)) for row in rows)


def moments(reader: Reader, approval_id: int, step: Step) -> list[str]:
    """When a step was signed, as stored instants."""
    rows = reader.all(
        "SELECT at FROM approval_signature WHERE approval_id = :id AND step = :kind"
        " AND role = :role ORDER BY id",
        id=approval_id,
        kind=step.kind,
        role=step.role,
    )
    return list(dict.fromkeys(str(row["at"]) for row in rows))


def listing(reader: Reader, state: str = "") -> list[Row]:
    """Requests, the newest first."""
    return reader.all(
        "SELECT * FROM v_approval WHERE :state = '' OR state = :state ORDER BY id DESC", state=state
    )


def for_deputy(
    reader: Reader, who: Actor, on: date
) -> Iterator[tuple[Row, DelegationFacts, list[Step]]]:
    """What somebody may sign for others on a day: request, delegation, steps (DST-AUT-10)."""
    from kac.desk.approvals.rules import signable
    from kac.desk.delegations import queries as delegations
    from kac.desk.delegations.rules import Use, to_use
    from kac.desk.staff import queries as staff

    given = delegations.of_deputy(reader, who.code)
    for row in reversed(listing(reader, "pending")) if given else ():
        known, hands = steps(row["route"]), signed(reader, row["id"])
        if any(who.code == hand.staff for hand in hands):
            continue
        policy = version(reader, row["policy_set"], row["policy_version"])
        use = Use(row["kind"], row["subject"], row["total_fen"], row["maker"], on)
        for delegation in given:
            other = staff.actor(reader, delegation.delegator)
            waiting = signable(known, hands, policy.rights(other.roles), other.code)
            if waiting and not closed(to_use(delegation, use)):
                yield row, delegation, waiting
                break
