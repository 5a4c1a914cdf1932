"""What a request for approval is about: the facts frozen on it, and what a policy changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kac.cli.show import Column
from kac.core.i18n import N_, _
from kac.core.money import Money, format_bp

if TYPE_CHECKING:
    from kac.db.reader import Row

# Kinds of documents that come to no sum of money.
WITHOUT_MONEY = frozenset({"inquiry", "policy"})
CHANGES = [
    Column("key", _("key"), "code"),
    Column("before", _("before"), "code"),
    Column("after", _("after"), "code"),
]

# The facts that requests freeze, as people call them. Lines and changes are told in parts of their
# own.
NAMES = {
    "amount": N_("amount"),
    "beside": N_("counted with"),
    "cancellation": N_("the order was given up"),
    "cost": N_("cost"),
    "counted": N_("counted together"),
    "customer": N_("customer"),
    "document": N_("document"),
    "floor_price": N_("floor price"),
    "from_day": N_("from"),
    "intent": N_("intent"),
    "investigated_by": N_("investigated by"),
    "limit": N_("limit"),
    "minimum": N_("deposit at least"),
    "need": N_("need"),
    "order": N_("order"),
    "ordinary": N_("goods that are not fresh"),
    "payment": N_("payment"),
    "rate": N_("rate"),
    "reason": N_("reason"),
    "revision": N_("version"),
    "sale": N_("sale"),
    "short": N_("to be waived"),
    "tier": N_("tier"),
    "total": N_("total"),
    "until": N_("until"),
    "wishes": N_("wishes"),
}
_ELSEWHERE = ("lines", "changes")
_COSTS = "cost_fen"


def _called(row: Mapping[str, Any]) -> str:
    return _(NAMES[row["fact"]]) if row["fact"] in NAMES else str(row["fact"])


def _told(row: Mapping[str, Any]) -> str:
    return str(row["said"])


FACTS = [
    Column("fact", _("fact"), "code", spoken=_called),
    Column("value", _("value"), priority=9, spoken=_told),
]


def frozen(row: Row, *, costs: bool) -> list[dict[str, str]]:
    """The facts that were frozen when signatures were asked for; costs only for who may see them.

    A document that was changed since shows here what was asked, not what it says now.
    """
    found: dict[str, Any] = json.loads(row["facts"])
    return [
        _fact(key, value)
        for key, value in found.items()
        if key not in _ELSEWHERE and value not in ("", [], None) and (costs or key != _COSTS)
    ]


def _fact(key: str, value: Any) -> dict[str, str]:
    """One fact: as programs read it, and as it is said to people."""
    if key.endswith("_fen"):
        money = Money(value)
        return {"fact": key[:-4], "value": money.plain(), "said": str(money)}
    if key.endswith("_bp"):
        return {"fact": key[:-3], "value": format_bp(value), "said": format_bp(value)}
    plain = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    said = (_("yes") if value else _("no")) if key == "cancellation" else plain
    return {"fact": key, "value": plain, "said": said}


def matter(row: Row, facts: Mapping[str, Any]) -> str:
    """What a change of policy changes, in a line; empty for other kinds."""
    from kac.core.dotted import Change
    from kac.desk.amendments import rules

    if row["kind"] != "policy":
        return ""
    differs = [Change(**each) for each in facts["changes"]]
    return rules.matter(row["policy_set"], facts["from_day"], differs)


def changes(row: Row) -> list[dict[str, str]]:
    """The keys that a change of policy changes, as they were frozen on the request."""
    found: list[dict[str, str]] = json.loads(row["facts"]).get("changes", [])
    return found if row["kind"] == "policy" else []
