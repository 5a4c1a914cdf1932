"""State machines as tables keyed by verb: what the clerk types is what the table is read by."""

from __future__ import annotations

from collections.abc import Mapping

from kac.core.errors import Refused
from kac.core.i18n import _
from kac.core.values import dataclass


class WrongState(Refused):
    """The document cannot take this step from where it stands."""

    code = "E-STA-001"


@dataclass(frozen=True)
class Machine:
    """The states of one kind of document and the verbs that lead between them.

    `verbs` maps a verb to {state before: state after}; `labels` says what people call a state.
    Every state must be reachable from `start` and have a label; the check runs at import.
    """

    name: str
    start: str
    verbs: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, str]

    def __post_init__(self) -> None:
        reached, frontier = {self.start}, [self.start]
        while frontier:
            here = frontier.pop()
            onward = {to[here] for to in self.verbs.values() if here in to} - reached
            reached |= onward
            frontier.extend(onward)
        unreached = self.states - reached
        if unreached:
            raise ValueError(f"{self.name}: states nobody can reach: {sorted(unreached)}")
        if nameless := self.states ^ self.labels.keys():
            raise ValueError(f"{self.name}: states and labels differ: {sorted(nameless)}")

    @property
    def states(self) -> frozenset[str]:
        """Every state that the table names."""
        return frozenset({self.start}).union(*({*to, *to.values()} for to in self.verbs.values()))

    def verbs_from(self, state: str) -> list[str]:
        """The verbs that lead on from `state`, in the table's order."""
        return [verb for verb, to in self.verbs.items() if state in to]

    def after(self, state: str, verb: str, *, subject: str = "") -> str:
        """The state after `verb`; WrongState, naming what is possible, where there is none."""
        to = self.verbs[verb]
        if state not in to:
            possible = ", ".join(self.verbs_from(state)) or _("nothing")
            raise WrongState(
                _("{subject} is {state}: {verb} is not possible").format(
                    subject=subject or self.name, state=self.label(state), verb=verb
                ),
                cause=[_("from here: {possible}").format(possible=possible)],
            )
        return to[state]

    def label(self, state: str) -> str:
        """What people call a state, in the language spoken now."""
        return _(self.labels[state])

    def diagram(self) -> str:
        """The machine as a Mermaid state diagram, for the README."""
        edges = [
            f"    {before} --> {after}: {verb}"
            for verb, to in self.verbs.items()
            for before, after in to.items()
        ]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.start}", *edges])
