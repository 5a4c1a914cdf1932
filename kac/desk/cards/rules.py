"""Rules of card numbers: ranges that never overlap, and what of a range is still free."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kac.core.errors import BadInput
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.text import narrow
from kac.core.values import dataclass

_WRITTEN = re.compile(r"([A-Z]{0,8})([0-9]{1,18})(?:-([A-Z]{0,8})([0-9]{1,18})|\+([0-9]{1,6}))?")


@dataclass(frozen=True, slots=True, order=True)
class CardRange:
    """Card numbers `first` to `last`, both included, of one series and one number of digits."""

    series: str
    width: int
    first: int
    last: int

    def __post_init__(self) -> None:
        assert 0 <= self.first <= self.last < 10**self.width, "a range goes upwards"

    def __str__(self) -> str:
        low, high = self.spelled(self.first), self.spelled(self.last)
        return low if low == high else f"{low}-{high}"

    @property
    def count(self) -> int:
        """How many cards it has."""
        return self.last - self.first + 1

    def spelled(self, number: int) -> str:
        """One number of the series, as it stands on the card."""
        return f"{self.series}{number:0{self.width}d}"

    def meets(self, other: CardRange) -> bool:
        """Whether a card is in both."""
        alike = (self.series, self.width) == (other.series, other.width)
        return alike and self.first <= other.last and other.first <= self.last

    def holds(self, other: CardRange) -> bool:
        """Whether every card of the other is in this one."""
        return self.meets(other) and self.first <= other.first and other.last <= self.last


def parse_range(written: str) -> CardRange:
    """Card numbers as they are typed: `HZ880001-HZ880064`, `HZ880001-880064`, `HZ880001+64`.

    `+64` counts 64 cards from the first on. BadInput where it is no range, or goes downwards.
    """
    match = _WRITTEN.fullmatch(narrow(written).replace(" ", "").upper())
    if match:
        series, low, again, high, count = match.groups()
        first = int(low)
        last = int(high) if high else first + int(count or 1) - 1
        width = len(low)
        alike = again in (None, "", series) and len(high or low) == width
        if alike and first <= last < 10**width:
            return CardRange(series, width, first, last)
    raise BadInput(
        _('"{written}" is no range of card numbers').format(written=written),
        code="E-CRD-001",
        cause=[_("write it as in {example}").format(example="HZ880001-HZ880064, HZ880001+64")],
        rules=["HYP-CRD-07"],
    )


def without(whole: Sequence[CardRange], taken: Iterable[CardRange]) -> list[CardRange]:
    """What is left of ranges when others are taken away, in order."""
    left = sorted(whole)
    for gone in taken:
        left = [piece for each in left for piece in _cut(each, gone)]
    return left


def common(ranges: Sequence[CardRange], others: Sequence[CardRange]) -> list[CardRange]:
    """The cards that are in both."""
    return without(ranges, without(ranges, others))


def _cut(whole: CardRange, gone: CardRange) -> list[CardRange]:
    if not whole.meets(gone):
        return [whole]
    found = []
    if whole.first < gone.first:
        found.append(replace(whole, last=gone.first - 1))
    if gone.last < whole.last:
        found.append(replace(whole, first=gone.last + 1))
    return found


def shared(ranges: Sequence[CardRange]) -> list[tuple[CardRange, CardRange]]:
    """Every two neighbours, in order of numbers, that have a card in common."""
    found = []
    furthest: CardRange | None = None
    for each in sorted(ranges):
        if furthest is not None and furthest.meets(each):
            found.append((furthest, each))
        alike = furthest and (furthest.series, furthest.width) == (each.series, each.width)
        if furthest is None or not alike or each.last > furthest.last:
            furthest = each
    return found


def told(ranges: Sequence[CardRange]) -> str:
    """Ranges for people."""
    return ", ".join(str(each) for each in ranges) or _("none")


def counted(ranges: Iterable[CardRange]) -> int:
    """How many cards ranges have together."""
    return sum(each.count for each in ranges)


def numbers_unknown(wanted: CardRange, live: Sequence[tuple[str, CardRange]]) -> Gate:
    """No card number stands in two live batches (HYP-CRD-07); `live` are (batch, cards)."""
    there = [(number, each) for number, each in live if each.meets(wanted)]
    says = _("no batch has any of {cards}").format(cards=wanted)
    if there:
        says = _("{cards} meets: {batches}").format(
            cards=wanted,
            batches=", ".join(f"{number} ({each})" for number, each in there),
        )
    return Gate("card_numbers_new", ("HYP-CRD-07",), not there, says)


def numbers_free(wanted: Sequence[CardRange], free: Sequence[CardRange]) -> Gate:
    """Every card that is to be taken lies unused at the window, and is named once (HYP-CRD-04)."""
    rules = ("HYP-CRD-04", "HYP-CRD-07")
    twice = shared(wanted)
    missing = without(wanted, free)
    if not twice and not missing:
        says = _("at the window: {count}").format(count=counted(wanted))
        return Gate("card_numbers_free", rules, True, says)
    says = _("not at the window: {cards}").format(cards=told(missing))
    if twice:
        says = _("named twice: {cards}").format(cards=told([second for _first, second in twice]))
    return Gate("card_numbers_free", rules, False, says, (), "kac card batches")


def numbers_held(wanted: CardRange, held: Sequence[CardRange], document: str) -> Gate:
    """Cards that come back are cards that went out by this document."""
    missing = without([wanted], held)
    says = _("{document} holds {cards}").format(document=document, cards=told(held))
    return Gate("card_numbers_held", ("HYP-CRD-07",), not missing, says)
