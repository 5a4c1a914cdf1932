"""A bar on a terminal's stderr while a long file is read; nothing at all when piped."""

from __future__ import annotations

import sys
import time

_AFTER_SECONDS = 1.0
_EVERY_SECONDS = 0.1
_WIDTH = 40


class Bar:
    """Draws how much is done, once it has taken a second; `done` takes the bar away."""

    def __init__(self) -> None:
        self._began = self._drawn = time.monotonic()
        self._shown = False

    def __call__(self, read: int, whole: int) -> None:
        """Draw the bar anew where it is time to."""
        now = time.monotonic()
        if now - self._began < _AFTER_SECONDS or now - self._drawn < _EVERY_SECONDS:
            return
        self._drawn, self._shown = now, True
        filled = _WIDTH * read // max(whole, 1)
        bar = "#" * filled + "-" * (_WIDTH - filled)
        sys.stderr.write(f"\r[{bar}] {100 * read // max(whole, 1):3d} %")
        sys.stderr.flush()

    def done(self) -> None:
        """Take the bar away."""
        if self._shown:
            sys.stderr.write("\r" + " " * (_WIDTH + 9) + "\r")
            sys.stderr.flush()


def bar(*, quiet: bool) -> Bar | None:
    """A bar where somebody looks, else None."""
    return Bar() if sys.stderr.isatty() and not quiet else None
