"""Reading policies: proposals with their gates, versions, and what differs between two of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from kac.core import dotted, policyfile
from kac.core.gates import Gate
from kac.db import policybook
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.approvals import queries as approvals
from kac.desk.approvals.rules import gates
from kac.desk.policies import rules
from kac.desk.policies.policy import Fault
from kac.desk.policies.rules import ChangeFacts

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
    )


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
    return rules.faults(body, known_verbs(), before.body)


def known_verbs() -> frozenset[str]:
    """Every verb that the product asks a permission for: those of the sets that it ships."""
    return frozenset(verb for body in policyfile.shipped().values() for verb in body.get("verb", {}))


def checklist(reader: Reader, row: Row, today: date) -> list[Gate]:
    """The gates of a change that is to come into force; none once it is decided."""
    if row["state"] not in ("proposed", "approved"):
        return []
    signed = approvals.signed(reader, row["approval_id"])
    signatures = gates(row["approval"], approvals.steps(row["route"]), signed)
    found = faults(reader, row["policy_set"], body_of(row))
    return rules.to_activate(facts(reader, row), found, signatures, today)
