"""Verbs of delegation: give a written one, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kac.core.errors import NotPermitted, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.work import Outcome, Work
from kac.desk.delegations import queries, rules
from kac.desk.delegations.policy import DelegationPolicy
from kac.desk.delegations.rules import DelegationFacts
from kac.desk.staff import queries as staff
from kac.desk.staff.actions import require


@dataclass(frozen=True)
class Grant:
    """A delegation as it is asked for; `attachment` is the hash of the signed paper's scan."""

    deputy: str
    scope: Sequence[str]
    cap: Money
    from_day: date
    until_day: date
    document: str
    attachment: str = ""


def grant(work: Work, wish: Grant) -> Outcome:
    """Delegate one's own signature in writing (DST-AUT-10)."""
    from kac.desk.delegations.tables import Delegation

    require(work, "approval.delegate")
    deputy = staff.actor(work.reader, wish.deputy)
    facts = DelegationFacts(
        number="",
        delegator=work.actor.code,
        deputy=deputy.code,
        scope=tuple(dict.fromkeys(wish.scope)),
        cap_fen=wish.cap.fen,
        from_day=wish.from_day,
        until_day=wish.until_day,
        document=safe_text(wish.document, field=_("document"), longest=60),
    )
    policy = work.policy()
    require_open(
        rules.to_grant(
            facts,
            policy.section("delegation", DelegationPolicy),
            deputy_is_service=deputy.holds("cron", "importer"),
        ),
        _("this cannot be delegated"),
    )
    row = work.add(
        Delegation(
            number=work.number("WT"),
            delegator=facts.delegator,
            deputy=facts.deputy,
            scope=",".join(facts.scope),
            cap_fen=facts.cap_fen,
            from_day=facts.from_day,
            until_day=facts.until_day,
            document=facts.document,
            attachment=wish.attachment,
            at=work.now,
        )
    )
    work.record("delegate", row.number, deputy=row.deputy, cap_fen=row.cap_fen, scope=row.scope)
    says = _("{number}: {deputy} signs for {delegator} up to {cap} until {day}").format(
        number=row.number,
        deputy=row.deputy,
        delegator=row.delegator,
        cap=Money(row.cap_fen),
        day=row.until_day,
    )
    document = {
        "number": row.number,
        "state": "living",
        "delegator": row.delegator,
        "deputy": row.deputy,
        "cap": Money(row.cap_fen).plain(),
    }
    return Outcome(document, (says,), ("kac approval delegations",))


def end(work: Work, reference: str, reason: str) -> Outcome:
    """Take a delegation back before its last day; only who gave it does."""
    from kac.desk.delegations.tables import DelegationEnd

    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    if row["delegator"] != work.actor.code:
        raise NotPermitted(
            _("{number} was given by {delegator}").format(
                number=row["number"], delegator=row["delegator"]
            ),
            rules=["DST-AUT-10"],
        )
    if row["ended"]:
        raise Refused(_("{number} was taken back").format(number=row["number"]), code="E-DLG-001")
    work.add(DelegationEnd(delegation_id=row["id"], reason=why, by=work.actor.code, at=work.now))
    work.record("end delegation", row["number"], reason=why)
    says = _("{number} is taken back: {deputy} signs for {delegator} no more").format(
        number=row["number"], deputy=row["deputy"], delegator=row["delegator"]
    )
    return Outcome({"number": row["number"], "state": "ended"}, (says,))
