"""Commands on their way: each is written down and synced before it touches the ledger.

What is still here after a crash was either committed or not; the ledger's own list of command
ids tells which, and `kac retry` sends it again under the same id, which does the work once.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import _


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
        path.unlink(missing_ok=True)
        raise EnvironmentTrouble(
            _("{path} cannot be written: {trouble}").format(path=path, trouble=trouble.strerror),
            code="E-ENV-012",
            cause=[_("nothing was written")],
        ) from trouble
    return path


def pending(ledger: Path) -> list[tuple[str, dict[str, object]]]:
    """What was sent and never acknowledged, oldest first: (request id, entry)."""
    found: list[tuple[str, dict[str, object]]] = []
    files = sorted(outbox_of(ledger).glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    for path in files:
        try:
            found.append((path.stem, json.loads(path.read_text("utf-8"))))
        except (json.JSONDecodeError, FileNotFoundError):
            # Killed while it was being written down: the attempt had not begun.
            path.unlink(missing_ok=True)
    return found


def settle(ledger: Path, request_id: str) -> None:
    """Take an acknowledged or refused command out."""
    (outbox_of(ledger) / f"{request_id}.json").unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    _sync_directory(path.parent)


def _sync_directory(directory: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
