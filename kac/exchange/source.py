"""Where a file comes from: a path that is read bit by bit, or bytes that are here already."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """A file to be read, once or more often."""

    name: str
    held: bytes | None = None
    path: Path | None = None

    def open(self) -> io.BytesIO | io.BufferedReader:
        """The file from its beginning."""
        if self.held is not None:
            return io.BytesIO(self.held)
        assert self.path is not None
        return self.path.open("rb")

    def data(self) -> bytes:
        """All of it."""
        with self.open() as file:
            return file.read()

    def size(self) -> int:
        """How many bytes it has."""
        if self.held is not None:
            return len(self.held)
        assert self.path is not None
        return self.path.stat().st_size
