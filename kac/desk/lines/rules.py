"""Rules of lines: goods with quantity, price and cost, numbered and changed alike everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.money import LARGEST_FEN, Money, per_scale_half_up
from kac.core.values import dataclass
from kac.desk.margins.rules import LineFacts


@dataclass(frozen=True)
class LineDraft:
    """One line as it is asked for: base units, fen per selling unit; None is the list price."""

    product_id: int
    quantity: int
    unit_price_fen: int | None = None
    gift: bool = False


@dataclass(frozen=True)
class PricedLine:
    """One line with its product and prices: prices per selling unit in fen, base units."""

    line: int
    product_id: int
    code: str
    name: str
    unit: str
    scale: int
    quantity: int
    list_price_fen: int
    unit_price_fen: int
    cost_fen: int
    gift: bool
    fresh: bool

    @property
    def goods(self) -> tuple[int, bool]:
        """What the line is of; goods sold and the same goods given are two things."""
        return self.product_id, self.gift

    @property
    def amount_fen(self) -> int:
        """What the customer pays for the line."""
        return per_scale_half_up(self.unit_price_fen, self.quantity, self.scale)

    @property
    def margin_facts(self) -> LineFacts:
        """The line as margins see it."""
        return LineFacts(
            line=self.line,
            name=self.name,
            list_price_fen=self.list_price_fen,
            unit_price_fen=self.unit_price_fen,
            amount_fen=self.amount_fen,
            cost_fen=self.cost_fen,
            cost_amount_fen=per_scale_half_up(self.cost_fen, self.quantity, self.scale),
            gift=self.gift,
        )


def wanted(lines: Sequence[PricedLine]) -> dict[int, int]:
    """Base units of each product over all lines, gifts included."""
    found: dict[int, int] = {}
    for line in lines:
        found[line.product_id] = found.get(line.product_id, 0) + line.quantity
    return found


def odd_prices(lines: Sequence[PricedLine]) -> tuple[str, ...]:
    """What to tell of prices above the list: nobody forbids them, but they are often slips."""
    return tuple(
        _("line {line} {name}: {price} is above the list price {list_price}").format(
            line=line.line,
            name=line.name,
            price=Money(line.unit_price_fen),
            list_price=Money(line.list_price_fen),
        )
        for line in lines
        if line.unit_price_fen > line.list_price_fen
    )


def as_drafts(lines: Sequence[PricedLine]) -> list[LineDraft]:
    """Lines as they would be asked for again, to be priced by the catalogue of today (A-30)."""
    return [
        LineDraft(line.product_id, line.quantity, line.unit_price_fen, line.gift) for line in lines
    ]


def agreed(put: Sequence[LineDraft], lines: Sequence[PricedLine]) -> list[LineDraft]:
    """Lines put without a price keep the one that was agreed for the same goods."""
    known = {line.goods: line.unit_price_fen for line in lines}
    return [
        replace(draft, unit_price_fen=known.get((draft.product_id, draft.gift)))
        if draft.unit_price_fen is None
        else draft
        for draft in put
    ]


def changed(
    lines: Sequence[PricedLine], put: Sequence[PricedLine], remove: Sequence[int], most: int
) -> tuple[PricedLine, ...]:
    """The lines after a change, numbered anew: `put` replaces the line of the same goods.

    Goods sold and the same goods given are two lines; of several put for the same goods the
    first replaces and the others are added. BadInput where a line to be removed is not there,
    where two lines could be meant, or none would be left.
    """
    strange = sorted(set(remove) - {line.line for line in lines})
    if strange:
        raise BadInput(
            _("there is no line {lines}").format(lines=", ".join(map(str, strange))),
            code="E-ORD-003",
        )
    left = [line for line in lines if line.line not in remove]
    replaced: set[tuple[int, bool]] = set()
    for new in put:
        place = None if new.goods in replaced else _place(left, new)
        if place is None:
            left.append(new)
        else:
            left[place] = new
        replaced.add(new.goods)
    return numbered(left, most)


def _place(lines: Sequence[PricedLine], new: PricedLine) -> int | None:
    same = [index for index, line in enumerate(lines) if line.goods == new.goods]
    if len(same) > 1:
        numbers = [str(lines[index].line) for index in same]
        raise BadInput(
            _("{code} stands on lines {lines}: say which to take out").format(
                code=new.code, lines=", ".join(numbers)
            ),
            code="E-ORD-006",
            fix=[f"--remove {number}" for number in numbers],
        )
    return same[0] if same else None


def numbered(lines: Sequence[PricedLine], most: int) -> tuple[PricedLine, ...]:
    """Lines numbered from 1; BadInput when there are none, too many, or they cost too much."""
    if not lines:
        raise BadInput(_("at least one line is needed"), code="E-ORD-001", rules=["RTL-REC-14"])
    if len(lines) > most:
        raise BadInput(
            _("{count} lines are too many for one form, {most} at most").format(
                count=len(lines), most=most
            ),
            code="E-ORD-002",
        )
    if sum(line.amount_fen for line in lines) >= LARGEST_FEN:
        raise BadInput(_("the total is too large to be meant"), code="E-ORD-005")
    return tuple(replace(line, line=index) for index, line in enumerate(lines, start=1))
