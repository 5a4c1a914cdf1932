"""The life of a document drawn as text from its state machine, so that it is never out of date."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from kac.cli import screen
from kac.core.i18n import _
from kac.core.machine import Machine

# What the line from one state to the next is drawn with: down, along, aside.
_LINES = ("↓", "│", "→")
_IN_ASCII = ("v", "|", "->")


def drawn(name: str) -> str:
    """The diagram of a machine named `noun.MACHINE`, such as `orders.ORDER`."""
    noun, _dot, machine = name.partition(".")
    return diagram(getattr(import_module(f"kac.desk.{noun}.states"), machine))


def diagram(machine: Machine) -> str:
    """Each state above the one that its first verb leads on to, its other verbs between them."""
    from kac.cli.audit import VERBS

    down, along, aside = _LINES if screen.draws_lines() else _IN_ASCII
    blocks = []
    for chain in _chains(machine):
        lines = []
        for state, onward in chain:
            lines.append(_called(machine, state))
            for verb in machine.verbs_from(state):
                if verb != onward:
                    lines.append(f"  {along} {_led(machine, state, verb, aside, VERBS)}")
            if onward:
                lines.append(f"  {down} {_word(onward, VERBS)}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _chains(machine: Machine) -> list[list[tuple[str, str]]]:
    """Every state once, in chains of (state, the verb that leads to the next one of its chain)."""
    drawn: set[str] = set()
    chains: list[list[tuple[str, str]]] = []
    waiting = [machine.start]
    while waiting:
        here = waiting.pop(0)
        chain: list[tuple[str, str]] = []
        while here and here not in drawn:
            drawn.add(here)
            verb = _onward(machine, here, drawn)
            chain.append((here, verb))
            waiting += [to[here] for to in machine.verbs.values() if here in to]
            here = machine.verbs[verb][here] if verb else ""
        if chain:
            chains.append(chain)
    return chains


def _onward(machine: Machine, state: str, drawn: set[str]) -> str:
    """The first verb of the table that leads from a state to one that is not drawn yet."""
    for verb in machine.verbs_from(state):
        if machine.verbs[verb][state] not in drawn:
            return verb
    return ""


def _led(machine: Machine, state: str, verb: str, aside: str, words: Mapping[str, str]) -> str:
    """A verb beside the chain, and where it leads unless the document stays where it is."""
    after = machine.verbs[verb][state]
    said = _word(verb, words)
    return said if after == state else f"{said} {aside} {machine.label(after)}"


def _called(machine: Machine, state: str) -> str:
    """What people call a state, with the word that `--state` takes where that is another."""
    label = machine.label(state)
    return label if label == state else f"{label} ({state})"


def _word(verb: str, words: Mapping[str, str]) -> str:
    return _(words[verb]) if verb in words else verb
