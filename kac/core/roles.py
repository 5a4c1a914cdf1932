"""The roles there are, by policy set, with the names that the source documents give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.text import folded
from kac.core.values import dataclass

_FILE = Path(__file__).parents[1] / "data" / "roles.toml"
_SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its id, the policy set that speaks of it, its name on paper, other names for it."""

    id: str
    policy_set: str
    name: str
    aliases: tuple[str, ...] = ()


@cache
def known() -> dict[str, Role]:
    """Every role by id, in the file's order."""
    import tomllib

    sets = tomllib.loads(_FILE.read_text("utf-8"))
    others = {name: role for names in sets.pop("aliases").values() for name, role in names.items()}
    return {
        role: Role(role, policy_set, name, tuple(a for a, meant in others.items() if meant == role))
        for policy_set, names in sets.items()
        for role, name in names.items()
    }


@cache
def service() -> frozenset[str]:
    """The roles of machines: the night's and the importer's."""
    return frozenset(role.id for role in known().values() if role.policy_set == _SERVICE)


def holders(role: str, includes: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The role with every role whose rights include its own; `includes` names those below."""
    found, frontier = {role}, [role]
    while frontier:
        here = frontier.pop()
        wider = {upper for upper, lower in includes.items() if here in lower} - found
        found |= wider
        frontier.extend(wider)
    return frozenset(found)


def rights(held: frozenset[str], includes: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The roles whose rights a holder of `held` has: those held, and those they include."""
    found, frontier = set(held), list(held)
    while frontier:
        narrower = set(includes.get(frontier.pop(), ())) - found
        found |= narrower
        frontier.extend(narrower)
    return frozenset(found)


def meant(written: str) -> str:
    """The id of the role that is meant by its id, its name on paper or another name (C-26)."""
    word = folded(written)
    found = [
        role.id
        for role in known().values()
        if word in (role.id, *map(folded, (role.name, *role.aliases)))
    ]
    if len(found) == 1:
        return found[0]
    raise BadInput(
        _("no such role: {roles}").format(roles=written), cause=found, fix=["kac staff roles"]
    )
