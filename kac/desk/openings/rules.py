"""Rules of opening balances: two persons, and only into books that are empty of the kind."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.errors import NotPermitted
from kac.core.gates import Gate
from kac.core.i18n import N_, _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.ledger.chart import CARD_LIABILITY, CUSTOMER_DEPOSITS, RECEIVABLE, SECURITY_DEPOSITS

RULES = ("A-56", "CRH-DAT-02")
AFTER: dict[str, tuple[str, ...]] = {}
# What each kind is, and the account that it stands on.
KINDS = {
    "owed": N_("owed by a customer"),
    "deposit": N_("held for a customer"),
    "security": N_("security deposit"),
    "cards": N_("gift cards in customers' hands"),
}
ACCOUNTS = {
    "owed": RECEIVABLE,
    "deposit": CUSTOMER_DEPOSITS,
    "security": SECURITY_DEPOSITS,
    "cards": CARD_LIABILITY,
}


@dataclass(frozen=True)
class SheetFacts:
    """A sheet as the rules look at it; `booked` are kinds on whose accounts something stands."""

    number: str
    proposed_by: str
    state: str
    kinds: tuple[str, ...]
    booked: tuple[str, ...] = ()


def opening_confirmed(facts: SheetFacts, roles: Sequence[str]) -> Gate:
    """A second person has confirmed or rejected the balances (A-56)."""
    if facts.state != "waiting":
        return Gate("opening_confirmed", RULES, True, _("the balances are decided"))
    return Gate(
        "opening_confirmed",
        RULES,
        False,
        _("opening balances wait for a second person"),
        tuple(roles),
        f"kac opening confirm {facts.number}",
    )


def books_are_empty(facts: SheetFacts) -> Gate:
    """Opening balances come before everything else of their kind (CRH-DAT-02)."""
    taken = [kind for kind in facts.kinds if kind in facts.booked]
    says = _("nothing stands on these accounts yet")
    if taken:
        says = _("the books have entries of this kind already: {kinds}").format(
            kinds=", ".join(_(KINDS[kind]) for kind in taken)
        )
    return Gate("opening_empty", ("CRH-DAT-02",), not taken, says)


def not_above(amount: Money, owed: Money, free: Money) -> Gate:
    """No more is settled than is owed, nor more than the payment has for nothing yet."""
    return Gate(
        "opening_settled",
        ("RTL-DUT-07",),
        amount.fen <= min(owed.fen, free.fen),
        _("{amount} wanted, {owed} owed, {free} of the payment free").format(
            amount=amount, owed=owed, free=free
        ),
    )


def refuse_own(facts: SheetFacts, actor: str) -> None:
    """Pass unless the one who brought the balances would confirm them too (A-56)."""
    if facts.proposed_by != actor:
        return
    raise NotPermitted(
        _("{actor} proposed {number} and may not confirm it").format(
            actor=actor, number=facts.number
        ),
        rules=["A-56"],
        fix=[f"kac opening show {facts.number}"],
    )
