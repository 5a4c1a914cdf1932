"""Rules of delegation: written, with scope, cap and days; no chain, no signing for oneself.

DST-AUT-10: verbal delegation is none. What a deputy signs counts for the one who delegated.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.delegations.policy import DelegationPolicy

RULES = ("DST-AUT-10",)


@dataclass(frozen=True)
class DelegationFacts:
    """A delegation as its gates see it; the cap in fen, both days included."""

    number: str
    delegator: str
    deputy: str
    scope: tuple[str, ...]
    cap_fen: int
    from_day: date
    until_day: date
    document: str
    ended: bool = False


@dataclass(frozen=True)
class Use:
    """What a deputy wants to sign: a kind of document, its amount in fen, its maker, the day."""

    kind: str
    subject: str
    total_fen: int
    maker: str
    on: date


def to_grant(
    facts: DelegationFacts, policy: DelegationPolicy, *, deputy_is_service: bool
) -> list[Gate]:
    """What must hold before a delegation is written down."""
    days = (facts.until_day - facts.from_day).days + 1
    strange = sorted(set(facts.scope) - set(policy.scopes))
    return [
        _gate(
            "delegation_written",
            bool(facts.document),
            _("the written document is {document}").format(document=facts.document or "-"),
        ),
        _gate(
            "delegation_to_another",
            facts.deputy != facts.delegator and not deputy_is_service,
            _("{delegator} delegates to {deputy}").format(
                delegator=facts.delegator, deputy=facts.deputy
            ),
        ),
        _gate(
            "delegation_capped",
            facts.cap_fen > 0,
            _("up to {cap}").format(cap=Money(facts.cap_fen)),
        ),
        _gate(
            "delegation_days",
            0 < days <= policy.longest_days,
            ngettext(
                "from {first} until {last}: {days} day, {most} at most",
                "from {first} until {last}: {days} days, {most} at most",
                days,
            ).format(
                first=facts.from_day, last=facts.until_day, days=days, most=policy.longest_days
            ),
        ),
        _gate(
            "delegation_scope",
            bool(facts.scope) and not strange,
            _("for {scope}, of {scopes}").format(
                scope=", ".join(facts.scope) or "-", scopes=", ".join(policy.scopes)
            ),
        ),
    ]


def to_use(facts: DelegationFacts, use: Use) -> list[Gate]:
    """What must hold at the moment of signing; the maker is signed for by nobody's deputy."""
    return [
        _gate(
            "delegation_living",
            not facts.ended and facts.from_day <= use.on <= facts.until_day,
            _("{number} is valid from {first} until {last}, today is {today}").format(
                number=facts.number, first=facts.from_day, last=facts.until_day, today=use.on
            )
            if not facts.ended
            else _("{number} was taken back").format(number=facts.number),
        ),
        _gate(
            "delegation_covers",
            use.kind in facts.scope,
            _("{number} covers {scope}, this is {kind}").format(
                number=facts.number, scope=", ".join(facts.scope), kind=use.kind
            ),
        ),
        _gate(
            "delegation_suffices",
            use.total_fen <= facts.cap_fen,
            _("{number} goes up to {cap}, {subject} is {total}").format(
                number=facts.number,
                cap=Money(facts.cap_fen),
                subject=use.subject,
                total=Money(use.total_fen),
            ),
        ),
        _gate(
            "delegation_not_the_maker",
            not {facts.delegator, facts.deputy} & set(use.maker.split(", ")),
            _("{maker} made {subject}").format(maker=use.maker, subject=use.subject),
            ("DST-AUT-10", "A-56"),
        ),
    ]


def _gate(name: str, is_open: bool, says: str, rules: Sequence[str] = RULES) -> Gate:
    return Gate(name, tuple(rules), is_open, says)
