"""Reading approvals: requests with their frozen route, signatures, and what waits for whom."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve

if TYPE_CHECKING:
    from kac.desk.approvals.rules import Signed, Step


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
