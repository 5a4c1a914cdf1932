"""Rules of the security deposit: for what it is taken, and when it is free to go back."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.payments.rules import METHODS

RECEIPT_COPIES = {"customer": "customer", "finance": "finance"}
LIVING = ("draft", "submitted", "executing")


@dataclass(frozen=True)
class HeldFacts:
    """What stands behind a customer's contract when one deposit goes back; amounts in fen.

    `left_fen` are the verified deposits that remain, `taken_fen` the pick-ups of the month with
    the slips that wait, `owed_fen` what was sold by the month and is not paid for.
    """

    contract: str
    living: bool
    needed: bool
    left_fen: int
    taken_fen: int
    owed_fen: int


def of_supply(contract: str, kind: str, state: str) -> Gate:
    """Security is taken under a long-term supply contract that is not over (RTL-MTH-03)."""
    fit = kind == "supply" and state in LIVING
    says = _("{contract} is a long-term supply contract").format(contract=contract)
    if not fit:
        says = _("{contract} is no living long-term supply contract").format(contract=contract)
    return Gate("security_of_supply", ("RTL-MTH-03",), fit, says)


def method_allowed(method: str, methods: Sequence[str]) -> Gate:
    """Security comes by a way that the policy names (RTL-MTH-03, C-06)."""
    return Gate(
        "security_method",
        ("RTL-MTH-03",),
        method in methods,
        _("{method}, of: {methods}").format(
            method=_(METHODS[method]), methods=", ".join(_(METHODS[each]) for each in methods)
        ),
    )


def free_to_go(facts: HeldFacts) -> Gate:
    """What remains still covers what was picked up this month and what is owed.

    RTL-MTH-03, RTL-MTH-04, A-46: a company without credit keeps one as long as its contract lives.
    """
    rules = ("RTL-MTH-03", "RTL-MTH-04")
    wanted = max(facts.taken_fen, facts.owed_fen)
    figures = {
        "contract": facts.contract,
        "left": Money(facts.left_fen),
        "taken": Money(facts.taken_fen),
        "owed": Money(facts.owed_fen),
    }
    if facts.living and facts.needed and not facts.left_fen:
        says = _("{contract} lives by it: no other security and no credit").format(**figures)
        return Gate("security_free", rules, False, says)
    says = _("{left} remain; {taken} picked up this month, {owed} owed").format(**figures)
    return Gate("security_free", rules, facts.left_fen >= wanted, says)
