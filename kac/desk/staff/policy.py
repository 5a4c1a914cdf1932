"""Policy of access: PINs, sessions, and who sees what goods cost."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class AccessPolicy:
    """The shortest PIN, failures before a lock, lengths of lock and session, who sees costs."""

    pin_length: int
    pin_failures: int
    pin_lock_minutes: int
    session_hours: int
    cost_roles: tuple[str, ...]
