"""What this screen can show: signs beside ASCII, the cells they take, the pager for long lists."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from unicodedata import east_asian_width

from kac.cli import configfile, setting
from kac.cli.setting import Setting

# What stands in for the signs that kac itself writes, where only ASCII can be shown.
_IN_ASCII = str.maketrans(
    {"√": "+", "×": "x", "…": "...", "─": "-", "│": "|", "·": ".", "█": "#", "▌": ""}
)
# Stands behind a sign that takes two cells here while layouts count one, and is gone afterwards.
_MARK = "\ue000"
_PAGER = "less -FRX"
_NO_PAGER = ("off", "cat", "never")


def draws_lines() -> bool:
    """Whether a line of `─` can be shown, and is as long as it seems."""
    plain, ambiguous = _manner()
    return not plain and ambiguous == 1


def ambiguous() -> int:
    """How many cells a sign of ambiguous width takes: as the config file says, or as is usual.

    Terminals that speak GBK show `√`, `…` and `─` as wide as a Chinese character.
    """
    return _manner()[1]


def marked(text: str) -> str:
    """A text for a layout: signs that this screen cannot show replaced, the wide ones marked."""
    if text.isascii():
        return text
    plain, ambiguous = _manner()
    if plain:
        text = text.translate(_IN_ASCII)
    if ambiguous == 1:
        return text
    return "".join(each + _MARK if _is_ambiguous(each) else each for each in text)


def unmarked(text: str) -> str:
    """The text as it is shown, once it is laid out."""
    return text.replace(_MARK, "")


def paged(text: str) -> bool:
    """Show a text through the pager; False where it fits, or nobody is there to turn pages."""
    words = pager()
    if not words or not sys.stdout.isatty() or not setting.may_ask() or _fits(text):
        return False
    import subprocess

    environment = {"LESSCHARSET": "utf-8", **os.environ}
    sys.stdout.flush()
    try:
        with _deaf():
            subprocess.run(words, input=f"{text}\n".encode(), env=environment, check=False)
    except OSError:
        # No such program: the text goes to the screen as it is.
        return False
    return True


def _manner() -> tuple[bool, int]:
    """(nothing but ASCII, cells of an ambiguous sign), asked for once a command."""
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")
    return _asked(setting.current(), bool(os.environ.get("KAC_ASCII")), encoding)


@lru_cache(maxsize=1)
def _asked(_run: Setting, plain: bool, encoding: str) -> tuple[bool, int]:
    said = configfile.value("ui.ambiguous")
    usual = 2 if encoding.startswith(("gb", "cp936")) else 1
    cells = int(said) if said in ("1", "2") else usual
    return plain or bool(configfile.value("ui.ascii")), cells


@cache
def _is_ambiguous(character: str) -> bool:
    return east_asian_width(character) == "A"


def pager() -> list[str]:
    """The pager's command: KAC_PAGER, the config file, PAGER, then less."""
    import shlex

    if setting.current().no_pager:
        return []
    said = configfile.value("ui.pager")
    wanted = os.environ.get("KAC_PAGER") or ("" if said == "auto" else said)
    written = wanted or os.environ.get("PAGER") or _PAGER
    try:
        words = shlex.split(written)
    except ValueError:
        # A quotation that is not closed: such a program is not there, and the list is shown.
        words = written.split()
    return [] if words[0] in _NO_PAGER else words


def _fits(text: str) -> bool:
    import shutil

    return text.count("\n") + 1 < shutil.get_terminal_size().lines


@contextmanager
def _deaf() -> Iterator[None]:
    """Around the pager: an interruption is for the pager to take."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
