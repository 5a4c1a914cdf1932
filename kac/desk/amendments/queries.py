"""Reading policies: proposals with their gates, versions, and what differs between two of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core import dotted
from kac.core.gates import Gate
from kac.db import policybook
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.amendments import rules
from kac.desk.amendments.rules import ChangeFacts
from kac.desk.amendments.states import LIVING
from kac.desk.approvals import queries as approvals
from kac.desk.approvals.rules import gates
from kac.desk.policies.policy import Fault, known_verbs
from kac.desk.policies.rules import faults as faults_of

KIND = "PC"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The change that is meant by its number or a part of it."""
    number = resolve(reader, KIND, "policy_change", reference, speaker)
    return reader.one("SELECT * FROM v_policy_change WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "") -> list[Row]:
    """Changes, the newest first."""
    return reader.all(
        "SELECT * FROM v_policy_change WHERE :state = '' OR state = :state ORDER BY id DESC",
        state=state,
    )


def history(reader: Reader, policy_set: str = "") -> list[Row]:
    """Every version of one set, or of all, oldest first."""
    return reader.all(
        "SELECT policy_set, version, effective_from, change, proposed_by, set_by, at, reason"
        " FROM v_policy WHERE :name = '' OR policy_set = :name ORDER BY policy_set, version",
        name=policy_set,
    )


def facts(reader: Reader, row: Row) -> ChangeFacts:
    """A change as the rules look at it: what differs from the policy of the day it is to begin."""
    return ChangeFacts(
        number=row["number"],
        policy_set=row["policy_set"],
        base=row["base_version"],
        latest=policybook.latest(reader, row["policy_set"]),
        from_day=date.fromisoformat(row["from_day"]),
        differs=tuple(differences(reader, row)),
        may=rights(reader),
    )


def rights(reader: Reader) -> Mapping[str, tuple[str, ...]]:
    """The roles that do each verb, by the last version of the desk's own set."""
    last = policybook.latest(reader, policybook.DESK)
    return policybook.version(reader, policybook.DESK, last).may


def differences(reader: Reader, row: Row) -> list[dotted.Change]:
    """What a change changes: against the version that it follows on its day."""
    before = policybook.in_force(reader, row["policy_set"], date.fromisoformat(row["from_day"]))
    if row["version"] == before.version:
        before = policybook.version(reader, row["policy_set"], row["base_version"])
    return dotted.changes(before.body, body_of(row))


def body_of(row: Row) -> dict[str, Any]:
    """The whole body that is proposed."""
    body: dict[str, Any] = json.loads(row["body"])
    return body


def faults(reader: Reader, policy_set: str, body: dict[str, Any]) -> list[Fault]:
    """What is wrong with a body that is to follow the last version of its set."""
    latest = policybook.latest(reader, policy_set)
    before = policybook.version(reader, policy_set, latest)
    return faults_of(body, known_verbs(), before.body)


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """All gates of a change, and what each waits for; none once it is decided."""
    gates_of_it = checklist(reader, row, today)
    last = [rules.in_force(facts(reader, row))] if gates_of_it else []
    return [*gates_of_it, *last], rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every living change with its gates and what they wait for, the first to begin first."""
    living = [row for row in listing(reader) if row["state"] in LIVING]
    for row in sorted(living, key=lambda row: row["from_day"]):
        matter = rules.matter(row["policy_set"], row["from_day"], differences(reader, row))
        document = {**dict(row), "need_by": row["from_day"], "matter": matter}
        yield document, *case(reader, row, today)


def checklist(reader: Reader, row: Row, today: date) -> list[Gate]:
    """The gates of a change that is to come into force; none once it is decided."""
    if row["state"] not in LIVING:
        return []
    signed = approvals.signed(reader, row["approval_id"])
    signatures = gates(row["approval"], approvals.steps(row["route"]), signed)
    found = faults(reader, row["policy_set"], body_of(row))
    return rules.to_activate(facts(reader, row), found, signatures, today)
