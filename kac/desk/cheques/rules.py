"""Rules of the cheque: whose eyes the seal had, how long it is good, when it is money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kac.core.errors import NotPermitted
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.cheques.policy import ChequePolicy

# What the steps of a cheque wait for; the manager is told beside them and holds nothing up.
AFTER: dict[str, tuple[str, ...]] = {
    "cheque_presented": ("seal_matches",),
    "cheque_cleared": ("seal_matches", "cheque_presented"),
}
# Under which verb each step stands: at the retail desk, and at the hypermarket's finance window,
# where the auditor's voucher is the word that the bank has paid.
DESK_VERBS = {
    "check_seal": "cheque.check_seal",
    "hand_back": "cheque.hand_back",
    "bank": "cheque.bank",
    "clear": "cheque.clear",
    "bounce": "cheque.bounce",
}
WINDOW_VERBS = {
    "check_seal": "day.check_seal",
    "hand_back": "day.return",
    "bank": "day.present",
    "clear": "day.voucher",
    "bounce": "day.return",
}
NOT_ONES_OWN = frozenset({"seal_matches", "cheque_cleared"})
OF_CLERKS = frozenset({"cheque_presented"})


@dataclass(frozen=True)
class ChequeFacts:
    """A cheque as its gates see it; `told_by` and `checked_by` are persons, empty where nobody did.

    `payment` is what it is meant to be at the retail desk, `item` at the hypermarket's window.
    """

    number: str
    payment: str
    state: str
    amount_fen: int
    issued_on: date
    told_by: str = ""
    checked_by: str = ""
    item: str = ""

    @property
    def verbs(self) -> Mapping[str, str]:
        """The verbs that its steps stand under, by where it was taken."""
        return WINDOW_VERBS if self.item else DESK_VERBS


def last_day(issued_on: date, policy: ChequePolicy) -> date:
    """The last day on which a bank takes the cheque."""
    return issued_on + timedelta(days=policy.valid_days)


def cheque_good(issued_on: date, policy: ChequePolicy, on: date) -> Gate:
    """A cheque is presented from its date until it lapses; else the bank sends it back."""
    last = last_day(issued_on, policy)
    return Gate(
        "cheque_good",
        ("RTL-CTL-05",),
        issued_on <= on <= last,
        _("dated {issued}, good until {last}, today is {on}").format(
            issued=issued_on, last=last, on=on
        ),
    )


def not_lapsed(issued_on: date, policy: ChequePolicy, on: date) -> Gate:
    """A lapsed cheque is not taken; one of a later date may wait for its day."""
    last = last_day(issued_on, policy)
    return Gate(
        "cheque_not_lapsed",
        ("RTL-CTL-05",),
        on <= last,
        _("dated {issued}, good until {last}").format(issued=issued_on, last=last),
    )


def manager_told(facts: ChequeFacts, roles: Sequence[str]) -> Gate:
    """The manager, or the manager on duty, knows that somebody pays by cheque (BLK-ESC-02)."""
    rules = ("BLK-ESC-02",)
    if facts.told_by:
        return Gate("manager_told", rules, True, _("{who} knows").format(who=facts.told_by))
    says = _("{amount} by cheque: the manager on duty is to know").format(
        amount=Money(facts.amount_fen)
    )
    command = f"kac cheque acknowledge {facts.number}"
    return Gate("manager_told", rules, False, says, tuple(roles), command)


def seal_matches(facts: ChequeFacts, roles: Sequence[str]) -> Gate:
    """A named person has compared the seal with the specimen on file (RTL-CTL-05)."""
    rules = ("RTL-CTL-05",)
    if facts.checked_by:
        says = _("seal compared by {who}").format(who=facts.checked_by)
        return Gate("seal_matches", rules, True, says)
    return Gate(
        "seal_matches",
        rules,
        False,
        _("the seal has not been compared with the specimen"),
        tuple(roles),
        f"kac cheque check-seal {facts.number} --specimen …",
    )


def presented(facts: ChequeFacts, policy: ChequePolicy, roles: Sequence[str]) -> Gate:
    """The bank has the cheque, in time."""
    rules = ("RTL-CTL-06",)
    if facts.state in ("presented", "cleared"):
        return Gate("cheque_presented", rules, True, _("the bank has it"))
    says = _("not at the bank yet; good until {last}").format(
        last=last_day(facts.issued_on, policy)
    )
    command = f"kac cheque bank {facts.number}"
    return Gate("cheque_presented", rules, False, says, tuple(roles), command)


def cleared(facts: ChequeFacts, roles: Sequence[str]) -> Gate:
    """The bank has paid: only then is it money (RTL-CTL-06, A-48)."""
    rules = ("RTL-CTL-06",)
    if facts.state == "cleared":
        return Gate("cheque_cleared", rules, True, _("cleared"))
    says = _("{amount} has not cleared: no goods go for it").format(amount=Money(facts.amount_fen))
    command = f"kac cheque clear {facts.number} --ref …"
    return Gate("cheque_cleared", rules, False, says, tuple(roles), command)


def steps(
    facts: ChequeFacts, policy: ChequePolicy, may: Mapping[str, tuple[str, ...]]
) -> list[Gate]:
    """Everything that a cheque is waiting for until it is money.

    BLK-ESC-02 is a rule of the retail desk: at the window no manager is told.
    """
    told = [] if facts.item else [manager_told(facts, may["cheque.acknowledge"])]
    return [
        *told,
        seal_matches(facts, may[facts.verbs["check_seal"]]),
        presented(facts, policy, may[facts.verbs["bank"]]),
        cleared(facts, may[facts.verbs["clear"]]),
    ]


def refuse_own(taken_by: str, actor: str, number: str) -> None:
    """Pass unless who took a cheque would compare its seal or say that it cleared (A-56)."""
    if taken_by == actor:
        raise NotPermitted(
            _("{actor} took {number} and may not judge it").format(actor=actor, number=number),
            rules=["RTL-CTL-05", "A-56"],
        )


# What a cheque of the window may be while its item is in a state.
_OF_ITEM = {
    "with_manager": ("taken", "checked"),
    "in_custody": ("taken", "checked"),
    "at_bank": ("presented", "cleared"),
    "settled": ("cleared",),
    "returned": ("bounced", "handed_back", "cleared"),
}


def agree(item_state: str, cheque_state: str, vouched: bool) -> bool:
    """Whether an item and its cheque say the same, and the voucher is there when it cleared."""
    fits = cheque_state in _OF_ITEM[item_state]
    return fits and (cheque_state == "cleared") == vouched
