"""Whoever sits at the keyboard: asked for one line at a time, and for the PIN after idling."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

from kac.cli.shelling.history import History
from kac.cli.shelling.keyboard import Idle, Keyboard, Suggest
from kac.core.calendar import system_now


class Gone(Exception):
    """The clerk left while the desk was locked."""


class Clerk:
    """The clerk, who answers; after idling only when `unlock` has let them through."""

    def __init__(
        self, history: History, idle: timedelta | None, unlock: Callable[[], None]
    ) -> None:
        self._keyboard = _keyboard(history)
        self._idle = idle
        self._unlock = unlock

    def ask(self, question: str, suggest: Suggest, *, text: str = "", command: bool = False) -> str:
        """One line, trimmed. EOFError for Ctrl-D; Ctrl-C takes back what was typed and asks anew.

        `command` is for lines that the history remembers.
        """
        while True:
            asked_at = system_now()
            try:
                typed = self._keyboard.line(question, suggest, text, self._idle, command=command)
            except KeyboardInterrupt:
                text = ""
                continue
            except Idle as left:
                text = left.typed
                self.lock()
                continue
            if self._too_late(asked_at):
                self.lock()
            return typed.strip()

    def lock(self) -> None:
        """Hide the screen and wait for the PIN."""
        self._keyboard.clear()
        self._unlock()

    def _too_late(self, asked_at: datetime) -> bool:
        """Whether the keyboard could not tell in time that nobody was there."""
        noticed = getattr(self._keyboard, "notices_idling", False)
        return not noticed and self._idle is not None and system_now() - asked_at > self._idle


class Plain:
    """The standard library's `input`, where prompt_toolkit is not installed."""

    notices_idling = False

    def __init__(self, history: History) -> None:
        self._history = history
        if importlib.util.find_spec("readline"):
            import readline

            for line in history.lines:
                readline.add_history(line)

    def line(
        self, question: str, suggest: Suggest, text: str, idle: timedelta | None, *, command: bool
    ) -> str:
        """A line, as the terminal gives it."""
        sys.stdout.flush()
        typed = input(question)
        if command and self._history.keeps(typed):
            self._history.add(typed)
        return typed

    def clear(self) -> None:
        """Leave nothing on the screen."""
        sys.stdout.write("\x1b[2J\x1b[H")
        sys.stdout.flush()


def _keyboard(history: History) -> Keyboard:
    if importlib.util.find_spec("prompt_toolkit") is None:
        return Plain(history)
    from kac.cli.shelling.screen import Screen

    return Screen(history)
