"""Rules of margins: never below cost, and the tier of the worst line and of the whole order.

A margin is (price - cost) / price, compared by cross-multiplication and never rounded (A-30).
"""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import BP_WHOLE, Money, format_bp
from kac.core.values import dataclass
from kac.desk.margins.policy import MarginPolicy, Tier


@dataclass(frozen=True)
class LineFacts:
    """One line as margins see it: prices per selling unit and amounts of the whole line, in fen."""

    line: int
    name: str
    list_price_fen: int
    unit_price_fen: int
    amount_fen: int
    cost_fen: int
    cost_amount_fen: int
    gift: bool

    @property
    def discounted(self) -> bool:
        """Sold under the list price, a gift not counted."""
        return not self.gift and self.unit_price_fen < self.list_price_fen


def rate_text(price_fen: int, cost_fen: int) -> str:
    """A margin for people, cut to two decimals towards the lower tier; `-` of a price of 0."""
    if price_fen == 0:
        return "-"
    return format_bp((price_fen - cost_fen) * BP_WHOLE // price_fen)


def is_negative(price_fen: int, cost_fen: int) -> bool:
    """Sold below cost; a margin of exactly 0 is not negative (RTL-DSC-03)."""
    return price_fen < cost_fen


def order_sums(lines: Sequence[LineFacts]) -> tuple[int, int]:
    """(amount, cost) of the whole order in fen; gifts count at cost (C-22, A-33)."""
    return sum(line.amount_fen for line in lines), sum(line.cost_amount_fen for line in lines)


def tier_of(price_fen: int, cost_fen: int, tiers: Sequence[Tier]) -> Tier | None:
    """The tier of a margin, None above the last; the price is above 0, the margin not negative.

    RTL-DSC-04..06 as half-open bands, so that a gap goes to the higher authority (A-26).
    """
    margin = (price_fen - cost_fen) * BP_WHOLE
    for tier in tiers:
        low, high = tier.from_bp * price_fen, tier.to_bp * price_fen
        if low <= margin < high or (tier.to_included and margin == high):
            return tier
    return None


def worst_tier(lines: Sequence[LineFacts], policy: MarginPolicy) -> Tier | None:
    """The lowest tier among the lines and the order as a whole; None when none asks anybody.

    The worst line is not averaged away, and gifts lower the order's own margin (A-30, A-31, C-22).
    """
    judged = [
        (line.unit_price_fen, line.cost_fen)
        for line in lines
        if not line.gift and (policy.bind_undiscounted or line.discounted)
    ]
    if policy.bind_undiscounted or any(line.gift or line.discounted for line in lines):
        judged.append(order_sums(lines))
    bands = policy.bands()
    found = [tier_of(price, cost, bands) for price, cost in judged if price and price >= cost]
    return min((tier for tier in found if tier), key=lambda tier: tier.from_bp, default=None)


def margin_not_negative(
    number: str, lines: Sequence[LineFacts], mended_by: Sequence[str] = ()
) -> Gate:
    """No line and no order is sold below cost; nobody may approve it (RTL-DSC-03, A-33).

    The figures name prices only: costs are not for everybody's eyes. `mended_by` may change them.
    """
    bad = [
        _("line {line} {name}: {price} is below what it costs").format(
            line=line.line, name=line.name, price=Money(line.unit_price_fen)
        )
        for line in lines
        if not line.gift and is_negative(line.unit_price_fen, line.cost_fen)
    ]
    amount, cost = order_sums(lines)
    if not bad and is_negative(amount, cost):
        bad = [_("the order as a whole, gifts included, is sold below what it costs")]
    return Gate(
        "margin_not_negative",
        ("RTL-DSC-03",),
        not bad,
        "; ".join(bad) or _("nothing is sold below cost"),
        tuple(mended_by) if bad else (),
        command=f"kac order edit {number} --line CODE:QTY@PRICE" if bad and number else "",
    )
