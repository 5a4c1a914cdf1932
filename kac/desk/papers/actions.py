"""Verbs of paper: hand copies out, print them again, mark what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kac.core.errors import Refused
from kac.core.i18n import _
from kac.core.values import dataclass
from kac.db.work import Work
from kac.desk.papers import queries

# The command that prints each kind of form.
_PRINTED_BY = {
    "order_form": "order print {document}",
    "picking_list": "print {document} --paper picking_list",
    "box_label": "print {document} --paper box_label",
    "void_notice": "print {document} --paper void_notice",
    "order_table": "table print {document}",
    "delivery_note": "dispatch note {document}",
    "receipt": "payment print {document}",
    "refund_slip": "refund print {document}",
    "return_slip": "return print {document}",
    "security_receipt": "security print {document}",
    "slip": "dispatch print {document}",
    "contract": "contract print {document}",
    "guarantee": "print {document}",
    "iou": "iou print {document}",
    "statement": "statement print {document}",
    "dunning": "ar print {document}",
    "card_receipt": "card print {document}",
    "settlement": "day print {document}",
    "quotation": "quote print {document}",
    "quotation_internal": "quote print {document} --internal",
}


def hand_out(
    work: Work, document: str, kind: str, holders: Mapping[str, str], reason: str = ""
) -> int:
    """Print the copies of a form; {copy: holder}. Returns which printing this is, 1 for the first.

    Copies that exist are printed again, which is counted and needs a reason; missing ones are
    printed for the first time without one.
    """
    there = queries.copies(work.reader, document, kind)
    again = [name for name in holders if name in there]
    if again and len(again) == len(holders) and not reason:
        raise Refused(
            _("{document} has been printed; printing it again needs a reason").format(
                document=document
            ),
            code="E-PAP-001",
            rules=["RTL-ORD-05"],
            fix=[f"kac {_PRINTED_BY[kind].format(document=document)} --reprint REASON"],
        )
    for name, holder in holders.items():
        if name not in there:
            mark(work, document, kind, name, "printed", holder)
        elif reason:
            mark(work, document, kind, name, "reprinted", there[name].holder, reason)
    printings = [copy.reprints for copy in queries.copies(work.reader, document, kind).values()]
    return 1 + max(printings)


def mark(
    work: Work, document: str, kind: str, copy: str, event: str, holder: str, reason: str = ""
) -> None:
    """Write what happened to one copy, not on a day before what happened to it last."""
    from kac.desk.papers.tables import PaperEvent

    step, latest = work.reader.one(
        "SELECT count(*), max(on_day) FROM paper_event WHERE document = :document"
        " AND kind = :kind AND copy_name = :copy",
        document=document,
        kind=kind,
        copy=copy,
    )
    if latest:
        work.require_not_before(date.fromisoformat(latest), document)
    work.add(
        PaperEvent(
            document=document,
            kind=kind,
            copy_name=copy,
            step=step + 1,
            event=event,
            holder=holder,
            by=work.actor.code,
            reason=reason,
            on_day=work.on,
            at=work.now,
        )
    )


@dataclass(frozen=True)
class Loss:
    """One copy of a void form that is lost; `file` keeps its statement instead."""

    document: str
    kind: str
    copy: str
    file: str


def state_lost(work: Work, loss: Loss, signer: str, reason: str) -> None:
    """Write the signed statement that stands for a lost copy of a void form (A-35)."""
    from kac.desk.papers.tables import LossStatement

    work.add(
        LossStatement(
            document=loss.document,
            copy_name=loss.copy,
            signed_by=signer,
            manager=work.actor.code,
            reason=reason,
            on_day=work.on,
            at=work.now,
        )
    )
    mark(work, loss.document, loss.kind, loss.copy, "lost", loss.file, reason)
