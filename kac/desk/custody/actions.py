"""Verbs of custody: hand a copy on, take a copy of a void document back."""

from __future__ import annotations

from kac.core.errors import BadInput
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.text import required_text, safe_text
from kac.db.work import Outcome, Work
from kac.desk.custody import queries, rules
from kac.desk.custody.rules import CopyFacts
from kac.desk.papers import actions as papers
from kac.desk.papers.rules import COPIES, HOLDERS
from kac.desk.staff.actions import require

# Nobody holds a copy by this name: it is what the photocopy itself is called.
TAKERS = tuple(holder for holder in HOLDERS if holder != "photocopy")


def hand(work: Work, reference: str, copy: str, holder: str, reason: str = "") -> Outcome:
    """Write down that a copy is with somebody else now (RTL-ORD-06..08)."""
    require(work, "paper.hand")
    facts = _meant(work, reference, copy)
    why = safe_text(reason, field=_("reason"))
    require_open(
        [rules.outside(facts), rules.in_force(facts), rules.another_holder(facts, holder)],
        _("copy {copy} of {document} is not handed on").format(**_words(facts)),
        refs={"document": facts.document},
    )
    papers.mark(work, facts.document, facts.kind, copy, "handed", holder, why)
    work.record("hand on", facts.document, copy=copy, holder=holder)
    says = _("{document}: copy {copy} is with {holder} now").format(
        **_words(facts) | {"holder": _(HOLDERS[holder])}
    )
    document = {"number": facts.document, "state": "handed", "copy": copy, "with": holder}
    return Outcome(document, (says,), (f"kac paper show {facts.document}",))


def collect(work: Work, reference: str, copy: str) -> Outcome:
    """Take a copy of a void document back, mark it 作废 and keep it (RTL-SHT-09..11, C-27)."""
    require(work, "paper.collect")
    facts = _meant(work, reference, copy)
    require_open(
        [rules.no_own_way(facts), rules.void(facts), rules.outside(facts)],
        _("copy {copy} of {document} is not taken back").format(**_words(facts)),
        refs={"document": facts.document},
    )
    holder = "logistics" if facts.kind == "slip" else "finance"
    papers.mark(work, facts.document, facts.kind, copy, "voided", holder, _("marked 作废"))
    work.record("collect", facts.document, copy=copy)
    left = [
        each.copy.name
        for each in queries.copies(work.reader, facts.document).values()
        if each.copy.out
    ]
    says = [_("{document}: copy {copy} is back, marked 作废 and kept").format(**_words(facts))]
    if left:
        names = ", ".join(_(COPIES.get(name, name)) for name in left)
        says.append(_("still out: {copies}").format(copies=names))
    document = {"number": facts.document, "state": "collected", "copies_out": left}
    hints = tuple(f"kac paper collect {facts.document} --copy {name}" for name in left)
    return Outcome(document, tuple(says), hints)


def lose(work: Work, reference: str, copy: str, signed_by: str, reason: str) -> Outcome:
    """State that a copy of a void document is lost: its holder and the merchant manager sign.

    A-35, for every form whose copies have no way back of their own (C-27).
    """
    require(work, "paper.lost")
    facts = _meant(work, reference, copy)
    signer = required_text(signed_by, field=_("who signed"), longest=40)
    why = required_text(reason, field=_("reason"))
    require_open(
        [rules.no_own_way(facts), rules.void(facts), rules.outside(facts)],
        _("copy {copy} of {document} is not stated lost").format(**_words(facts)),
        refs={"document": facts.document},
    )
    file = "logistics" if facts.kind == "slip" else "finance"
    papers.state_lost(work, papers.Loss(facts.document, facts.kind, copy, file), signer, why)
    work.record("state lost", facts.document, copy=copy, reason=why)
    says = _("{number}: copy {copy} is lost, stated by {signer} and {manager}").format(
        number=facts.document, copy=_words(facts)["copy"], signer=signer, manager=work.actor.name
    )
    document = {"number": facts.document, "state": "lost", "copy": copy}
    return Outcome(document, (says,), (f"kac paper show {facts.document}",))


def _meant(work: Work, reference: str, copy: str) -> CopyFacts:
    number = queries.find(work.reader, reference, work.speaker)
    known = queries.copies(work.reader, number)
    key = rules.chosen({each: facts.copy for each, facts in known.items()}, copy)
    if key is None:
        raise BadInput(
            _("{document} has no copy {copy}").format(document=number, copy=copy),
            code="E-PAP-006",
            cause=[_("copies: {copies}").format(copies=", ".join(name for _kind, name in known))],
            fix=[f"kac paper show {number}"],
        )
    return known[key]


def _words(facts: CopyFacts) -> dict[str, str]:
    return {
        "document": facts.document,
        "copy": _(COPIES.get(facts.copy.name, facts.copy.name)),
    }
