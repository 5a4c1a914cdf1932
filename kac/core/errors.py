"""Everything that can go wrong in the clerk's sight: one class per kind, one exit code per kind.

An error says what, why with figures, which rule, and the command that mends it.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from enum import IntEnum, unique

from kac.core.i18n import N_, _

# What the operating system refuses most often; the rest is told in its own words.
_REFUSALS = {
    errno.ENOENT: N_("no such file or directory"),
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("permission denied"),
    errno.EISDIR: N_("it is a directory"),
    errno.ENOTDIR: N_("part of the path is no directory"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk is read-only"),
    errno.EIO: N_("the disk failed"),
}


@unique
class Exit(IntEnum):
    """Exit codes; scripts and cron branch on them (design.md section 3)."""

    DONE = 0
    INTERNAL = 1
    USAGE = 2
    NOT_FOUND = 3
    REFUSED = 4
    NOT_PERMITTED = 5
    BAD_INPUT = 6
    DIFFERENCES = 7
    BUSY = 8
    ENVIRONMENT = 9
    INPUT_NEEDED = 10
    OUTCOME_UNKNOWN = 11
    NOT_PRINTED = 12
    INTERRUPTED = 130


class KacError(Exception):
    """Something the clerk is told in one sentence.

    `code` is stable and never translated; `cause` are lines with figures; `rules` are ids of the
    rule catalogue; `fix` are commands to paste; `refs` are the objects spoken of.
    """

    exit: Exit = Exit.INTERNAL
    code: str = "E-SYS-500"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        cause: Sequence[str] = (),
        rules: Sequence[str] = (),
        fix: Sequence[str] = (),
        refs: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.cause = tuple(cause)
        self.rules = tuple(rules)
        self.fix = tuple(fix)
        self.refs = dict(refs or {})

    def as_dict(self) -> dict[str, object]:
        """The error as scripts read it from stderr with `--json`."""
        return {
            "error": {
                "code": self.code,
                "exit": int(self.exit),
                "message": self.message,
                "cause": list(self.cause),
                "rules": list(self.rules),
                "fix": list(self.fix),
                "refs": self.refs,
            }
        }

    def as_text(self) -> str:
        """The error as a clerk reads it: plain lines, no box, wrapped by nobody."""
        lines = [_("error[{code}]: {message}").format(code=self.code, message=self.message)]
        lines += [f"  {line}" for line in self.cause]
        if self.rules:
            lines.append("  " + _("rule: {rules}").format(rules=", ".join(self.rules)))
        lines += ["  " + _("do: {command}").format(command=command) for command in self.fix]
        return "\n".join(lines)


def system_says(trouble: OSError) -> str:
    """Why the operating system refused: a usual reason in our words, another in its own."""
    known = _REFUSALS.get(trouble.errno or 0)
    return _(known) if known else trouble.strerror or str(trouble)


class UsageError(KacError):
    """An option or argument that cannot be understood."""

    exit = Exit.USAGE
    code = "E-CLI-001"


class NotFound(KacError):
    """A reference that names nothing, or more than one thing."""

    exit = Exit.NOT_FOUND
    code = "E-REF-001"


class Refused(KacError):
    """A rule of the business says no; nothing was written."""

    exit = Exit.REFUSED
    code = "E-RUL-001"


class NotPermitted(KacError):
    """This person may not do this; the message names who may."""

    exit = Exit.NOT_PERMITTED
    code = "E-PER-001"


class BadInput(KacError):
    """A value or a file that is malformed; nothing was written."""

    exit = Exit.BAD_INPUT
    code = "E-VAL-001"


class Busy(KacError):
    """Another process holds the ledger; try again."""

    exit = Exit.BUSY
    code = "E-BUS-001"


class EnvironmentTrouble(KacError):
    """No ledger, a schema behind or ahead, a full disk, an integrity alarm."""

    exit = Exit.ENVIRONMENT
    code = "E-ENV-001"


class InputNeeded(KacError):
    """A value is missing and nobody is there to be asked."""

    exit = Exit.INPUT_NEEDED
    code = "E-INP-001"


class OutcomeUnknown(KacError):
    """The disk failed while committing: written or not, `kac status ID` tells."""

    exit = Exit.OUTCOME_UNKNOWN
    code = "E-OUT-001"
