"""Gates: one rule's answer about one document, open or closed, with figures and the way on.

The checklist, refusals, `kac todo`, `kac explain` and the nightly run all read the same gates;
nothing checks a rule anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kac.core.errors import Refused
from kac.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """One rule's verdict. `says` has the figures; `opened_by` are role ids; `command` is pasted.

    A closed gate that nobody can open has no `opened_by`. `part` names the part of the document
    that it is of, such as one slip of several; it is empty for the whole.
    """

    name: str
    rules: tuple[str, ...]
    open: bool
    says: str
    opened_by: tuple[str, ...] = ()
    command: str = ""
    part: str = ""

    def as_dict(self) -> dict[str, object]:
        """The gate as JSON shows it."""
        return {
            "gate": self.name,
            "open": self.open,
            "says": self.says,
            "rules": list(self.rules),
            "opened_by": list(self.opened_by),
            "command": self.command,
        }


def closed(gates: Iterable[Gate]) -> list[Gate]:
    """The gates that are shut, in order."""
    return [gate for gate in gates if not gate.open]


def require(gates: Iterable[Gate], message: str, *, refs: dict[str, str] | None = None) -> None:
    """Pass when all gates are open; otherwise refuse naming every closed one at once."""
    shut = closed(gates)
    if shut:
        raise refusal(shut, message, refs=refs)


def refusal(shut: Sequence[Gate], message: str, *, refs: dict[str, str] | None = None) -> Refused:
    """The refusal that these closed gates make together."""
    return Refused(
        message,
        code="E-GAT-" + shut[0].name.replace("_", "-").upper(),
        cause=[gate.says for gate in shut],
        rules=list(dict.fromkeys(rule for gate in shut for rule in gate.rules)),
        fix=list(dict.fromkeys(gate.command for gate in shut if gate.command)),
        refs=refs,
    )
