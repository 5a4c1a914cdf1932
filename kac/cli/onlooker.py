"""The one who reads: what `@` means to them, and whether they see what goods cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kac.cli import setting
from kac.cli.counter import acting
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.core.actor import Actor
    from kac.db.reader import Reader
    from kac.db.references import Speaker


def speaker(reader: Reader) -> Speaker:
    """Who refers to documents, and on which day."""
    from kac.db.references import Speaker

    who = acting(reader)
    return Speaker(setting.today(), who.code if who else "")


def myself(reader: Reader) -> Actor:
    """The one who reads, who must be known: NotPermitted says how to make oneself known."""
    from kac.cli.rights import nobody
    from kac.db import info

    who = acting(reader)
    if who is None:
        raise nobody(info.of(reader).training)
    return who


def sees_costs(reader: Reader) -> bool:
    """Whether costs and margins are shown to the one who reads; to nobody unknown."""
    from kac.db import policybook
    from kac.desk.staff.policy import AccessPolicy
    from kac.desk.staff.rules import sees_costs as may_see

    who = acting(reader)
    if who is None:
        return False
    policy = policybook.in_force(reader, "retail", setting.today())
    return may_see(who, policy.section("access", AccessPolicy))


def refuse_stranger(reader: Reader, verb: str) -> None:
    """Pass when the one who reads may do the verb; NotPermitted names who may, or how to log in."""
    from kac.cli.rights import nobody
    from kac.db import info, policybook
    from kac.desk.staff.rules import permit

    who = acting(reader)
    if who is None:
        raise nobody(info.of(reader).training)
    policy = policybook.in_force(reader, policybook.DESK, setting.today())
    permit(verb, who, policy.permission(verb), policy.holders)


def refuse_without_costs(reader: Reader) -> None:
    """Pass when the one who reads sees what goods cost; NotPermitted names who does."""
    from kac.cli.rights import nobody
    from kac.core.errors import NotPermitted
    from kac.db import info, policybook
    from kac.desk.staff.policy import AccessPolicy

    who = acting(reader)
    if who is None:
        raise nobody(info.of(reader).training)
    if not sees_costs(reader):
        policy = policybook.in_force(reader, policybook.DESK, setting.today())
        allowed = policy.section("access", AccessPolicy).cost_roles
        raise NotPermitted(
            _("{actor} does not see what goods cost").format(actor=who.code),
            code="E-PER-031",
            cause=[_("allowed: {roles}").format(roles=", ".join(sorted(allowed)))],
            rules=["RTL-DUT-08"],
        )
