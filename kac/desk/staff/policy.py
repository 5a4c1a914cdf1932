"""Policy of access: PINs, sessions, and who sees what goods cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AccessPolicy:
    """Failures before a lock, its length, a session's length, and the roles that see costs."""

    pin_failures: int
    pin_lock_minutes: int
    session_hours: int
    cost_roles: tuple[str, ...]
