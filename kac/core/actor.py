"""Who acts: one member of staff with the roles held at this moment."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff. `code` is what papers and the audit log name; `roles` are role ids."""

    id: int
    code: str
    name: str
    roles: frozenset[str]

    def holds(self, *roles: str) -> bool:
        """Whether any of these roles is held."""
        return not self.roles.isdisjoint(roles)


# The ledger's own hand: makes the ledger and runs the nightly job; holds no right to decide.
SYSTEM = Actor(id=0, code="SYSTEM", name="SYSTEM", roles=frozenset())
