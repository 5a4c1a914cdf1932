"""Rules of the sale of cards: signed for before they are made, receipted before they are owed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.approvals import rules as approvals
from kac.desk.approvals.rules import Signed, Step
from kac.desk.credits import rules as credits
from kac.desk.credits.rules import CreditStanding

AFTER: dict[str, tuple[str, ...]] = {
    "iou_signed": ("iou_written",),
    "iou_on_paper": ("iou_written", "iou_signed"),
    "cards_made": (
        *("iou_written", "iou_signed", "not_rejected", "iou_on_paper"),
        *("credit_applied", "credit_in_force", "credit_approved", "credit_room"),
    ),
    "card_receipt_written": ("cards_made",),
    "cards_delivered": ("cards_made", "card_receipt_written"),
    "card_invoice_agreed": ("cards_delivered",),
    "cards_paid": ("cards_delivered", "card_invoice_agreed"),
    "iou_withdrawn": ("cards_paid",),
}
OF_CLERKS = frozenset({"iou_written", "iou_on_paper", "cards_made", "cards_delivered"})
NOT_ONES_OWN = frozenset({"iou_signed"})
May = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class CardSaleFacts:
    """A sale of cards as its gates see it; amounts in fen.

    `worth_fen` is what the customer keeps of it, `settled_fen` what finance has, `carried_fen`
    what was reported and not settled yet. `iou` is the living one, empty where there is none.
    """

    number: str
    state: str
    mode: str
    customer: str
    customer_name: str
    amount_fen: int
    worth_fen: int
    settled_fen: int
    carried_fen: int
    iou: str
    iou_state: str
    iou_copies: int
    request: str
    steps: tuple[Step, ...]
    signed: tuple[Signed, ...]
    receipt: str
    invoice_content: str
    credit: CreditStanding | None
    today: date

    @property
    def on_credit(self) -> bool:
        """Whether it is sold on credit."""
        return self.mode == credits.SOLD_ON_CREDIT

    @property
    def owed_fen(self) -> int:
        """What finance does not have yet of what the customer keeps."""
        return self.worth_fen - self.settled_fen


def to_make(facts: CardSaleFacts, may: May) -> list[Gate]:
    """What must hold before the window makes cards (HYP-CRD-01..04, HYP-CRE-05)."""
    if facts.on_credit:
        return credits.to_sell(facts.credit, facts.amount_fen, facts.today)
    return [iou_written(facts, may), *iou_signatures(facts, may), iou_on_paper(facts, may)]


def iou_written(facts: CardSaleFacts, may: May) -> Gate:
    """An IOU is written when cards are ordered (HYP-CRD-01)."""
    if facts.iou:
        says = _("{iou} is written").format(iou=facts.iou)
        return Gate("iou_written", ("HYP-CRD-01",), True, says)
    return Gate(
        "iou_written",
        ("HYP-CRD-01",),
        False,
        _("no IOU is written for {number}").format(number=facts.number),
        may["iou.write"],
        f"kac iou write {facts.number}",
    )


def iou_signatures(facts: CardSaleFacts, may: May) -> list[Gate]:
    """The IOU is signed by whom its amount asks for (HYP-CRD-02, HYP-CRD-03, A-15)."""
    if not facts.iou:
        return []
    mend = f"kac iou void {facts.iou} --reason …"
    return approvals.gates(facts.request, facts.steps, facts.signed, may["iou.void"], mend)


def iou_on_paper(facts: CardSaleFacts, may: May) -> Gate:
    """The signed IOU lies at the window, where it is withdrawn later (HYP-CRD-04, HYP-CRD-06)."""
    rules = ("HYP-CRD-01", "HYP-CRD-06")
    if facts.iou_copies:
        return Gate("iou_on_paper", rules, True, _("the window holds the IOU"))
    return Gate(
        "iou_on_paper",
        rules,
        False,
        _("the IOU is not on paper yet"),
        may["iou.print"],
        f"kac iou print {facts.iou}" if facts.iou else "",
    )


def cards_worth(wanted_fen: int, facts: CardSaleFacts) -> Gate:
    """The cards made are worth what was signed for, to the fen (HYP-CRD-04)."""
    says = _("cards worth {wanted} for {amount}").format(
        wanted=Money(wanted_fen), amount=Money(facts.amount_fen)
    )
    return Gate("cards_worth_it", ("HYP-CRD-04",), wanted_fen == facts.amount_fen, says)


def cards_made(facts: CardSaleFacts, may: May) -> Gate:
    """The window has made the cards (HYP-CRD-04, HYP-CRD-07)."""
    rules = ("HYP-CRD-07",) if facts.on_credit else ("HYP-CRD-04",)
    if facts.state != "ordered":
        return Gate("cards_made", rules, True, _("the cards are made"))
    return Gate(
        "cards_made",
        rules,
        False,
        _("no cards are made yet for {amount}").format(amount=Money(facts.amount_fen)),
        may["card.make"],
        f"kac card make {facts.number} --cards …",
    )


def receipt_written(facts: CardSaleFacts, may: May) -> Gate:
    """On credit the customer writes a receipt on taking the cards (HYP-CRD-08, A-58)."""
    rules = ("HYP-CRD-08", "HYP-CRD-09")
    if facts.receipt:
        says = _("receipt by {signer}").format(signer=facts.receipt)
        return Gate("card_receipt_written", rules, True, says)
    return Gate(
        "card_receipt_written",
        rules,
        False,
        _("{customer} has written no receipt").format(customer=facts.customer_name),
        may["card.receipt"],
        f"kac card receipt {facts.number} --amount {Money(facts.worth_fen).plain()} --words …",
    )


def cards_delivered(facts: CardSaleFacts, may: May) -> Gate:
    """The customer has the cards (HYP-CRD-05)."""
    if facts.state in ("delivered", "settled"):
        return Gate("cards_delivered", ("HYP-CRD-05",), True, _("the cards are delivered"))
    return Gate(
        "cards_delivered",
        ("HYP-CRD-05",),
        False,
        _("the cards are not with the customer yet"),
        may["card.deliver"],
        f"kac card deliver {facts.number} --to …",
    )


def to_deliver(facts: CardSaleFacts, may: May) -> list[Gate]:
    """What must hold before cards leave the window."""
    if facts.on_credit:
        return [*to_make(facts, may), cards_made(facts, may), receipt_written(facts, may)]
    return [*to_make(facts, may), cards_made(facts, may)]


def invoice_agreed(facts: CardSaleFacts, may: May) -> Gate:
    """On credit what the invoice says is agreed before money is collected (HYP-CRD-11, C-14)."""
    if facts.invoice_content:
        says = _("invoice content agreed: {content}").format(content=facts.invoice_content)
        return Gate("card_invoice_agreed", ("HYP-CRD-11",), True, says)
    return Gate(
        "card_invoice_agreed",
        ("HYP-CRD-11",),
        False,
        _("what the invoice says is not agreed yet"),
        may["card.invoice"],
        f"kac card invoice {facts.number} --content …",
    )


def to_collect(facts: CardSaleFacts, may: May) -> list[Gate]:
    """What must hold before money is taken for cards."""
    gates = [cards_delivered(facts, may)]
    return [*gates, invoice_agreed(facts, may)] if facts.on_credit else gates


def paid(facts: CardSaleFacts, may: May) -> Gate:
    """Finance has the whole price of what the customer keeps (HYP-CRD-06)."""
    figures = {
        "owed": Money(facts.owed_fen),
        "worth": Money(facts.worth_fen),
        "settled": Money(facts.settled_fen),
        "carried": Money(facts.carried_fen),
    }
    if facts.owed_fen <= 0:
        says = _("settled in full: {worth}").format(**figures)
        return Gate("cards_paid", ("HYP-CRD-06",), True, says)
    says = _("{owed} of {worth} not settled: {settled} settled, {carried} on its way")
    return Gate(
        "cards_paid",
        ("HYP-CRD-06",),
        False,
        says.format(**figures),
        may["day.item"],
        f"kac day item {facts.number} --amount {Money(facts.owed_fen).plain()} --funds …",
    )


def iou_withdrawn(facts: CardSaleFacts, may: May) -> Gate:
    """The IOU goes back when all is paid (HYP-CRD-06)."""
    if facts.iou_state == "withdrawn":
        says = _("{iou} is withdrawn").format(iou=facts.iou)
        return Gate("iou_withdrawn", ("HYP-CRD-06",), True, says)
    return Gate(
        "iou_withdrawn",
        ("HYP-CRD-06",),
        False,
        _("{iou} still lies at the window").format(iou=facts.iou or _("the IOU")),
        may["iou.withdraw"],
        f"kac iou withdraw {facts.iou}" if facts.iou else "",
    )


def to_void(facts: CardSaleFacts, may: May) -> list[Gate]:
    """A sale is void only after its IOU is, and with no card left outside (HYP-CRD-01)."""
    says = _("no IOU stands for it")
    if facts.iou:
        says = _("{iou} stands for it").format(iou=facts.iou)
    command = f"kac iou void {facts.iou} --reason …" if facts.iou else ""
    outside = facts.state == "delivered" and facts.worth_fen > 0
    out = _("cards worth {worth} are with the customer").format(worth=Money(facts.worth_fen))
    if not outside:
        out = _("no card is with the customer")
    return [
        Gate("no_iou_left", ("HYP-CRD-01",), not facts.iou, says, may["iou.void"], command),
        Gate("no_card_outside", ("HYP-CRD-05",), not outside, out, may["card.return"]),
    ]


def money_at_rest(value_fen: int, facts: CardSaleFacts) -> Gate:
    """Cards that are paid for come back when no money for them is on its way any more.

    HYP-CRD-07, RTL-SHT-15: what finance has is given back by a refund, what it has not is not.
    """
    room = facts.owed_fen - facts.carried_fen
    says = _("cards worth {value} come back, {room} is unpaid").format(
        value=Money(value_fen), room=Money(room)
    )
    if facts.carried_fen:
        says = _("{says}, {carried} on its way").format(says=says, carried=Money(facts.carried_fen))
    at_rest = value_fen <= room or not facts.carried_fen
    return Gate("cards_unpaid", ("HYP-CRD-07",), at_rest, says, (), "kac day items")


def words_equal_figures(words_fen: int, figures_fen: int, facts: CardSaleFacts) -> list[Gate]:
    """Words, figures and the worth of the cards are one amount (HYP-CRD-09)."""
    told = {
        "words": Money(words_fen),
        "figures": Money(figures_fen),
        "worth": Money(facts.worth_fen),
    }
    rules = ("HYP-CRD-09",)
    return [
        Gate(
            "receipt_words",
            rules,
            words_fen == figures_fen,
            _("the words say {words}, the figures {figures}").format(**told),
        ),
        Gate(
            "receipt_amount",
            rules,
            figures_fen == facts.worth_fen,
            _("the figures say {figures}, the cards are worth {worth}").format(**told),
        ),
    ]


def checklist(facts: CardSaleFacts, may: May) -> list[Gate]:
    """All gates of a sale in the order of its life; a void one has none."""
    if facts.state == "voided":
        return []
    ahead = to_deliver(facts, may)
    if facts.state in ("delivered", "settled") and facts.on_credit:
        ahead = [cards_made(facts, may), receipt_written(facts, may)]
    gates = [*ahead, *to_collect(facts, may), paid(facts, may)]
    return gates if facts.on_credit else [*gates, iou_withdrawn(facts, may)]


def seal_told(sealed: bool, why: str) -> str:
    """How a receipt stands without the customer's seal, which needs a reason (A-58)."""
    return _("sealed") if sealed else _("not sealed: {reason}").format(reason=why)
