"""The register of errors: what each code means and what to do about it, in both languages.

The texts are data (`kac/data/errors.toml`); a test holds them against every code of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from kac.core import i18n
from kac.core.errors import NotFound
from kac.core.i18n import _
from kac.core.text import folded, shown
from kac.core.values import dataclass

_DATA = Path(__file__).parent.parent / "data" / "errors.toml"
_GATE = "E-GAT-"
_MOST_NEAR = 6


@dataclass(frozen=True, slots=True)
class ErrorEntry:
    """One code: its exit codes, the rules it comes from, the commands that mend it.

    `texts` has for each language what the code means and what to do. `commands` have places to
    fill in, written in capitals.
    """

    code: str
    exits: tuple[int, ...]
    rules: tuple[str, ...]
    commands: tuple[str, ...]
    texts: dict[str, tuple[str, str]]

    @property
    def means(self) -> str:
        """What the error means, in the language spoken now."""
        return self.texts[i18n.language()][0]

    @property
    def mend(self) -> str:
        """What to do about it, in the language spoken now."""
        return self.texts[i18n.language()][1]


@cache
def entries() -> dict[str, ErrorEntry]:
    """Every code with its entry, in the order of the register."""
    import tomllib

    written = tomllib.loads(_DATA.read_text("utf-8"))
    return {code: _entry(code, fields) for code, fields in written.items()}


def codes() -> list[tuple[str, str]]:
    """Every code with the first sentence of what it means, read as text: quick at a keystroke."""
    key = re.escape(i18n.language())
    block = rf'^\["(E-[^"]+)"\]$(?:\n(?!\[|{key} =).*)*\n{key} = \["((?:[^"\\]|\\.)*)"'
    found = re.findall(block, _DATA.read_text("utf-8"), re.MULTILINE)
    return [(code, re.split(r"(?<=[.;]) |(?<=[。；])", means)[0]) for code, means in found]


def is_code(reference: str) -> bool:
    """Whether a word is meant for an error code, right or wrong."""
    return folded(reference).upper().startswith("E-")


def find(reference: str) -> ErrorEntry:
    """The entry of a code, in capitals or not; NotFound (E-REF-004) names those near it."""
    wanted = folded(reference).upper()
    found = entries().get(wanted)
    if found is None:
        raise unknown(reference, near(wanted, entries()), "kac help")
    return found


def near(wanted: str, known: Iterable[str]) -> list[str]:
    """The names that were most likely meant: those that begin alike, else those spelt alike."""
    from difflib import get_close_matches

    names = list(known)
    begun = [name for name in names if len(wanted) > len(_GATE) and name.startswith(wanted)]
    return begun[:_MOST_NEAR] or get_close_matches(wanted, names, n=3)


def unknown(reference: str, meant: list[str], command: str) -> NotFound:
    """What to tell of a word that the manual and this register do not have."""
    return NotFound(
        _('there is no help on "{word}"').format(word=shown(reference)),
        code="E-REF-004",
        cause=[_("did you mean: {names}").format(names=", ".join(meant))] if meant else [],
        fix=[f"{command} {meant[0]}" if meant else command],
    )


def _entry(code: str, fields: dict[str, Any]) -> ErrorEntry:
    return ErrorEntry(
        code=code,
        exits=tuple(fields["exit"]),
        rules=tuple(fields["rules"]),
        commands=tuple(fields["do"]),
        texts={language: (fields[language][0], fields[language][1]) for language in i18n.LANGUAGES},
    )
