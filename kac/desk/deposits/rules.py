"""Rules of the deposit: how much must come before goods are prepared, and how it may come."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import BP_WHOLE, Money, format_bp
from kac.core.values import dataclass
from kac.desk.deliveries.rules import SaleMoney
from kac.desk.deposits.policy import DepositPolicy
from kac.desk.payments.rules import METHODS
from kac.desk.waivers.rules import WaiverFacts, granted_fen

ORDINARY, FRESH = "ordinary", "fresh"


@dataclass(frozen=True)
class DepositFacts:
    """What an order comes to, its fresh part, what has come, and what is asked to be left off."""

    order: str
    total_fen: int
    fresh_fen: int
    received_fen: int
    waiver: WaiverFacts | None = None

    @property
    def ordinary_fen(self) -> int:
        """The part that is not fresh food."""
        return self.total_fen - self.fresh_fen

    @property
    def waived_fen(self) -> int:
        """What is left off: nothing before somebody has signed for it."""
        return granted_fen(self.waiver, self.total_fen, self.ordinary_fen)


@dataclass(frozen=True)
class Minimum:
    """The least deposit: the parts as they are due, and the whole rounded up once, in fen."""

    ordinary_fen: int
    fresh_fen: int
    whole_fen: int


def minimum(facts: DepositFacts, policy: DepositPolicy) -> Minimum:
    """30 % of ordinary goods and 50 % of fresh food per line, the sum rounded up to the fen.

    RTL-DEP-06, RTL-DEP-07, A-23, A-60. The waiver lowers the ordinary part alone; fresh food's
    own share, rounded up, always remains.
    """
    ordinary = facts.ordinary_fen * policy.rate_bp
    fresh = facts.fresh_fen * policy.fresh_rate_bp
    whole = _up(ordinary + fresh)
    kept = max(whole - facts.waived_fen, _up(fresh))
    return Minimum(whole - _up(fresh), _up(fresh), kept)


def _up(share: int) -> int:
    return -(-share // BP_WHOLE)


def deposit_met(
    facts: DepositFacts, policy: DepositPolicy, roles: Sequence[str], offered: Money | None = None
) -> Gate:
    """Enough has come, or comes with what is `offered` now (RTL-DEP-06, RTL-DEP-07)."""
    due = minimum(facts, policy)
    coming = facts.received_fen + (offered.fen if offered else 0)
    figures = {
        "due": Money(due.whole_fen),
        "parts": _parts(facts, due, policy),
        "came": Money(coming),
        "short": Money(due.whole_fen - coming),
    }
    if coming >= due.whole_fen:
        says = _("deposit of at least {due} ({parts}): {came} received").format(**figures)
        return Gate("deposit_met", _rules(facts), True, says)
    return Gate(
        "deposit_met",
        _rules(facts),
        False,
        _("deposit of at least {due} ({parts}): {came} received, {short} short").format(**figures),
        tuple(roles),
        f"kac deposit record {facts.order} --amount"
        f" {Money(due.whole_fen - facts.received_fen).plain()} --ref …",
    )


def _rules(facts: DepositFacts) -> tuple[str, ...]:
    if not facts.fresh_fen:
        return ("RTL-DEP-06",)
    return ("RTL-DEP-07", "RTL-DEP-06") if facts.ordinary_fen else ("RTL-DEP-07",)


def _parts(facts: DepositFacts, due: Minimum, policy: DepositPolicy) -> str:
    parts = []
    if facts.ordinary_fen:
        rate = format_bp(policy.rate_bp)
        parts.append(_("{rate} of {amount}").format(rate=rate, amount=Money(facts.ordinary_fen)))
    if facts.fresh_fen:
        rate = format_bp(policy.fresh_rate_bp)
        parts.append(
            _("{rate} of {amount} fresh food").format(rate=rate, amount=Money(facts.fresh_fen))
        )
    return ", ".join([*parts, *_waived(facts)])


def _waived(facts: DepositFacts) -> list[str]:
    waiver = facts.waiver
    if waiver is None or not (facts.waived_fen or waiver.state == "pending"):
        return []
    says = _("{amount} waived by {staff}: {reason}")
    if waiver.state == "pending":
        says = _("{amount} to be waived once {request} is signed: {reason}")
    amount = Money(waiver.short_fen)
    told = {"staff": waiver.hand, "request": waiver.request, "reason": waiver.reason}
    return [says.format(amount=amount, **told)]


def before_the_slip(order: str, slip: str) -> Gate:
    """A deposit comes before the goods, and the form is photocopied for it.

    RTL-DEP-01, RTL-ORD-09. What comes later, as for a sale on credit, pays for them.
    """
    says = _("no slip issued yet")
    if slip:
        says = _("{order} has the slip {slip}: what comes now pays for the goods").format(
            order=order, slip=slip
        )
    command = f"kac payment record {order} --amount … --ref …" if slip else ""
    return Gate("deposit_before_slip", ("RTL-DEP-01", "RTL-ORD-09"), not slip, says, (), command)


def waivable(facts: DepositFacts, policy: DepositPolicy, part: str, short: Money) -> Gate:
    """Only the ordinary part can be waived, and no more than is due of it.

    一般 of RTL-DEP-06 leaves room; 须 of RTL-DEP-07 leaves none (A-60).
    """
    if part == FRESH:
        says = _("the deposit on fresh food, {amount}, is never waived").format(
            amount=Money(minimum(facts, policy).fresh_fen)
        )
        return Gate("deposit_waivable", ("RTL-DEP-07",), False, says)
    due = Money(minimum(facts, policy).ordinary_fen)
    return Gate(
        "deposit_waivable",
        ("RTL-DEP-06",),
        Money(0) < short <= due,
        _("{short} to be waived of {due} due on goods that are not fresh").format(
            short=short, due=due
        ),
    )


def method_allowed(order: str, method: str, reason: str, policy: DepositPolicy) -> Gate:
    """Deposits come by transfer; cash only for a reason, at finance (RTL-DEP-08, RTL-DEP-09)."""
    name = _(METHODS[method])
    if method in policy.methods:
        return Gate("deposit_method", ("RTL-DEP-08",), True, name)
    if method in policy.methods_with_reason and reason:
        return Gate("deposit_method", ("RTL-DEP-09",), True, f"{name}: {reason}")
    return Gate(
        "deposit_method",
        ("RTL-DEP-08", "RTL-DEP-09"),
        False,
        _(
            "a deposit comes by transfer; {method} only in special circumstances, with the reason"
        ).format(method=name),
        ("finance_cashier",),
        f"kac deposit record {order} --amount … --method {method} --reason …",
    )


def drawn(sale: SaleMoney) -> int:
    """What of an order's deposits paid for goods that the customer has: all of it at the end."""
    if sale.slips and sale.delivered_fen >= sale.kept_fen:
        return sale.deposit_fen
    return min(sum(slip.deposit_fen for slip in sale.slips if slip.signed), sale.deposit_fen)


def share(of_the_order_fen: int, before_fen: int, mine_fen: int) -> int:
    """What of a sum drawn of an order's deposits falls on one of them: the oldest is drawn first.

    `before_fen` are the older ones together; the shares of all add up to what was drawn.
    """
    return min(max(of_the_order_fen - before_fen, 0), mine_fen)
