"""Kinds of files: their columns, and the verb that takes a whole sheet in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kac.core.i18n import N_
from kac.db.work import Work
from kac.exchange.columns import Column
from kac.exchange.long import LongSheet
from kac.exchange.plain import PlainSheet
from kac.exchange.sheet import Sheet

# What can have become of rows, by the key that scripts read.
COUNTS = {
    "filed": N_("customers filed"),
    "new": N_("new products"),
    "changed": N_("products changed"),
    "same": N_("products as they were"),
    "prices": N_("other prices"),
    "counted": N_("counts taken"),
    "differences": N_("differences booked"),
    "drafts": N_("orders drafted"),
    "there": N_("orders that were there already"),
    "days": N_("days named"),
    "declared": N_("payments announced"),
    "visits": N_("visits written down"),
    "visits_there": N_("visits that were there already"),
    "balances": N_("opening balances"),
    "same_prices": N_("prices as they were"),
}


@dataclass(frozen=True)
class Taken:
    """What came of a sheet: how many of what, and the numbers of new documents in order.

    `says` and `hints` are what its kind adds; `sheet` proposes the other prices of goods on file.
    """

    counts: dict[str, int]
    numbers: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    sheet: str = ""


class TakeLong(Protocol):
    """The verb that takes in a file whose rows are on disk, for files too large to be held."""

    def __call__(self, work: Work, long: LongSheet, *, partial: bool) -> Taken: ...


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    `take` writes the sound lines through the desk's own verbs and notes on the sheet what they
    refuse; the batch number is its third argument. Rows with the same cell under `together`
    make one document and are sent back together. `take_plain` takes in a file in which nothing is
    out of order as it is read, and raises NotPlain of any other; `take_long` takes a large one.
    """

    name: str
    columns: tuple[Column, ...]
    take: Callable[[Work, Sheet, str], Taken]
    next_command: str
    together: str = ""
    take_plain: Callable[[Work, PlainSheet, str], Taken] | None = None
    take_long: TakeLong | None = None
