"""Columns: what the first line of a file calls them, and which of them a kind of file has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.text import folded, shown
from kac.exchange.cells import Parser, clean

# What a file of rejected rows has besides; not read when it is fed back.
SOURCE_LINE = ("原行号", "source_line")
REASON = ("退回原因", "reject_reason")


@dataclass(frozen=True)
class Column:
    """One column: its English key, what else headers call it, and how its cells are read.

    An `optional` column may be left out of a file; its cells are then empty.
    """

    key: str
    aliases: tuple[str, ...]
    parse: Parser
    optional: bool = False


@dataclass(frozen=True)
class Header:
    """The first line of a file against the columns that a kind has."""

    cells: tuple[str, ...]
    columns: tuple[Column | None, ...]
    unknown: tuple[str, ...]
    double: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def known(self) -> int:
        """How many columns are recognised."""
        return sum(column is not None for column in self.columns)

    @property
    def exact(self) -> bool:
        """Whether nothing is unknown, double or missing."""
        return bool(self.known) and not (self.unknown or self.double or self.missing)

    def position(self, key: str) -> int | None:
        """Where the column with this key stands."""
        for position, column in enumerate(self.columns):
            if column is not None and column.key == key:
                return position
        return None

    def name(self, key: str) -> str:
        """What the file calls the column with this key; the key itself where it is left out."""
        position = self.position(key)
        return key if position is None else clean(self.cells[position])

    def refusal(self) -> BadInput:
        """What to tell when the header is not exact (E-IMP-002)."""
        causes = [
            _("{what}: {names}").format(what=what, names=", ".join(map(shown, names)))
            for what, names in (
                (_("unknown"), self.unknown),
                (_("named twice"), self.double),
                (_("missing"), self.missing),
            )
            if names
        ]
        if self.unknown:
            causes.append(_("a file enters facts and drafts: no column approves or pays anything"))
        return BadInput(
            _("the columns of the file are not the right ones"), code="E-IMP-002", cause=causes
        )


def renamed(columns: Sequence[Column], names: Mapping[str, str]) -> tuple[Column, ...]:
    """Columns that are also known by a file's own names; `names` maps those to ours.

    BadInput E-IMP-009 where one of ours is none that this kind of file has.
    """
    ours = {_key(alias): column for column in columns for alias in (column.key, *column.aliases)}
    strange = sorted(name for name in names.values() if _key(name) not in ours)
    if strange:
        raise BadInput(
            _("no column of this kind of file is called {names}").format(
                names=", ".join(map(shown, strange))
            ),
            code="E-IMP-009",
            cause=[_("one of: {words}").format(words=", ".join(c.aliases[0] for c in columns))],
        )
    own: dict[str, list[str]] = {}
    for theirs, name in names.items():
        own.setdefault(ours[_key(name)].key, []).append(theirs)
    return tuple(
        replace(column, aliases=(*column.aliases, *own.get(column.key, ()))) for column in columns
    )


def match_header(cells: Sequence[str], columns: Sequence[Column]) -> Header:
    """The header that these cells make; brackets behind a name, `类型(单位/个人)`, are a note."""
    by_name = {_key(alias): column for column in columns for alias in (column.key, *column.aliases)}
    found: list[Column | None] = []
    unknown: list[str] = []
    double: list[str] = []
    for cell in cells:
        column = by_name.get(_key(cell))
        if column is None and not is_added(cell):
            unknown.append(clean(cell) or _("a column without a name"))
        if column is not None and column in found:
            double.append(clean(cell))
        found.append(column)
    missing = [
        column.aliases[0] for column in columns if column not in found and not column.optional
    ]
    return Header(tuple(cells), tuple(found), tuple(unknown), tuple(double), tuple(missing))


def no_header(text: str, columns: Sequence[Column]) -> BadInput:
    """What to tell of a file whose first line names no column at all (E-IMP-001)."""
    return BadInput(
        _("the first line of the file names none of the columns"),
        code="E-IMP-001",
        cause=[
            *(
                _("line {line}: {text}").format(line=number, text=shown(line[:80]))
                for number, line in enumerate(text.splitlines()[:3], start=1)
            ),
            _("columns, separated by commas: {names}").format(
                names=",".join(column.aliases[0] for column in columns)
            ),
        ],
    )


def is_added(cell: str) -> bool:
    """Whether a header cell is one of the two that a file of rejected rows has besides."""
    return _key(cell) in {*SOURCE_LINE, *REASON}


def _key(cell: str) -> str:
    return re.sub(r"\([^()]*\)$", "", folded(clean(cell)))
