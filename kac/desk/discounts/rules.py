"""Rules of discounts: the row of the table that a line falls under, and whether it keeps to it."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.gates import Gate
from kac.core.i18n import N_, _
from kac.core.money import BP_WHOLE, Money, format_bp
from kac.core.values import dataclass
from kac.desk.discounts.policy import DiscountRow

RULES = ("RTL-DSC-01", "RTL-DSC-02")
LONG_TERM, OTHER = "long_term", "other"
RELATIONS = {LONG_TERM: N_("long-term partner"), OTHER: N_("any other customer")}


@dataclass(frozen=True)
class Goods:
    """A line as the table looks at it: prices per selling unit in fen, base units, relation."""

    line: int
    name: str
    category: str
    relation: str
    quantity: int
    scale: int
    list_price_fen: int
    unit_price_fen: int
    cost_fen: int


def row_of(goods: Goods, rows: Sequence[DiscountRow]) -> DiscountRow | None:
    """The first row that fits a line in all five factors; None where the table is silent."""
    return next((row for row in rows if _fits(goods, row)), None)


def _fits(goods: Goods, row: DiscountRow) -> bool:
    """Compared by cross-multiplication: nothing is rounded."""
    if row.categories and goods.category not in row.categories:
        return False
    if row.relations and goods.relation not in row.relations:
        return False
    amount, margin = goods.list_price_fen * goods.quantity, goods.list_price_fen - goods.cost_fen
    return (
        _within(amount, row.from_fen, row.to_fen, goods.scale)
        and _within(goods.quantity, row.from_units, row.to_units, goods.scale)
        and (
            (not row.from_margin_bp and row.to_margin_bp is None)
            or _within(
                margin * BP_WHOLE, row.from_margin_bp, row.to_margin_bp, goods.list_price_fen
            )
        )
    )


def _within(figure: int, low: int, high: int | None, whole: int) -> bool:
    """Whether a figure that is counted in `whole` parts lies in a half-open band."""
    return low * whole <= figure and (high is None or figure < high * whole)


def too_deep(goods: Goods, row: DiscountRow) -> bool:
    """Whether a line is sold further under the list price than its row gives."""
    off = (goods.list_price_fen - goods.unit_price_fen) * BP_WHOLE
    return off > row.highest_bp * goods.list_price_fen


def lowest_price(list_price_fen: int, row: DiscountRow) -> Money:
    """The lowest price that a row gives, rounded up to the fen."""
    return Money(-(-list_price_fen * (BP_WHOLE - row.highest_bp) // BP_WHOLE))


def discount_in_table(
    number: str, lines: Sequence[Goods], rows: Sequence[DiscountRow], mended_by: Sequence[str]
) -> list[Gate]:
    """No line is sold under what the table of discounts gives it (RTL-DSC-01, RTL-DSC-02).

    No gate where there is no table: then signatures alone limit discounts (A-67). Gifts are
    granted by their own rule.
    """
    if not rows:
        return []
    judged = [(line, row) for line in lines if (row := row_of(line, rows))]
    bad = [_told(line, row) for line, row in judged if too_deep(line, row)]
    says = "; ".join(bad) or _("no discount is deeper than the table gives")
    command = f"kac order edit {number} --line CODE:QTY@PRICE" if bad and number else ""
    roles = tuple(mended_by) if bad else ()
    return [Gate("discount_in_table", RULES, not bad, says, roles, command)]


def _told(line: Goods, row: DiscountRow) -> str:
    figures = {
        "line": line.line,
        "name": line.name,
        "price": Money(line.unit_price_fen),
        "row": row.id,
        "highest": format_bp(row.highest_bp),
        "lowest": lowest_price(line.list_price_fen, row),
    }
    says = _("line {line} {name}: {price} is under {lowest}; at most {highest} off ({row})")
    if not row.highest_bp:
        says = _("line {line} {name}: {price} is under {lowest}; no discount is given ({row})")
    return says.format(**figures)
