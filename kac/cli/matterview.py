"""What a request for approval is about where it is no customer's and comes to no sum."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kac.cli.show import Column
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.reader import Row

# Kinds of documents that come to no sum of money.
WITHOUT_MONEY = frozenset({"inquiry", "policy"})
CHANGES = [
    Column("key", _("key"), "code"),
    Column("before", _("before"), "code"),
    Column("after", _("after"), "code"),
]


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
