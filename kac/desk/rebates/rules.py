"""Rules of the rebate: it counts into the margin, and is approved before it is paid out.

GPA-COL-02, C-23, A-57: the margin that remains is judged like any other, line by line and whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import BP_WHOLE, Money, format_bp, part_half_up
from kac.desk.approvals.rules import TIER, Step
from kac.desk.margins.policy import MarginPolicy, Tier
from kac.desk.margins.rules import LineFacts, order_sums, rate_text, tier_of
from kac.desk.rebates.policy import RebatePolicy

# What must be open before a gate of a rebate is anybody's work, and what is never one's own.
AFTER: dict[str, tuple[str, ...]] = {
    "rebate_paid": ("rebate_approved", "margin_tier_signed", "not_rejected", "rebate_of_kept")
}
NOT_ONES_OWN = frozenset({"rebate_approved"})


def amount(total_fen: int, rate_bp: int) -> int:
    """The rebate in fen at a rate of the order's total, half a fen rounded up."""
    return part_half_up(total_fen, rate_bp, BP_WHOLE)


def rate_of(total_fen: int, amount_fen: int) -> int:
    """The whole basis points that an amount is at most: a margin is never judged too kindly."""
    return -(-amount_fen * BP_WHOLE // total_fen) if total_fen else BP_WHOLE


def left(lines: Sequence[LineFacts], rate_bp: int) -> list[tuple[int, int]]:
    """(price, cost) pairs after the rebate, of each line and of the order as a whole.

    Both sides are scaled alike, so that nothing is rounded before it is compared.
    """
    kept = BP_WHOLE - rate_bp
    pairs = [
        (line.unit_price_fen * kept, line.cost_fen * BP_WHOLE) for line in lines if not line.gift
    ]
    total, cost = order_sums(lines)
    return [*pairs, (total * kept, cost * BP_WHOLE)]


def tier(lines: Sequence[LineFacts], rate_bp: int, policy: MarginPolicy) -> Tier | None:
    """The worst tier that the margins left by a rebate fall into."""
    bands = policy.bands()
    found = [
        tier_of(price, cost, bands)
        for price, cost in left(lines, rate_bp)
        if price and price >= cost
    ]
    return min((one for one in found if one), key=lambda one: one.from_bp, default=None)


def route(
    lines: Sequence[LineFacts], rate_bp: int, margins: MarginPolicy, policy: RebatePolicy
) -> tuple[Step, ...]:
    """Who signs for a rebate: its own approver, and the tier of the margin that is left."""
    worst = tier(lines, rate_bp, margins)
    tiered = [Step(TIER, role, worst.rule) for role in worst.roles] if worst else []
    return (Step("rebate", policy.role, policy.rule), *tiered)


def rate_allowed(rate_bp: int, policy: RebatePolicy) -> Gate:
    """A rebate is above nothing and not above the highest rate of the house."""
    says = _("{rate} of at most {highest}").format(
        rate=format_bp(rate_bp), highest=format_bp(policy.highest_rate_bp)
    )
    return Gate("rebate_rate", (policy.rule,), 0 < rate_bp <= policy.highest_rate_bp, says)


def nothing_below_cost(lines: Sequence[LineFacts], rate_bp: int) -> Gate:
    """A rebate never leaves less than cost; nobody may approve that (RTL-DSC-03, C-23)."""
    below = [pair for pair in left(lines, rate_bp) if pair[0] < pair[1]]
    says = _("a rebate of {rate} leaves nothing below cost").format(rate=format_bp(rate_bp))
    if below:
        says = _("a rebate of {rate} would leave goods sold below cost").format(
            rate=format_bp(rate_bp)
        )
    return Gate("rebate_above_cost", ("RTL-DSC-03", "GPA-COL-02"), not below, says)


def money_is_in(verified_fen: int, total_fen: int) -> Gate:
    """A rebate is reckoned when the money has been collected (GPA-COL-02)."""
    return Gate(
        "rebate_collected",
        ("GPA-COL-02",),
        verified_fen >= total_fen,
        _("{verified} of {total} is collected and verified").format(
            verified=Money(verified_fen), total=Money(total_fen)
        ),
    )


def paid(number: str, amount: Money, state: str, roles: Sequence[str]) -> Gate:
    """Finance has paid the rebate out (GPA-COL-02)."""
    if state == "paid":
        says = _("paid out: {amount}").format(amount=amount)
        return Gate("rebate_paid", ("GPA-COL-02",), True, says)
    return Gate(
        "rebate_paid",
        ("GPA-COL-02",),
        False,
        _("{amount} not paid back yet").format(amount=amount),
        tuple(roles),
        f"kac rebate pay {number} --ref …",
    )


def of_what_is_kept(number: str, amount: Money, of_kept: Money, roles: Sequence[str]) -> Gate:
    """A rebate is of what was kept: goods that came back earn none (GPA-COL-02, FLW-AFT-01)."""
    fits = amount.fen <= of_kept.fen
    says = _("{amount} of {kept} for the goods that were kept").format(amount=amount, kept=of_kept)
    command = "" if fits else f"kac rebate drop {number} --reason …"
    rules, who = ("GPA-COL-02", "FLW-AFT-01"), () if fits else tuple(roles)
    return Gate("rebate_of_kept", rules, fits, says, who, command)


def left_text(lines: Sequence[LineFacts], rate_bp: int) -> str:
    """The margin of the whole order that a rebate leaves, for people."""
    price, cost = left(lines, rate_bp)[-1]
    return rate_text(price, cost)
