"""The table of contents of an exported ledger: every table with its rows and their hash.

    manifest.json  tables/NAME.jsonl  files/SHA256  key

A table is a line of JSON a row, in the order of ids. The key of the audit chain belongs to it:
without it nobody could prove the chain or go on with it.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kac.core.errors import BadInput, EnvironmentTrouble, system_says
from kac.core.i18n import _

FORMAT = 1
NAME, KEY, TABLES, FILES = "manifest.json", "key", "tables", "files"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class NotAsExported(BadInput):
    """An export of which something is missing, was added or changed; no ledger was made of it."""

    code = "E-IMP-031"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, how many rows, and the SHA-256 of its file."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export holds: of which ledger, in which schema, up to which entry of its chain."""

    ledger: str
    schema: int
    head: str
    tables: tuple[Table, ...]
    files: tuple[str, ...]

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(table.rows for table in self.tables)

    def text(self) -> str:
        """The manifest as it is written; the same for the same ledger, whenever and wherever."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1) + "\n"


def table_file(directory: Path, name: str) -> Path:
    """Where the rows of a table stand."""
    return directory / TABLES / f"{name}.jsonl"


def read(directory: Path) -> Manifest:
    """The manifest of a directory; NotAsExported where it is none."""
    written = content(directory / NAME)
    try:
        found = _manifest(json.loads(written))
    except (ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise _no_manifest(directory) from trouble
    if not all(map(_DIGEST.fullmatch, found.files)) or found.text().encode() != written:
        raise _no_manifest(directory)
    return found


def content(path: Path) -> bytes:
    """What a file of an export holds; NotAsExported where it is missing."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotAsExported(_("{path} is missing").format(path=path)) from None
    except OSError as trouble:
        raise EnvironmentTrouble(
            _("{file} cannot be read: {trouble}").format(file=path, trouble=system_says(trouble)),
            code="E-ENV-020",
        ) from trouble


def _manifest(told: dict[str, Any]) -> Manifest:
    tables = tuple(
        Table(str(each["name"]), tuple(each["columns"]), int(each["rows"]), str(each["sha256"]))
        for each in told["tables"]
    )
    return Manifest(
        str(told["ledger"]), int(told["schema"]), str(told["head"]), tables, tuple(told["files"])
    )


def _no_manifest(directory: Path) -> NotAsExported:
    return NotAsExported(
        _("{path} is no manifest of an exported ledger").format(path=directory / NAME)
    )
