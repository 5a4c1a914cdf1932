"""Who may do a verb: default deny, and a rule that forbids outweighs a role that allows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from kac.core import roles
from kac.core.actor import Actor
from kac.core.errors import NotPermitted, Refused
from kac.core.i18n import _
from kac.desk.staff.policy import AccessPolicy

# All that a machine does: bring files in, watch the calendar, report. The rest people decide.
_MACHINES_NOUNS = frozenset({"import"})
_MACHINES_WORDS = frozenset({"run", "expire", "deem", "remind", "draw"})


def for_people_only(verb: str) -> bool:
    """Whether a verb decides something: approving, paying, verifying, voiding, dispatching."""
    noun, _dot, word = verb.partition(".")
    return noun not in _MACHINES_NOUNS and word not in _MACHINES_WORDS


def permit(
    verb: str,
    actor: Actor,
    permission: Mapping[str, Any],
    holders: Callable[[str], frozenset[str]],
) -> None:
    """Pass when the actor may do the verb; otherwise NotPermitted names who may and the rule.

    `holders` widens a role to those whose rights include its own. BLK-MNY-01..03 and their like
    are the `forbidden` roles: whoever holds one is refused, whatever else is held (A-18). The
    account of a machine decides nothing, whatever the table says.
    """
    allowed: frozenset[str] = frozenset().union(*(holders(role) for role in permission["roles"]))
    banned = permission.get("forbidden", {})
    rules = [rule for role, rule in banned.items() if role in actor.roles]
    machine = for_people_only(verb) and not actor.roles.isdisjoint(roles.service())
    if not rules and not machine and not actor.roles.isdisjoint(allowed):
        return
    raise NotPermitted(
        _("{actor} may not do {verb}").format(actor=actor.code, verb=verb.replace(".", " ")),
        cause=[
            _("{actor} holds: {roles}").format(
                actor=actor.code, roles=", ".join(sorted(actor.roles)) or _("no role")
            ),
            *([_("a service account never decides")] if machine else []),
            _("allowed: {roles}").format(roles=", ".join(sorted(allowed)) or _("nobody")),
        ],
        rules=rules or [str(permission.get("rule", "A-56"))],
    )


def refuse_mixed_service(code: str, held: Collection[str], *, filed: bool = False) -> None:
    """Whoever holds the role of a machine holds no other: nobody decides through it.

    An account is filed as the machine that it is. Who is `filed` becomes none, and a machine
    becomes nobody else; `held` are then the roles wanted and all that were ever held.
    """
    if roles.service().isdisjoint(held) or (len(set(held)) == 1 and not filed):
        return
    raise Refused(
        _("{code} cannot hold {roles}: a service account has one role, for ever").format(
            code=code, roles=", ".join(sorted(set(held)))
        ),
        code="E-STF-003",
        rules=["A-56"],
        fix=["kac staff add …"],
    )


def locked_until(failures: int, now: datetime, policy: AccessPolicy) -> datetime | None:
    """Until when further PINs are refused; the wait doubles with every further lock."""
    if failures < policy.pin_failures:
        return None
    doublings = min(failures - policy.pin_failures, 6)
    return now + timedelta(minutes=policy.pin_lock_minutes * 2**doublings)


def sees_costs(actor: Actor, policy: AccessPolicy) -> bool:
    """Whether costs and margins are shown to this person."""
    return actor.holds(*policy.cost_roles)
