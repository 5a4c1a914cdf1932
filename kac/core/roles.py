"""The roles there are, by policy set, with the names that the source documents give them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parents[1] / "data" / "roles.toml"


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its id, the policy set that speaks of it, its name on paper."""

    id: str
    policy_set: str
    name: str


def known() -> dict[str, Role]:
    """Every role by id, in the file's order."""
    sets = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        role: Role(role, policy_set, name)
        for policy_set, names in sets.items()
        for role, name in names.items()
    }
