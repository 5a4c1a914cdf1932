"""The lock of the shell: only the PIN of the one who is logged in opens it."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kac.cli import identity, session, setting, show
from kac.cli.places import ledger_path
from kac.cli.shelling.asking import Gone
from kac.core.errors import KacError
from kac.core.i18n import _
from kac.db import info
from kac.db.reader import reading


def until_opened(staff: str) -> None:
    """Ask for the PIN until it is right; Gone, and no session any more, for whoever gives up."""
    show.out(_("locked; the PIN of {staff} opens it, Ctrl-D leaves").format(staff=staff))
    with _typed_by_hand(), _not_echoed():
        while True:
            try:
                with setting.using(setting.now()):
                    identity.prove(ledger_path(), staff)
                return
            except KacError as trouble:
                show.err(trouble.as_text())
            except KeyboardInterrupt:
                show.err("")
            except EOFError:
                with reading(ledger_path()) as reader:
                    session.forget(info.of(reader).ledger_id)
                raise Gone from None


@contextmanager
def _typed_by_hand() -> Iterator[None]:
    """A PIN that lies in a file opens no lock."""
    path = os.environ.pop("KAC_PIN_FILE", None)
    try:
        yield
    finally:
        if path is not None:
            os.environ["KAC_PIN_FILE"] = path


@contextmanager
def _not_echoed() -> Iterator[None]:
    """What is typed while a PIN is being checked does not show either."""
    if importlib.util.find_spec("termios") is None or not sys.stdin.isatty():
        yield
        return
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    silent = list(before)
    silent[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSADRAIN, silent)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
