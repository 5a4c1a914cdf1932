"""A night that goes on from the last: what was proved then, and what is looked at now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kac.core.findings import Finding
from kac.core.values import dataclass
from kac.db import audit, checkpoint, policybook
from kac.db.checkpoint import Checkpoint
from kac.db.reader import Reader
from kac.desk.night import queries, scope
from kac.desk.night.rules import Proof
from kac.desk.night.scope import Scope

CHAIN = "chain_is_whole"


@dataclass(frozen=True)
class Since:
    """The checkpoint that a night goes on from.

    `faults` are those of the chain since: where there are any, everything is proved anew. `scope`
    is None where so much was written about that everything is read.
    """

    point: Checkpoint
    faults: tuple[Finding, ...]
    scope: Scope | None


def last(reader: Reader, ledger: Path, on: date) -> Since | None:
    """The last checkpoint and what came after it; None where the night begins from nothing."""
    key = audit.read_key(ledger)
    point = checkpoint.read(reader.connection, ledger, key)
    if point is None or point.policy != _policy(reader, on):
        return None
    says, touched = checkpoint.proved_since(reader.connection, key, point)
    faults = tuple(Finding(CHAIN, "", each, command="kac db check") for each in says)
    return Since(point, faults, None if faults else scope.of(reader, touched, point.suspects))


def keep(reader: Reader, ledger: Path, on: date, proofs: Sequence[Proof]) -> Checkpoint | None:
    """Write the checkpoint of a night in which every check was made and the chain was whole.

    None where it is not to be, or where the last one says the same.
    """
    chain = [proof for proof in proofs if proof.name == CHAIN]
    if any(proof.trouble for proof in proofs) or any(proof.findings for proof in chain):
        return None
    subjects = {
        finding.subject
        for proof in proofs
        if proof.name in queries.OF_ORDERS
        for finding in proof.findings
    }
    key = audit.read_key(ledger)
    suspects = tuple(sorted(subjects))
    point = checkpoint.made(reader.connection, _policy(reader, on), suspects)
    if point == checkpoint.read(reader.connection, ledger, key):
        return None
    checkpoint.write(ledger, key, point)
    return point


def _policy(reader: Reader, on: date) -> int:
    return policybook.in_force(reader, policybook.DESK, on).version
