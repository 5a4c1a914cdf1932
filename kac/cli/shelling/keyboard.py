"""What a keyboard is to the shell: a line at a time, and word that nobody is there any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from kac.cli.shelling.suggest import Suggestion

Suggest = Callable[[str], Sequence[Suggestion]]


class Idle(Exception):
    """Nobody touched the keyboard for too long; `typed` is what stood there."""

    def __init__(self, typed: str) -> None:
        super().__init__()
        self.typed = typed


class Keyboard(Protocol):
    """One way to ask for a line."""

    def line(
        self, question: str, suggest: Suggest, text: str, idle: timedelta | None, *, command: bool
    ) -> str:
        """A line; Idle, EOFError for Ctrl-D, KeyboardInterrupt for Ctrl-C."""

    def clear(self) -> None:
        """Leave nothing on the screen."""
