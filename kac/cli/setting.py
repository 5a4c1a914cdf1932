"""What was said for the whole program: ledger, person, colours, and the clock it runs by."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from datetime import date, datetime

from kac.core.calendar import business_day, parse_day, system_now
from kac.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Repeat:
    """A run that is sent again: under the same id, on the same day, by the same person."""

    request_id: str
    day: date
    actor: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One run of the program. `argv` is all that was typed.

    A `lenient` one answers even where the config file is wrong.
    """

    argv: tuple[str, ...] = ()
    db: str = ""
    staff: str = ""
    lang: str = ""
    no_input: bool = False
    debug: bool = False
    color: str = "auto"
    config: str = ""
    no_config: bool = False
    no_pager: bool = False
    lenient: bool = False
    now: datetime = field(default_factory=system_now)
    repeat: Repeat | None = None


_current = Setting()


def current() -> Setting:
    """The setting of the run that is under way."""
    return _current


@contextmanager
def using(setting: Setting) -> Iterator[None]:
    """Run the block under a setting; the one before comes back afterwards."""
    global _current
    before, _current = _current, setting
    try:
        yield
    finally:
        _current = before


def now() -> Setting:
    """The setting of the run that is under way, at this moment: for a run that takes hours."""
    return replace(_current, now=system_now())


def today() -> date:
    """The business day that is today: KAC_ON where it is set, else the civil day in Shanghai."""
    if _current.repeat is not None:
        return _current.repeat.day
    written = os.environ.get("KAC_ON", "")
    return parse_day(written, civil_day()) if written else civil_day()


def civil_day() -> date:
    """The day in Shanghai at the moment of this run, whatever KAC_ON says."""
    return business_day(_current.now)


def named(training: bool = False) -> str:
    """The member of staff that this run names; empty where it names nobody.

    A run that is sent again names who began it, which is enough on a training ledger.
    """
    run = _current
    if training and run.repeat is not None:
        return run.repeat.actor
    return run.staff or os.environ.get("KAC_USER", "")


def may_ask() -> bool:
    """Whether somebody is there to be asked: a terminal, and nobody said `--no-input`."""
    silenced = _current.no_input or bool(os.environ.get("KAC_NO_INPUT"))
    return not silenced and sys.stdin is not None and sys.stdin.isatty()
