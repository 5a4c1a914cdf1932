"""The queue in front of the ledger: writers wait their turn on a lock file, not inside SQLite.

The kernel frees the lock when its holder dies. Where the system has no flock, SQLite's own busy
handling is the queue.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kac.core.errors import Busy, EnvironmentTrouble, system_says
from kac.core.i18n import _
from kac.db import patience

try:
    import fcntl
except ImportError:  # Windows: BEGIN IMMEDIATE with its busy timeout is the queue there
    fcntl = None  # type: ignore[assignment]

_PAUSE_SECONDS = 0.004
_NAME_BYTES = 80


@contextmanager
def turn_of(path: Path, holder: str, *, wait_seconds: float | None = None) -> Iterator[None]:
    """Hold the ledger's queue for the time of the block.

    `holder` says who we are to whoever waits. Busy (exit 8) names the holder after the wait, which
    is the one of every command unless another is named.
    """
    descriptor = _opened(lock_path(path))
    try:
        _acquire(descriptor, patience.seconds() if wait_seconds is None else wait_seconds)
        # Padded over whoever stood there before: cutting the file short would wait for the disk.
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"{os.getpid()} {holder}".encode().ljust(_NAME_BYTES))
        yield
    finally:
        os.close(descriptor)


def lock_path(ledger: Path) -> Path:
    """Where the queue of a ledger stands."""
    return ledger.with_name(ledger.name + ".lock")


def _opened(queue: Path) -> int:
    try:
        return os.open(queue, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as trouble:
        raise EnvironmentTrouble(
            _("{path} cannot be written: {trouble}").format(
                path=queue, trouble=system_says(trouble)
            ),
            code="E-ENV-012",
            cause=[_("nothing was written")],
        ) from trouble


def _acquire(descriptor: int, wait_seconds: float) -> None:
    if fcntl is None:
        return
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise _busy(descriptor) from None
            time.sleep(_PAUSE_SECONDS)


def _busy(descriptor: int) -> Busy:
    os.lseek(descriptor, 0, os.SEEK_SET)
    holder = os.read(descriptor, _NAME_BYTES).decode(errors="replace").strip()
    return Busy(
        _("another command holds the ledger: {holder}").format(holder=holder),
        cause=[_("nothing was written; try again")],
    )
