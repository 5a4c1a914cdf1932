"""PINs: argon2id, loaded only where one is really checked."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from kac.cli import setting
from kac.core.errors import BadInput, EnvironmentTrouble, InputNeeded, system_says
from kac.core.i18n import _

# A hash of a PIN that nobody has: whoever is unknown costs the same time as whoever is known.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=1$AKvjxYeCQCevV6UsM9mAcA$"
    "4Pj0BDxzqOKyq9TsKPL0sQiuYm3nhEv5kWeXvEYtTXQ"
)


def hashed(pin: str) -> str:
    """The hash to keep of a PIN."""
    return _hasher().hash(pin)


def matches(stored: str, pin: str) -> bool:
    """Whether a PIN is the one that was hashed; an empty hash is matched by none."""
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(stored or _NOBODY, pin) and stored != ""
    except VerificationError:
        return False


def _hasher():  # type: ignore[no-untyped-def]
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=65536, parallelism=1)


def current(who: str) -> str:
    """The PIN of the one who acts: the file named by KAC_PIN_FILE, a prompt, or a piped line."""
    if path := os.environ.get("KAC_PIN_FILE"):
        return _from_file(Path(path))
    return _typed(_("PIN of {who}: ").format(who=who), "KAC_PIN_FILE")


def fresh(who: str, shortest: int, path: str, option: str) -> str:
    """A new PIN, from a file or asked for twice on a terminal; BadInput where it is too short.

    `option` is what names the file, for whoever cannot be asked.
    """
    question = _("new PIN of {who}: ").format(who=who)
    pin = _from_file(Path(path)) if path else _typed(question, option)
    if len(pin) < shortest or not pin.isprintable():
        raise BadInput(
            _("a PIN has at least {shortest} characters").format(shortest=shortest),
            code="E-VAL-007",
        )
    if not path and setting.may_ask() and pin != _typed(_("the same again: "), option):
        raise BadInput(_("the two PINs differ"), code="E-VAL-008")
    return pin


def _typed(question: str, option: str) -> str:
    if setting.may_ask():
        from getpass import getpass

        return getpass(question, stream=sys.stderr)
    piped = "" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if piped:
        return piped
    raise InputNeeded(
        _("a PIN is needed, and nobody is there to be asked"),
        code="E-INP-002",
        cause=[question, _("name a file of mode 0600 with {option}").format(option=option)],
        refs={"option": option},
    )


def _from_file(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
            raise EnvironmentTrouble(
                _("{path} holds a PIN and others can read it").format(path=path),
                code="E-ENV-017",
                fix=[f"chmod 600 {path}"],
            )
        return path.read_text("utf-8").strip("\r\n")
    except OSError as trouble:
        raise EnvironmentTrouble(
            _("the PIN file {path} cannot be read: {trouble}").format(
                path=path, trouble=system_says(trouble)
            ),
            code="E-ENV-018",
        ) from trouble
