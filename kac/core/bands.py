"""Half-open bands of figures that together cover everything from nought on, each figure once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kac.core.i18n import _
from kac.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """From `start`, which belongs to it, to `end`, which does not; None goes on for ever."""

    start: int
    end: int | None


def misplaced(bands: Sequence[Band]) -> Iterator[tuple[int, str]]:
    """(place, what is wrong) of every band that leaves a gap, overlaps or is out of order."""
    for place, band in enumerate(bands):
        if band.end is not None and band.end <= band.start:
            yield (
                place,
                _("begins at {start} and ends at {end}").format(start=band.start, end=band.end),
            )
        if place == 0 and band.start != 0:
            yield place, _("the first band begins at {start}, not at 0").format(start=band.start)
        elif place and (wrong := _against(bands[place - 1], band)):
            yield place, wrong


def _against(lower: Band, upper: Band) -> str:
    """What is wrong with a band beside the one before it; empty where they meet."""
    if upper.start < lower.start:
        return _("begins at {start}, below the band before it").format(start=upper.start)
    if lower.end is None:
        return _("begins at {start}, and the band before it never ends").format(start=upper.start)
    if upper.start < lower.end:
        return _("begins at {start}, inside the band before it, which ends at {end}").format(
            start=upper.start, end=lower.end
        )
    if upper.start > lower.end:
        return _("nothing covers {end} to {start}").format(end=lower.end, start=upper.start)
    return ""
