"""The commands that were typed before, in a file that only its owner reads.

Only what begins with a command that there is goes in: a PIN typed in the wrong place does not.
"""

from __future__ import annotations

import os
from collections.abc import Container
from pathlib import Path

from kac.cli import registry
from kac.cli.hoist import hoist
from kac.cli.places import state_dir
from kac.cli.shelling.commands import split
from kac.core.calendar import system_now
from kac.core.errors import KacError

_MOST = 2_000


class History:
    """Lines of commands, oldest first; what cannot be written is simply not remembered."""

    def __init__(self, own: Container[str] = ()) -> None:
        self._own = own
        self.path = state_dir() / "history"
        self.lines = _read(self.path)[-_MOST:]

    def keeps(self, line: str) -> bool:
        """Whether a line is one to remember: a command, not the same as the one before."""
        try:
            _said, words = hoist(split(line), system_now())
        except KacError:
            return False
        known = bool(words) and (words[0] in self._own or registry.canonical(words[0]) is not None)
        return known and self.lines[-1:] != [line]

    def add(self, line: str) -> None:
        """Remember a line, in the file as well."""
        self.lines.append(line)
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                if os.name == "posix":
                    os.fchmod(descriptor, 0o600)
                file.write(line + "\n")
        except OSError:
            # Remembering is a convenience: no command fails for want of it.
            return


def _read(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        # None yet, or not to be read: begin with nothing.
        return []
