"""Charts as SVG text: whole numbers in, no scripts, colours by the page's own variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kac.core.text import shown

# As wide as the page shows them, so that letters come out as large as those of the page.
WIDE, NARROW = 1120, 400
_ROW, _BAR, _LABELS, _VALUES = 27, 15, 176, 92
_TOP, _FOOT, _LEFT, _HEIGHT = 10, 26, 76, 190
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """One value with its name and its figure as people read it; `before` is the year before's."""

    label: str
    value: int
    figure: str
    before: int = 0


def rows(title: str, bars: Sequence[Bar], tone: str = "bar") -> str:
    """Bars lying under each other, each with its name before it and its figure behind it."""
    largest = max((bar.value for bar in bars), default=0)
    room = NARROW - _LABELS - _VALUES
    drawn = []
    for place, bar in enumerate(bars):
        top = place * _ROW
        length = _scaled(bar.value, largest, room)
        drawn += [
            _text(_LABELS - 10, top + 19, bar.label, "end"),
            f'<rect class="{tone}" x="{_LABELS}" y="{top + 6}" width="{length}" height="{_BAR}"'
            ' rx="2"/>',
            _text(_LABELS + length + 8, top + 19, bar.figure, "start", "figure"),
        ]
    return _picture(title, NARROW, max(len(bars), 1) * _ROW + 4, drawn)


def columns(title: str, bars: Sequence[Bar], every: int) -> str:
    """Bars standing beside each other, the year before's behind each; every so many is named."""
    largest = max((max(bar.value, bar.before) for bar in bars), default=0)
    ceiling, step = scale(largest)
    pitch = (WIDE - _LEFT) // max(len(bars), 1)
    drawn = _grid(ceiling, step)
    for place, bar in enumerate(bars):
        left = _LEFT + place * pitch + 2
        drawn += [
            _standing("before", left, bar.before, ceiling, pitch - 3),
            _standing("bar", left + 2, bar.value, ceiling, max(pitch - 7, 1), bar),
        ]
        if place % every == 0:
            middle = left + (pitch - 3) // 2
            drawn.append(_text(middle, _TOP + _HEIGHT + 18, bar.label, "middle", "axis"))
    return _picture(title, WIDE, _TOP + _HEIGHT + _FOOT, drawn)


def scale(largest: int) -> tuple[int, int]:
    """(the top of an axis, the step between its lines): round numbers, two to five steps."""
    if largest <= 0:
        return 1, 1
    power = 1
    while True:
        for first in _STEPS:
            step = first * power
            if step * 5 >= largest:
                return -(-largest // step) * step, step
        power *= 10


def _grid(ceiling: int, step: int) -> list[str]:
    lines = []
    for value in range(0, ceiling + 1, step):
        height = _TOP + _HEIGHT - _scaled(value, ceiling, _HEIGHT)
        lines += [
            f'<line class="grid" x1="{_LEFT}" x2="{WIDE}" y1="{height}" y2="{height}"/>',
            _text(_LEFT - 8, height + 4, f"{value:,}", "end", "axis"),
        ]
    return lines


def _standing(
    tone: str, left: int, value: int, ceiling: int, width: int, bar: Bar | None = None
) -> str:
    height = _scaled(value, ceiling, _HEIGHT)
    if not height:
        return ""
    told = f"<title>{_safe(f'{bar.label}: {bar.figure}')}</title>" if bar else ""
    return (
        f'<rect class="{tone}" x="{left}" y="{_TOP + _HEIGHT - height}" width="{width}"'
        f' height="{height}" rx="1">{told}</rect>'
    )


def _scaled(value: int, largest: int, room: int) -> int:
    """A length in the picture; whatever is there at all is seen."""
    if value <= 0 or largest <= 0:
        return 0
    return max((2 * value * room + largest) // (2 * largest), 2)


def _text(left: int, base: int, text: str, anchor: str, tone: str = "label") -> str:
    return f'<text class="{tone}" x="{left}" y="{base}" text-anchor="{anchor}">{_safe(text)}</text>'


def _picture(title: str, width: int, height: int, drawn: Sequence[str]) -> str:
    body = "\n".join(each for each in drawn if each)
    return (
        f'<svg role="img" viewBox="0 0 {width} {height}" aria-label="{_safe(title)}">\n'
        f"{body}\n</svg>"
    )


def _safe(text: str) -> str:
    return escape(shown(text))
