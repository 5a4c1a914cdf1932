"""A command typed inside the program: through the front door, as if a process of its own ran it."""

from __future__ import annotations

import gc
import io
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import datetime

from kac.cli import setting
from kac.cli.hoist import GLOBALS
from kac.cli.places import ledger_path
from kac.core import i18n
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.db.kept import keeping


def split(line: str) -> list[str]:
    """The words of a line, quoted as in a shell; what follows `#` is a remark.

    A leading `kac` is left out, so that what refusals tell to type can be pasted.
    """
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        raise UsageError(
            _("a quotation mark is not closed: {line}").format(line=line.strip()), code="E-CLI-024"
        ) from None
    return words[1:] if words[:1] == ["kac"] else words


def typed(words: Sequence[str], now: datetime | None = None) -> int:
    """Run one command with what was said for the whole program, and return its exit code."""
    from kac.cli.main import main

    language = i18n.language()
    try:
        return main([*_handed_on(language), *words], now)
    finally:
        i18n.speak(language)


def taken_down(words: Sequence[str], now: datetime | None = None) -> tuple[int, str]:
    """Run one command; its exit code and what it wrote on stdout. Errors go to stderr."""
    written = io.StringIO()
    with redirect_stdout(written):
        code = typed(words, now)
    return code, written.getvalue()


@contextmanager
def warm() -> Iterator[None]:
    """Around many commands: connections stay open, and what is no longer used is given back."""
    collected = gc.isenabled()
    gc.enable()
    try:
        with keeping():
            yield
    finally:
        if not collected:
            gc.disable()


def _handed_on(language: str) -> list[str]:
    """The options for the whole program; ledger and language as they were found at its start."""
    said = setting.current()
    words = ["--db", str(ledger_path()), "--lang", language]
    for option in GLOBALS:
        value = getattr(said, option.field)
        if value and option.field not in ("db", "lang"):
            words += [option.name, value] if option.value else [option.name]
    return words
