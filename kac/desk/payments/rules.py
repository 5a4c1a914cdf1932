"""Rules of payment: no goods before money, and money counts when finance has seen it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kac.core.gates import Gate
from kac.core.i18n import N_, _
from kac.core.money import Money
from kac.core.values import dataclass

# What must be open before a gate of money alone is anybody's work.
AFTER: dict[str, tuple[str, ...]] = {}
METHODS = {
    "transfer": N_("bank transfer"),
    "cash": N_("cash"),
    "wechat": N_("WeChat"),
    "alipay": N_("Alipay"),
    "pos": N_("card terminal"),
    "cheque": N_("cheque"),
}
# Ways of which somebody else keeps a number, by which a statement proves the money later.
REFERENCED = ("transfer", "wechat", "alipay", "pos", "cheque")
RECEIPT_COPIES = {"customer": "customer", "finance": "finance"}


@dataclass(frozen=True)
class MoneyFacts:
    """What an order costs and what has come for it, in fen; the texts are payment numbers.

    A deposit is not asked for what is sold on credit, or delivered already.
    """

    order: str
    total_fen: int
    received_fen: int
    verified_fen: int
    deposit_fen: int = 0
    unverified: tuple[str, ...] = ()
    unreceipted: tuple[str, ...] = ()
    cheques: tuple[str, ...] = ()
    deposit_asked: bool = True

    @property
    def owed_fen(self) -> int:
        """What is still to be paid."""
        return self.total_fen - self.received_fen


def goods_may_go(
    facts: MoneyFacts, covering: Sequence[Gate], may: Mapping[str, tuple[str, ...]]
) -> list[Gate]:
    """The one place that decides whether goods go: paid and seen, or covered otherwise (C-04).

    `covering` are the gates of a guarantee with a limit, or of a contract by the month; none for a
    prepaid order. Whoever has paid in full needs no cover.
    """
    money = [
        paid_in_full(facts, may["payment.record"]),
        money_verified(facts, may["payment.verify"]),
    ]
    if not covering or all(gate.open for gate in money):
        return money
    return list(covering)


def settled(facts: MoneyFacts, roles: Sequence[str]) -> Gate:
    """What went out before its money has been paid for (RTL-DUT-03, RTL-DUT-07)."""
    paid = paid_in_full(facts, roles)
    return Gate("settled", ("RTL-DUT-03",), paid.open, paid.says, paid.opened_by, paid.command)


def paid_in_full(facts: MoneyFacts, roles: Sequence[str]) -> Gate:
    """The whole price has been received; a deposit alone is not enough (RTL-PRI-02, RTL-CTL-03)."""
    rules = ("RTL-PRI-02", "RTL-CTL-03")
    figures = {
        "total": Money(facts.total_fen),
        "received": Money(facts.received_fen),
        "owed": Money(facts.owed_fen),
    }
    if facts.owed_fen <= 0:
        return Gate("paid_in_full", rules, True, _("paid in full: {total}").format(**figures))
    return Gate(
        "paid_in_full",
        rules,
        False,
        _("{owed} of {total} still to be paid, {received} received").format(**figures),
        tuple(roles),
        f"kac payment record {facts.order} --amount {Money(facts.owed_fen).plain()} --ref …",
    )


def money_verified(facts: MoneyFacts, roles: Sequence[str]) -> Gate:
    """Finance has confirmed all that was received (RTL-PAY-03, RTL-PAY-04, RTL-DUT-07)."""
    rules = ("RTL-PAY-04", "RTL-PAY-03", "RTL-DUT-07")
    if not facts.received_fen:
        return Gate("money_verified", rules, True, _("no money has come yet"))
    if not facts.unverified:
        says = _("verified by finance: {verified}").format(verified=Money(facts.verified_fen))
        return Gate("money_verified", rules, True, says)
    if facts.cheques:
        return Gate(
            "money_verified",
            ("RTL-CTL-06", *rules),
            False,
            _("a cheque is no money until it has cleared: {numbers}").format(
                numbers=", ".join(facts.cheques)
            ),
            tuple(roles),
            f"kac cheque clear {facts.cheques[0]}",
        )
    return Gate(
        "money_verified",
        rules,
        False,
        _("not verified by finance yet: {numbers}").format(numbers=", ".join(facts.unverified)),
        tuple(roles),
        f"kac payment verify {facts.unverified[0]}",
    )


def money_arrived(number: str, order: str, state: str, roles: Sequence[str]) -> Gate:
    """What a customer announces is money when finance has taken it (RTL-ORD-12, BLK-MNY-01)."""
    rules = ("RTL-ORD-12", "BLK-MNY-01")
    if state != "declared":
        return Gate("money_arrived", rules, True, _("finance has taken it"))
    says = _("the customer says that it was sent; finance has not seen it")
    command = f"kac payment record {order} --declared {number}"
    return Gate("money_arrived", rules, False, says, tuple(roles), command)


def receipts_issued(facts: MoneyFacts, roles: Sequence[str]) -> Gate:
    """A receipt in two copies is out for all money received (RTL-DEP-03..05)."""
    rules = ("RTL-DEP-03", "RTL-DEP-04", "RTL-DEP-05")
    if not facts.received_fen:
        return Gate("receipts_issued", rules, True, _("no money has come yet"))
    if not facts.unreceipted:
        return Gate("receipts_issued", rules, True, _("receipts issued in two copies"))
    return Gate(
        "receipts_issued",
        rules,
        False,
        _("no receipt printed yet for {numbers}").format(numbers=", ".join(facts.unreceipted)),
        tuple(roles),
        f"kac payment print {facts.unreceipted[0]}",
    )


def not_a_cheque(number: str, method: str) -> Gate:
    """A cheque is money when it has cleared, not when somebody looks at it (RTL-CTL-06, A-48)."""
    return Gate(
        "not_a_cheque",
        ("RTL-CTL-06",),
        method != "cheque",
        _("{number} is a cheque: it counts when the bank has cleared it").format(number=number)
        if method == "cheque"
        else _(METHODS[method]),
        command=f"kac cheque clear {number}" if method == "cheque" else "",
    )


def deposit_first(facts: MoneyFacts, amount: Money) -> Gate:
    """What comes first and does not pay the whole price is the deposit, with the deposit's rules.

    RTL-DEP-06..09, RTL-ORD-09: a part payment cannot go round them.
    """
    whole = amount.fen >= facts.owed_fen
    return Gate(
        "deposit_first",
        ("RTL-DEP-06", "RTL-DEP-08"),
        whole or facts.deposit_fen > 0 or not facts.deposit_asked,
        _("{amount} of {owed}: what comes first and is not everything is the deposit").format(
            amount=amount, owed=Money(facts.owed_fen)
        ),
        command=f"kac deposit record {facts.order} --amount {amount.plain()} --ref …",
    )


def not_too_much(facts: MoneyFacts, amount: Money) -> Gate:
    """No more is taken than the order still costs (RTL-DUT-07)."""
    figures = {"amount": amount, "owed": Money(facts.owed_fen)}
    return Gate(
        "not_too_much",
        ("RTL-DUT-07",),
        amount.fen <= facts.owed_fen,
        _("{amount} offered, {owed} still owed").format(**figures),
    )
