"""What is too long to be held whole on its way out: to a file at once, or to stdout afterwards.

It is collected on the disk first, so that nobody who reads slowly keeps the ledger open.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kac.core.errors import EnvironmentTrouble, system_says
from kac.core.i18n import _
from kac.core.values import dataclass

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Collected:
    """What was collected: its bytes, their SHA-256, and where it waits if no file was asked for."""

    bytes: int
    sha256: str
    waiting: IO[bytes] | None


def collect(pieces: Iterable[bytes], output: Path | None) -> Collected:
    """Bytes, piece by piece, into a file that is there whole or not at all."""
    with _told(output or Path(tempfile.gettempdir())):
        if output is None:
            waiting = tempfile.TemporaryFile()  # noqa: SIM115
            return Collected(*_written(waiting, pieces), waiting)
        descriptor, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
        beside = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                size, digest = _written(file, pieces)
                os.fsync(file.fileno())
            beside.replace(output)
        finally:
            beside.unlink(missing_ok=True)
    return Collected(size, digest, None)


def hand_on(done: Collected) -> None:
    """What waits, to stdout."""
    if done.waiting is None:
        return
    with done.waiting as file:
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        while piece := file.read(_PIECE):
            sys.stdout.write(decoder.decode(piece))


def _written(file: IO[bytes], pieces: Iterable[bytes]) -> tuple[int, str]:
    digest = hashlib.sha256()
    size = 0
    for piece in pieces:
        digest.update(piece)
        size += file.write(piece)
    file.flush()
    return size, digest.hexdigest()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as trouble:
        raise EnvironmentTrouble(
            _("{path} cannot be written: {trouble}").format(
                path=path, trouble=system_says(trouble)
            ),
            code="E-ENV-015",
        ) from trouble
