"""What the ledger puts on every paper: which printing it is, people's names, signatures given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kac.core import roles
from kac.core.calendar import business_day, parse_instant
from kac.db import info
from kac.db.reader import Reader, Row
from kac.desk.approvals import queries as approvals
from kac.desk.approvals.rules import APPROVE, BAGS, CONCESSION, CREDIT, DISCOUNT, SIGN, TIER
from kac.documents.imprint import Imprint, Signature

_SIGNED_FOR = {
    DISCOUNT: "折扣核查",
    CONCESSION: "折扣赠品",
    TIER: "毛利审批",
    SIGN: "签署",
    APPROVE: "批准",
    CREDIT: "批准",
    BAGS: "批准",
    "iou": "签批",
    "review": "报价审核",
    "refund": "核准",
    "return": "核准",
}


def imprint(reader: Reader, document: str, kind: str, *, void: bool = False) -> Imprint:
    """The last printing of a document, with the head of the audit chain as its code."""
    last = reader.one(
        "SELECT at, by, reason FROM paper_event WHERE document = :document AND kind = :kind"
        " AND event IN ('printed', 'reprinted') ORDER BY id DESC LIMIT 1",
        document=document,
        kind=kind,
    )
    reprints = reader.value(
        "SELECT max(reprints) FROM v_paper WHERE document = :document AND kind = :kind",
        document=document,
        kind=kind,
    )
    ledger = info.of(reader)
    chain = reader.one("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    return Imprint(
        company=reader.value("SELECT company FROM ledger_info WHERE id = 1"),
        number=document,
        audit_code=f"{chain['seq']}-{chain['hash'][:8]}",
        printed_at=parse_instant(last["at"]),
        printed_by=name(reader, last["by"]),
        reprint=reprints,
        reason=last["reason"],
        void=void,
        training=ledger.training,
    )


def name(reader: Reader, code: str) -> str:
    """What a member of staff is called."""
    return str(reader.value("SELECT name FROM staff WHERE code = :code", code=code) or code)


def of_route(reader: Reader, row: Row) -> list[Signature]:
    """The signatures that a document's request asks for, given or not."""
    names = {role.id: role.name for role in roles.known().values()}
    found = []
    for step in approvals.steps(row["route"] or "[]"):
        signed = reader.first(
            "SELECT staff, at, on_behalf_of FROM approval_signature"
            " WHERE approval_id = :id AND step = :step"
            " AND role = :role AND verdict = 'ok' ORDER BY id DESC LIMIT 1",
            id=row["approval_id"],
            step=step.kind,
            role=step.role,
        )
        found.append(signature(reader, _SIGNED_FOR[step.kind], names[step.role], signed))
    return found


def signature(
    reader: Reader, act: str, role: str, signed: Mapping[str, Any] | Row | None
) -> Signature:
    """A signature with the name and day of who gave it, or still open."""
    if signed is None:
        return Signature(act, role)
    day = business_day(parse_instant(signed["at"]))
    hand = name(reader, signed["staff"])
    if "on_behalf_of" in signed.keys() and signed["on_behalf_of"]:  # noqa: SIM118
        hand += f"代{name(reader, signed['on_behalf_of'])}"
    return Signature(act, role, hand, day)
