"""Commands on their way: each is written down and synced before it touches the ledger.

What is still here after a crash was either committed or not; the ledger's own list of command
ids tells which, and `kac retry` sends it again under the same id, which does the work once.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from kac.core.errors import EnvironmentTrouble, system_says
from kac.core.i18n import _

_TORN_AFTER_NS = 60 * 10**9


def outbox_of(ledger: Path) -> Path:
    """The directory of commands under way for a ledger."""
    return ledger.with_name(ledger.name + ".outbox")


def put(ledger: Path, request_id: str, entry: dict[str, object]) -> Path:
    """Write a command down durably before it is attempted; EnvironmentTrouble if that fails."""
    path = outbox_of(ledger) / f"{request_id}.json"
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _write(path, json.dumps(entry, ensure_ascii=False).encode())
    except OSError as trouble:
        if path.exists():
            path.unlink(missing_ok=True)
        raise EnvironmentTrouble(
            _("{path} cannot be written: {trouble}").format(
                path=path, trouble=system_says(trouble)
            ),
            code="E-ENV-012",
            cause=[_("nothing was written")],
        ) from trouble
    return path


def pending(ledger: Path) -> list[tuple[str, dict[str, object]]]:
    """What was sent and never acknowledged, oldest first: (request id, entry)."""
    found: list[tuple[int, str, dict[str, object]]] = []
    for path in outbox_of(ledger).glob("*.json"):
        try:
            written = path.stat().st_mtime_ns
            found.append((written, path.stem, json.loads(path.read_bytes())))
        except FileNotFoundError:
            # Settled by whoever put it there, since the directory was listed.
            continue
        except ValueError:
            # Not whole: its attempt has not begun, and never will if its writer was killed.
            if time.time_ns() - written > _TORN_AFTER_NS:
                path.unlink(missing_ok=True)
    return [(request_id, entry) for _written, request_id, entry in sorted(found)]


def settle(ledger: Path, request_id: str) -> None:
    """Take an acknowledged or refused command out."""
    (outbox_of(ledger) / f"{request_id}.json").unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make names in a directory last through a power cut."""
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
