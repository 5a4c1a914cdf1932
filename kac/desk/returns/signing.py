"""Signing at the customer's: what was not taken comes back by a return of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kac.core.i18n import _
from kac.db.work import Outcome, Work
from kac.desk.dispatch import queries as dispatch
from kac.desk.dispatch import receiving
from kac.desk.lines.rules import LineDraft
from kac.desk.returns.refused import RefusedLine, from_refused_delivery


def sign(
    work: Work,
    reference: str,
    by: str,
    short: Sequence[LineDraft] = (),
    damaged: Sequence[LineDraft] = (),
) -> Outcome:
    """The customer signs; what was missing or damaged is to be taken back (RTL-PAY-10)."""
    signed = receiving.sign(work, reference, by, short, damaged)
    if "refused" not in signed.document:
        return signed
    slip = dispatch.find(work.reader, str(signed.document["number"]), work.speaker)
    lines = [
        RefusedLine(row["line"], row["short"], row["damaged"])
        for row in dispatch.lines(work.reader, slip["id"])
        if row["short"] or row["damaged"]
    ]
    number = from_refused_delivery(work, slip, lines)
    says = _("{number}: what was not taken is to be brought back").format(number=number)
    return replace(
        signed,
        document={**signed.document, "return": number},
        says=(*signed.says, says),
        hints=(*signed.hints, f"kac return receive {number} LINE:QTY"),
    )
