"""The terminal through prompt_toolkit: editing, history, completion, and who has gone away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from datetime import timedelta

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import History as Remembered
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.shortcuts import clear

from kac.cli.shelling.history import History
from kac.cli.shelling.keyboard import Idle, Suggest
from kac.core.calendar import system_now


class Screen:
    """One line at a time, asked for on the terminal."""

    notices_idling = True

    def __init__(self, history: History) -> None:
        self._commands: PromptSession[str] = PromptSession(history=_File(history))
        self._others: PromptSession[str] = PromptSession(history=InMemoryHistory())

    def line(
        self, question: str, suggest: Suggest, text: str, idle: timedelta | None, *, command: bool
    ) -> str:
        """A line; Idle where no key was touched for so long."""
        session = self._commands if command else self._others
        watch = _Watch(session.app, idle) if idle else None
        try:
            return session.prompt(
                question,
                default=text,
                completer=_Suggested(suggest),
                complete_while_typing=False,
                pre_run=watch.begin if watch else None,
            )
        finally:
            if watch:
                watch.end()

    def clear(self) -> None:
        """Leave nothing on the screen."""
        clear()


class _Suggested(Completer):
    def __init__(self, suggest: Suggest) -> None:
        self._suggest = suggest

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        for each in self._suggest(document.text_before_cursor):
            yield Completion(each.text, start_position=-each.length, display_meta=each.says)


class _File(Remembered):
    """The history that a file keeps, of which only commands become part."""

    def __init__(self, kept: History) -> None:
        super().__init__()
        self._kept = kept

    async def load(self) -> AsyncGenerator[str, None]:
        for line in reversed(self._kept.lines):
            yield line

    def get_strings(self) -> list[str]:
        return list(self._kept.lines)

    def append_string(self, string: str) -> None:
        line = " ".join(string.split("\n"))
        if self._kept.keeps(line):
            self._kept.add(line)

    def load_history_strings(self) -> Iterable[str]:
        return reversed(self._kept.lines)

    def store_string(self, string: str) -> None:
        self._kept.add(string)


class _Watch:
    """Ends the asking for a line when no key was touched for too long."""

    def __init__(self, app: Application[str], idle: timedelta) -> None:
        self._app = app
        self._idle = idle
        self._last = system_now()
        self._alarm: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Set the alarm, and again with every key."""
        self._app.key_processor.after_key_press += self._touched
        self._set()

    def end(self) -> None:
        """Let the keyboard be."""
        self._app.key_processor.after_key_press -= self._touched
        if self._alarm is not None:
            self._alarm.cancel()

    def _set(self) -> None:
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_later(self._idle.total_seconds(), self._ring)

    def _touched(self, _processor: object) -> None:
        before, self._last = self._last, system_now()
        if self._alarm is not None:
            self._alarm.cancel()
        if self._last - before > self._idle:
            # The machine slept meanwhile, and the alarm with it.
            self._ring()
        else:
            self._set()

    def _ring(self) -> None:
        if self._app.is_running and not self._app.is_done:
            self._app.exit(exception=Idle(self._app.current_buffer.text))
