"""Policy of the order table: by when it is made, and which orders have a simple list instead."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class OrderTablePolicy:
    """GPA-TAB-01..05 with A-20; a figure of 0 is off.

    `required`: no slip is loaded without table or simple list; else only what was rung at the till
    waits for it. A table is made within `minutes` of the acceptance. An order of at most
    `small_units` selling units, or of at least `mixed_lines` lines, has a simple list by itself,
    any other where the clerk gives a reason. `copies` of a table go to these holders.
    """

    required: bool
    minutes: int
    small_units: int
    mixed_lines: int
    copies: tuple[str, ...]
