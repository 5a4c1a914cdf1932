"""Rules of approval: the margin tiers, discounts and gifts, and who must sign because of them.

A margin is (price - cost) / price, compared by cross-multiplication and never rounded (A-30).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import BP_WHOLE, Money, format_bp
from kac.desk.approvals.policy import MarginPolicy, Tier


@dataclass(frozen=True)
class LineFacts:
    """One line as margins see it; amounts of the whole line, prices per selling unit, in fen."""

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


@dataclass(frozen=True)
class Step:
    """One role's signature: why (rule ids), and the lines that are to be checked one by one."""

    role: str
    rules: tuple[str, ...]
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Signed:
    """A signature that was given; `line` 0 covers the whole request."""

    role: str
    line: int
    verdict: str
    staff: str


@dataclass(frozen=True)
class ApprovalFacts:
    """The request for the version in force. Without one, `number` is empty."""

    number: str = ""
    state: str = ""
    steps: tuple[Step, ...] = ()
    signed: tuple[Signed, ...] = field(default=())


def margin_bp_text(price_fen: int, cost_fen: int) -> str:
    """A margin for people, cut to two decimals towards the lower tier; `-` of a price of 0."""
    if price_fen == 0:
        return "-"
    return format_bp((price_fen - cost_fen) * BP_WHOLE // price_fen)


def is_negative(price_fen: int, cost_fen: int) -> bool:
    """Sold below cost; a margin of exactly 0 is not negative (RTL-DSC-03)."""
    return price_fen < cost_fen


def tier_of(price_fen: int, cost_fen: int, tiers: Sequence[Tier]) -> Tier | None:
    """The tier of a margin, or None above the last; the price is above 0, the margin at least 0."""
    margin = (price_fen - cost_fen) * BP_WHOLE
    for tier in tiers:
        low, high = tier.from_bp * price_fen, tier.to_bp * price_fen
        if low <= margin < high or (tier.to_included and margin == high):
            return tier
    return None


def margin_not_negative(lines: Sequence[LineFacts]) -> Gate:
    """No line and no order is sold below cost; nobody may approve it (RTL-DSC-03, A-33)."""
    bad = [
        _("line {line} {name}: price {price} is under cost {cost}").format(
            line=line.line, name=line.name, price=Money(line.unit_price_fen), cost=_("(restricted)")
        )
        for line in lines
        if not line.gift and is_negative(line.unit_price_fen, line.cost_fen)
    ]
    amount, cost = order_sums(lines)
    if not bad and is_negative(amount, cost):
        bad = [_("the order as a whole, gifts included, is sold under cost")]
    return Gate(
        "margin_not_negative",
        ("RTL-DSC-03",),
        not bad,
        "; ".join(bad) or _("no line is sold under cost"),
    )


def order_sums(lines: Sequence[LineFacts]) -> tuple[int, int]:
    """(amount, cost) of the whole order in fen; gifts count at cost (C-22)."""
    return sum(line.amount_fen for line in lines), sum(line.cost_amount_fen for line in lines)


def route(lines: Sequence[LineFacts], policy: MarginPolicy) -> tuple[Step, ...]:
    """Who must sign this order and why; merged by role, empty when nobody must.

    RTL-ORD-04 for every discounted line, RTL-REC-15 for any discount or gift, and the tiers of
    RTL-DSC-04..06 for the worst line and for the order as a whole (A-30, A-31, C-09).
    """
    wanted: list[Step] = []
    discounted = tuple(line.line for line in lines if line.discounted)
    if discounted:
        wanted.append(
            Step(policy.discount_check_role, (policy.discount_check_rule,), discounted)
        )
    if discounted or any(line.gift for line in lines):
        wanted.append(Step(policy.concession_role, (policy.concession_rule,)))
    for tier in _tiers_met(lines, policy):
        wanted.extend(Step(role, (tier.rule,)) for role in tier.roles)
    return _merged(wanted)


def _tiers_met(lines: Sequence[LineFacts], policy: MarginPolicy) -> list[Tier]:
    bands = policy.bands()
    judged = [
        (line.unit_price_fen, line.cost_fen)
        for line in lines
        if not line.gift and line.unit_price_fen and (policy.bind_undiscounted or line.discounted)
    ]
    amount, cost = order_sums(lines)
    if amount and amount >= cost and judged:
        judged.append((amount, cost))
    found = [tier_of(price, cost, bands) for price, cost in judged if price >= cost]
    lowest = min((tier for tier in found if tier), key=lambda tier: tier.from_bp, default=None)
    return [lowest] if lowest else []


def _merged(steps: Sequence[Step]) -> tuple[Step, ...]:
    merged: dict[str, Step] = {}
    for step in steps:
        known = merged.get(step.role)
        if known is None:
            merged[step.role] = step
        else:
            rules = tuple(dict.fromkeys((*known.rules, *step.rules)))
            merged[step.role] = Step(step.role, rules, known.lines or step.lines)
    return tuple(merged.values())


def missing_lines(step: Step, signed: Sequence[Signed]) -> tuple[int, ...]:
    """Lines of a step that its role has not checked yet; () when one signature covered all."""
    mine = [s for s in signed if s.role == step.role and s.verdict == "ok"]
    if any(s.line == 0 for s in mine):
        return ()
    return tuple(line for line in step.lines if line not in {s.line for s in mine})


def is_signed(step: Step, signed: Sequence[Signed]) -> bool:
    """Whether a step is complete."""
    mine = [s for s in signed if s.role == step.role and s.verdict == "ok"]
    if any(s.line == 0 for s in mine):
        return True
    return bool(step.lines) and not missing_lines(step, signed)


def unsigned(facts: ApprovalFacts) -> list[Step]:
    """The steps that still wait for a signature."""
    return [step for step in facts.steps if not is_signed(step, facts.signed)]
