"""Findings: what a check found wrong, with figures and the command that settles it."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; `soft` ones are reminders, not differences."""

    check: str
    subject: str
    says: str
    rules: tuple[str, ...] = ()
    command: str = ""
    soft: bool = False

    def as_dict(self) -> dict[str, object]:
        """The finding as JSON shows it."""
        return {
            "check": self.check,
            "subject": self.subject,
            "says": self.says,
            "rules": list(self.rules),
            "command": self.command,
            "soft": self.soft,
        }
