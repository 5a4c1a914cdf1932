"""A report by mail: handed to this machine's own sendmail, which knows the way."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from email.message import EmailMessage

from kac.core.errors import EnvironmentTrouble, system_says
from kac.core.i18n import _

_PATIENCE = 30


def program() -> str | None:
    """Where sendmail is; None where there is none."""
    places = [os.environ.get("PATH", os.defpath)]
    if os.name == "posix":
        # It often lies where no account but root's looks for programs.
        places += ["/usr/sbin", "/usr/lib"]
    return shutil.which("sendmail", path=os.pathsep.join(places))


def send(to: str, subject: str, text: str, page: bytes = b"") -> None:
    """Send a text, with a page for the browser where there is one; E-ENV-029 where it fails."""
    import subprocess

    sender = program()
    if sender is None:
        raise _unsent(to, _("no sendmail is installed here"))
    letter = _letter(to, subject, text, page)
    try:
        done = subprocess.run(
            [sender, "-t", "-i"],
            input=letter.as_bytes(),
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as trouble:
        why = system_says(trouble) if isinstance(trouble, OSError) else _("it does not answer")
        raise _unsent(to, why) from trouble
    if done.returncode:
        said: Sequence[str] = done.stderr.decode(errors="replace").strip().splitlines()
        raise _unsent(to, said[0] if said else _("it refused the letter"))


def _letter(to: str, subject: str, text: str, page: bytes) -> EmailMessage:
    letter = EmailMessage()
    letter["To"] = to
    letter["Subject"] = subject
    letter.set_content(text)
    if page:
        letter.add_attachment(page, maintype="text", subtype="html", filename="night.html")
    return letter


def _unsent(to: str, why: str) -> EnvironmentTrouble:
    return EnvironmentTrouble(
        _("the report was not mailed to {address}").format(address=to),
        code="E-ENV-029",
        cause=[why],
        fix=["kac doctor"],
    )
