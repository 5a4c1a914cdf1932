"""The sheets that papers are printed on: their size, their lines and columns, by profile.

Lengths are whole micrometres. A cell is as wide as one ASCII character; a hanzi takes two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

INCH = 25_400
Kind = Literal["matrix", "laser", "roll"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of one profile; `columns` are those that the paper on it uses.

    `lines` counts the whole height of a page, `margin` those of them that stay empty, half above
    and half below; a roll has 0 lines, since it never ends. `crown` lines at the top belong to
    the title and the code. `most` is the most columns there are; `cells` how wide one is where
    that depends on how many there are. `denser` is the same sheet with its lines set closer.
    """

    name: str
    kind: Kind
    width: int
    height: int
    lines: int
    margin: int
    pitch: int
    size: int
    cell: int
    crown: int = 1
    most: int = 120
    columns: int = 96
    cells: Mapping[int, int] = field(default_factory=dict)
    denser: Sheet | None = None

    @property
    def endless(self) -> bool:
        """A roll, which is cut where the paper ends."""
        return self.lines == 0

    @property
    def narrow(self) -> bool:
        """Too narrow for two fields side by side."""
        return self.columns < 64

    def wide(self, columns: int) -> Sheet:
        """The sheet as a paper of so many columns uses it; fewer where there are fewer."""
        taken = min(columns, self.most)
        return replace(
            self,
            columns=taken,
            cell=self.cells.get(taken, self.cell),
            denser=self.denser and self.denser.wide(columns),
        )


def _matrix(name: str, lines: int, denser: Sheet | None = None, per_inch: int = 6) -> Sheet:
    """Carbon stock 241 mm wide with a perforated edge; 24 pins to the hanzi, 180 dots an inch."""
    return Sheet(
        name,
        "matrix",
        width=241_000,
        height=INCH * lines // per_inch,
        lines=lines,
        margin=2,
        pitch=INCH // per_inch,
        size=INCH * 24 // 180,
        cell=INCH // 12,
        cells={80: INCH // 10, 96: INCH // 12, 120: INCH // 15},
        denser=denser,
    )


# A third of a sheet holds 22 lines at six to the inch; 29 at eight, for papers that need them.
DM1, DM2 = _matrix("dm1", 66), _matrix("dm2", 33)
DM3 = _matrix("dm3", 22, replace(_matrix("dm3", 29, per_inch=8), height=INCH * 22 // 6))
A4 = Sheet(
    "a4", "laser", 210_000, 297_000, 62, 0, pitch=4_400, size=3_700, cell=1_850, crown=4, most=96
)
A5 = Sheet(
    "a5", "laser", 210_000, 148_000, 33, 0, pitch=4_000, size=3_500, cell=1_750, crown=4, most=96
)
TH80 = Sheet(
    "th80", "roll", 80_000, 0, 0, 0, pitch=3_750, size=3_000, cell=1_500, most=48, columns=48
)
PROFILES = {sheet.name: sheet for sheet in (DM1, DM2, DM3, A4, A5, TH80)}
