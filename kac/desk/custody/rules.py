"""Rules of custody: a copy passes from hand to hand, one of a void document comes back marked."""

from __future__ import annotations

from collections.abc import Mapping

from kac.core.gates import Gate
from kac.core.i18n import N_, _
from kac.core.values import dataclass
from kac.desk.papers.rules import COPIES, HOLDERS, Copy

KINDS = {
    "order_form": N_("order form"),
    "receipt": N_("receipt"),
    "security_receipt": N_("receipt of a security deposit"),
    "refund_slip": N_("refund slip"),
    "slip": N_("wholesale slip"),
    "contract": N_("contract"),
    "quotation": N_("quotation"),
    "quotation_internal": N_("internal quotation"),
    "statement": N_("statement"),
    "dunning": N_("dunning letter"),
    "iou": N_("IOU"),
    "card_receipt": N_("card receipt"),
    "settlement": N_("settlement sheet"),
}
# Forms whose copies have a way back of their own: the command that takes them.
OWN_WAY = {
    "order_form": "kac order collect {document} --copy {copy}",
    "iou": "kac iou void {document} --reason …",
    "settlement": "kac day archive {document}",
}


@dataclass(frozen=True)
class CopyFacts:
    """A copy as its gates see it; `void` when its document is."""

    document: str
    kind: str
    copy: Copy
    void: bool


def outside(facts: CopyFacts) -> Gate:
    """What is in the file of void forms, archived or stated lost goes nowhere (RTL-SHT-11)."""
    copy = facts.copy
    words = {
        "copy": _(COPIES.get(copy.name, copy.name)),
        "document": facts.document,
        "holder": _(HOLDERS.get(copy.holder, copy.holder)),
    }
    says = _("copy {copy} of {document} is with {holder}").format(**words)
    if not copy.out:
        says = _("copy {copy} of {document} is in the file with {holder}").format(**words)
    command = "" if copy.out else f"kac paper show {facts.document}"
    return Gate("copy_outside", ("RTL-SHT-11", "RTL-ORD-06"), copy.out, says, (), command)


def another_holder(facts: CopyFacts, holder: str) -> Gate:
    """A copy passes to somebody else (RTL-ORD-06..08)."""
    says = _("from {giver} to {taker}").format(
        giver=_(HOLDERS.get(facts.copy.holder, facts.copy.holder)),
        taker=_(HOLDERS.get(holder, holder)),
    )
    return Gate("copy_other_holder", ("RTL-ORD-06",), facts.copy.holder != holder, says)


def in_force(facts: CopyFacts) -> Gate:
    """A copy of a void document goes to nobody but the file of void forms (RTL-SHT-09, C-27)."""
    says = _("{document} is in force").format(document=facts.document)
    if facts.void:
        says = _("{document} is void: its copies come back").format(document=facts.document)
    command = way_back(facts) if facts.void else ""
    return Gate("copy_in_force", ("RTL-SHT-09", "C-27"), not facts.void, says, (), command)


def void(facts: CopyFacts) -> Gate:
    """Only copies of a void document are marked 作废 (RTL-SHT-10, C-27)."""
    says = _("{document} is void").format(document=facts.document)
    if not facts.void:
        says = _("{document} is in force: nothing of it is marked 作废").format(
            document=facts.document
        )
    return Gate("copy_void", ("RTL-SHT-10", "C-27"), facts.void, says)


def no_own_way(facts: CopyFacts) -> Gate:
    """Where a form has a way back of its own, its copies take that (RTL-SHT-09)."""
    has = facts.kind in OWN_WAY
    says = _("taken back here")
    if has:
        says = _("{kind}: its copies have a way back of their own").format(
            kind=_(KINDS[facts.kind])
        )
    command = way_back(facts) if has else ""
    return Gate("copy_no_own_way", ("RTL-SHT-09",), not has, says, (), command)


def way_back(facts: CopyFacts) -> str:
    """The command that takes a copy of a void document back."""
    way = OWN_WAY.get(facts.kind, "kac paper collect {document} --copy {copy}")
    return way.format(document=facts.document, copy=facts.copy.name)


def chosen(copies: Mapping[tuple[str, str], Copy], name: str) -> tuple[str, str] | None:
    """The (kind, copy) that is meant by a copy's name; None where none or several are."""
    found = [key for key in copies if key[1] == name]
    return found[0] if len(found) == 1 else None
