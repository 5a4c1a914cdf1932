"""Rules of expenses: proved, signed and approved before the month's reimbursement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.values import dataclass
from kac.desk.approvals import rules as approvals
from kac.desk.approvals.rules import Signed, Step
from kac.desk.expenses.policy import ExpensePolicy

AFTER: dict[str, tuple[str, ...]] = {"till_receipt_kept": ("bags_approved",)}
NOT_ONES_OWN = frozenset({"bags_approved", "delivery_cost_signed"})
May = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ExpenseFacts:
    """An expense as its gates see it; `signers` are the people of the store who signed."""

    number: str
    kind: str
    state: str
    spender: str
    till_receipt: str
    signers: tuple[str, ...]
    request: str
    steps: tuple[Step, ...]
    signed: tuple[Signed, ...]


def cost_signed(facts: ExpenseFacts, policy: ExpensePolicy, may: May) -> Gate:
    """Two different people of the store sign the proof of a delivery cost (HYP-GDS-05)."""
    names = ", ".join(facts.signers) or _("nobody")
    says = _("signed in the store by {names}, {count} are needed").format(
        names=names, count=policy.delivery_signatures
    )
    enough = len(set(facts.signers)) >= policy.delivery_signatures
    if enough:
        return Gate("delivery_cost_signed", ("HYP-GDS-05",), True, says)
    command = f"kac expense sign {facts.number}"
    return Gate("delivery_cost_signed", ("HYP-GDS-05",), False, says, may["expense.sign"], command)


def another_hand(facts: ExpenseFacts, signer: str) -> Gate:
    """Whoever signed once, or spent the money, is not the other one of the two (HYP-GDS-05)."""
    rules = ("HYP-GDS-05", "A-56")
    if signer in facts.signers:
        says = _("{signer} has signed {number}: another person signs too").format(
            signer=signer, number=facts.number
        )
        return Gate("another_hand", rules, False, says)
    if signer == facts.spender:
        says = _("{signer} spent the money of {number}").format(signer=signer, number=facts.number)
        return Gate("another_hand", rules, False, says)
    return Gate("another_hand", rules, True, _("{signer} signs").format(signer=signer))


def receipt_kept(facts: ExpenseFacts, may: May) -> Gate:
    """The till receipt of bags is kept; without it nothing is reimbursed (HYP-BAG-03)."""
    if facts.till_receipt:
        says = _("till receipt {receipt}").format(receipt=facts.till_receipt)
        return Gate("till_receipt_kept", ("HYP-BAG-03",), True, says)
    return Gate(
        "till_receipt_kept",
        ("HYP-BAG-03",),
        False,
        _("no till receipt of {number}").format(number=facts.number),
        may["expense.receipt"],
        f"kac expense receipt {facts.number} --ref …",
    )


def bags_approved(facts: ExpenseFacts, may: May) -> list[Gate]:
    """The department approved the bags before they were bought (HYP-BAG-01)."""
    mend = f"kac expense drop {facts.number} --reason …"
    return approvals.gates(facts.request, facts.steps, facts.signed, may["expense.drop"], mend)


def own_purchase(facts: ExpenseFacts, actor: str) -> Gate:
    """The handling business manager buys the bags, and nobody else (HYP-BAG-02)."""
    says = _("{spender} handles it").format(spender=facts.spender)
    return Gate("bags_bought_by_handler", ("HYP-BAG-02",), actor == facts.spender, says)


def at_dispatching_store(store: str, location: str) -> Gate:
    """Bags are bought in the store that dispatches the goods (HYP-BAG-02)."""
    says = _("bought at {store}, the goods leave {location}").format(store=store, location=location)
    return Gate("bags_at_store", ("HYP-BAG-02",), store == location, says)


def to_reimburse(facts: ExpenseFacts, policy: ExpensePolicy, may: May) -> list[Gate]:
    """What must hold before an expense is reimbursed (HYP-GDS-05, HYP-BAG-01, HYP-BAG-03)."""
    if facts.kind == "delivery":
        return [cost_signed(facts, policy, may)]
    return [*bags_approved(facts, may), receipt_kept(facts, may)]


def month_over(month: str, today: date) -> Gate:
    """Expenses of a month are reimbursed together, at its end (HYP-BAG-04, HYP-GDS-06)."""
    ended = (today + timedelta(days=1)).strftime("%Y-%m") > month
    says = _("{month} on {day}").format(month=month, day=today)
    return Gate("month_over", ("HYP-BAG-04", "HYP-GDS-06"), ended, says)
