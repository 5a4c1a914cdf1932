"""The policy book: whole versions of policy sets, each in force from a day on.

A document freezes set and version when it is made, and is judged by them ever after. Of the
versions whose day has come the one that was decided last is in force.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from kac.core import roles
from kac.core.errors import EnvironmentTrouble, NotFound
from kac.core.i18n import _
from kac.core.values import dataclass
from kac.db.reader import Reader

T = TypeVar("T")

# The set that the desk trades under; its table of verbs and roles holds for every command.
DESK = "retail"


@dataclass(frozen=True)
class PolicyVersion:
    """One version of one set; `body` is the file it came from, as nested dictionaries."""

    set: str
    version: int
    body: dict[str, Any]

    def section(self, name: str, kind: type[T]) -> T:
        """A section as the noun's own dataclass; unknown and missing keys are refused by name."""
        if name not in self.body:
            raise EnvironmentTrouble(
                _("policy {name}, version {version}, has no section {section}").format(
                    name=self.set, version=self.version, section=name
                ),
                code="E-POL-001",
                fix=[f"kac policy export --set {self.set} -o FILE"],
            )
        return build(kind, self.body[name], name)

    def permission(self, verb: str) -> dict[str, Any]:
        """Who may do a verb: {"roles", "rule", "forbidden"}."""
        found: dict[str, Any] = self.body.get("verb", {}).get(verb, {"roles": []})
        return found

    @property
    def may(self) -> dict[str, tuple[str, ...]]:
        """The roles that do each verb, as the file names them."""
        return {verb: tuple(rule["roles"]) for verb, rule in self.body.get("verb", {}).items()}

    def holders(self, role: str) -> frozenset[str]:
        """The role with every role above it whose rights include its own."""
        return roles.holders(role, self.body.get("includes", {}))

    def rights(self, held: frozenset[str]) -> frozenset[str]:
        """The roles whose rights a holder of `held` has: those held, and those they include."""
        return roles.rights(held, self.body.get("includes", {}))


def build(kind: type[T], values: dict[str, Any], where: str) -> T:
    """A policy dataclass from its section; lists become tuples. Keys with defaults may miss."""
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    needed = {name for name, field in fields.items() if field.default is dataclasses.MISSING}
    wrong = sorted((values.keys() - fields.keys()) | (needed - values.keys()))
    if wrong:
        raise EnvironmentTrouble(
            _("policy section {section}: unknown or missing keys {keys}").format(
                section=where, keys=", ".join(wrong)
            ),
            code="E-POL-001",
        )
    return kind(**{name: _frozen(value) for name, value in values.items()})


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value


def in_force(reader: Reader, policy_set: str, on: date) -> PolicyVersion:
    """The version of a set that is in force on a day."""
    row = reader.first(
        "SELECT version, body FROM policy WHERE policy_set = :name AND effective_from <= :day"
        " ORDER BY version DESC LIMIT 1",
        name=policy_set,
        day=on.isoformat(),
    )
    if row is None:
        raise EnvironmentTrouble(
            _("no version of policy {name} is in force on {day}").format(name=policy_set, day=on),
            code="E-POL-002",
        )
    return PolicyVersion(policy_set, row["version"], _parsed(row["body"]))


def version(reader: Reader, policy_set: str, number: int) -> PolicyVersion:
    """A version that some document was made under."""
    row = reader.one(
        "SELECT body FROM policy WHERE policy_set = :name AND version = :number",
        name=policy_set,
        number=number,
    )
    return PolicyVersion(policy_set, number, _parsed(row["body"]))


def latest(reader: Reader, policy_set: str) -> int:
    """The number of the version that was decided last; NotFound names the sets there are."""
    row = reader.one(
        "SELECT max(version) AS version FROM policy WHERE policy_set = :name", name=policy_set
    )
    if row["version"] is None:
        raise NotFound(
            _("there is no policy {name}").format(name=policy_set),
            code="E-POL-003",
            cause=[_("one of: {sets}").format(sets=", ".join(sets(reader)))],
        )
    return int(row["version"])


def sets(reader: Reader) -> list[str]:
    """The names of the sets in this ledger."""
    rows = reader.all("SELECT DISTINCT policy_set FROM policy ORDER BY policy_set")
    return [row["policy_set"] for row in rows]


@lru_cache(maxsize=16)
def _parsed(body: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(body)
    return parsed
