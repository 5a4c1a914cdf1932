"""A session: who logged in on this machine, until when, sealed with the ledger's key.

The seal covers the hash of the PIN, so that a new PIN ends every session.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kac.cli import places, setting
from kac.core.calendar import instant_text, parse_instant
from kac.core.values import dataclass

if TYPE_CHECKING:
    from kac.db.reader import Reader, Row


@dataclass(frozen=True, slots=True)
class Session:
    """What a session file says; believed only after `is_sound`."""

    staff: str
    until: datetime
    seal: str

    def is_sound(self, key: bytes, ledger_id: str, pin_hash: str, now: datetime) -> bool:
        """Whether the seal fits and the time has not run out."""
        import hmac

        right = _seal(key, ledger_id, self.staff, self.until, pin_hash)
        return hmac.compare_digest(right, self.seal) and now < self.until


def save(key: bytes, ledger_id: str, staff: str, pin_hash: str, until: datetime) -> None:
    """Write a session, in place of the one before."""
    from kac.cli.wholefile import write_file

    path = _path(ledger_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    seal = _seal(key, ledger_id, staff, until, pin_hash)
    content = {"staff": staff, "until": instant_text(until), "seal": seal}
    write_file(path, json.dumps(content).encode())


def load(ledger_id: str) -> Session | None:
    """The session on this machine, not yet proved; None where there is none."""
    try:
        found = json.loads(_path(ledger_id).read_text("utf-8"))
        return Session(found["staff"], parse_instant(found["until"]), found["seal"])
    except (OSError, ValueError, KeyError, TypeError):
        # Gone or spoilt: either way nobody is logged in.
        return None


def logged_in(reader: Reader, ledger: Path) -> str:
    """The code of the one whose session is under way on a real ledger; empty where none is."""
    from kac.db import info

    found = person(reader, ledger, info.of(reader).ledger_id)
    return str(found["code"]) if found else ""


def person(reader: Reader, ledger: Path, ledger_id: str) -> Row | None:
    """The member of staff whose session is under way on this machine, proved."""
    from kac.db import audit
    from kac.desk.staff import queries

    found = load(ledger_id)
    someone = queries.by_code(reader, found.staff) if found else None
    if found is None or someone is None:
        return None
    key = audit.read_key(ledger)
    sound = found.is_sound(key, ledger_id, someone["pin_hash"], setting.current().now)
    return someone if sound else None


def forget(ledger_id: str) -> bool:
    """End the session; whether there was one."""
    path = _path(ledger_id)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def _path(ledger_id: str) -> Path:
    return places.state_dir() / f"session-{ledger_id}.json"


def _seal(key: bytes, ledger_id: str, staff: str, until: datetime, pin_hash: str) -> str:
    import hashlib
    import hmac

    said = "\0".join(["session", ledger_id, staff, instant_text(until), pin_hash])
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
