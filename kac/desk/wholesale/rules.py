"""Rules of the wholesale: one step after the other, and always a proof that the goods arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.credits import rules as credits
from kac.desk.credits.rules import CreditStanding
from kac.desk.stock.rules import Supply

AFTER: dict[str, tuple[str, ...]] = {
    "goods_prepared": ("goods_priced", "goods_at_store"),
    "goods_booked": (
        *("goods_prepared", "credit_applied", "credit_in_force", "credit_approved", "credit_room"),
    ),
    "goods_invoiced": ("goods_prepared", "goods_paid"),
    "goods_delivered": ("goods_prepared", "goods_booked", "goods_invoiced"),
    "goods_invoice_agreed": ("goods_delivered",),
    "goods_paid": ("goods_prepared", "goods_invoice_agreed"),
}
OF_CLERKS = frozenset({"goods_prepared", "goods_booked", "goods_delivered", "goods_paid"})
_PREPARED = ("prepared", "booked", "delivered", "settled")
_GONE = ("delivered", "settled")
May = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class WholesaleFacts:
    """A wholesale as its gates see it; amounts in fen, `unpriced` are lines without a price."""

    number: str
    state: str
    mode: str
    customer_name: str
    total_fen: int
    unpriced: tuple[str, ...]
    settled_fen: int
    carried_fen: int
    supplies: tuple[Supply, ...]
    issuer: str
    invoice_number: str
    invoice_content: str
    credit: CreditStanding | None
    today: date

    @property
    def on_credit(self) -> bool:
        """Whether it is booked on account."""
        return self.mode == credits.SOLD_ON_CREDIT

    @property
    def owed_fen(self) -> int:
        """What finance does not have yet of the price."""
        return self.total_fen - self.settled_fen


def priced(facts: WholesaleFacts, may: May) -> Gate:
    """Purchasing sets the price of every line (HYP-GDS-02)."""
    if not facts.unpriced:
        says = _("priced at {total}").format(total=Money(facts.total_fen))
        return Gate("goods_priced", ("HYP-GDS-02",), True, says)
    return Gate(
        "goods_priced",
        ("HYP-GDS-02",),
        False,
        _("no price yet for {goods}").format(goods=", ".join(facts.unpriced)),
        may["wholesale.price"],
        f"kac wholesale price {facts.number} --line CODE@PRICE …",
    )


def at_store(facts: WholesaleFacts) -> Gate:
    """The store has what was selected, and nobody else is promised it (HYP-GDS-01)."""
    short = [supply for supply in facts.supplies if supply.short]
    says = "; ".join(supply.says() for supply in short) or _("stock covers every line")
    open_ = not short or facts.state in _PREPARED
    return Gate("goods_at_store", ("HYP-GDS-01",), open_, says, (), "kac stock list")


def prepared(facts: WholesaleFacts, may: May) -> Gate:
    """The store has set the goods aside (HYP-GDS-01)."""
    if facts.state in _PREPARED:
        return Gate("goods_prepared", ("HYP-GDS-01",), True, _("the goods are prepared"))
    return Gate(
        "goods_prepared",
        ("HYP-GDS-01",),
        False,
        _("the store has not prepared the goods"),
        may["wholesale.prepare"],
        f"kac wholesale prepare {facts.number}",
    )


def paid(facts: WholesaleFacts, may: May) -> Gate:
    """Finance has the whole price (HYP-GDS-01, HYP-GDS-07, HYP-GDS-08)."""
    rules = ("HYP-GDS-07", "HYP-GDS-08") if facts.on_credit else ("HYP-GDS-01", "HYP-GDS-03")
    figures = {
        "owed": Money(facts.owed_fen),
        "total": Money(facts.total_fen),
        "carried": Money(facts.carried_fen),
        "issuer": facts.issuer,
    }
    if facts.owed_fen <= 0:
        return Gate("goods_paid", rules, True, _("settled in full: {total}").format(**figures))
    says = _("{owed} of {total} not settled, {carried} on its way")
    if facts.on_credit and facts.issuer:
        says = _("{owed} of {total} not settled, {carried} on its way; {issuer} follows it up")
    return Gate(
        "goods_paid",
        rules,
        False,
        says.format(**figures),
        may["day.item"],
        f"kac day item {facts.number} --amount {Money(facts.owed_fen).plain()} --funds …",
    )


def invoiced(facts: WholesaleFacts, may: May) -> Gate:
    """Spot goods leave with their tax invoice, opened after payment (HYP-GDS-03)."""
    if facts.invoice_number:
        says = _("tax invoice {number}").format(number=facts.invoice_number)
        return Gate("goods_invoiced", ("HYP-GDS-03",), True, says)
    return Gate(
        "goods_invoiced",
        ("HYP-GDS-03",),
        False,
        _("no tax invoice is opened yet"),
        may["wholesale.invoice"],
        f"kac wholesale invoice {facts.number} --ref …",
    )


def booked(facts: WholesaleFacts, may: May) -> Gate:
    """Goods on credit are booked by a wholesale slip; its issuer follows the debt up (HYP-GDS-08).

    HYP-GDS-07, HYP-CRE-06, HYP-CRE-07.
    """
    rules = ("HYP-GDS-07", "HYP-GDS-08")
    if facts.issuer:
        says = _("booked on account; {issuer} follows it up").format(issuer=facts.issuer)
        return Gate("goods_booked", rules, True, says)
    return Gate(
        "goods_booked",
        rules,
        False,
        _("no slip books the goods on account"),
        may["wholesale.book"],
        f"kac wholesale book {facts.number}",
    )


def proof(slip_by: str, list_by: str, reason: str, on_credit: bool) -> Gate:
    """Exactly one proof of receipt: the slip's customer box, or a list by hand with its reason.

    HYP-GDS-09, HYP-GDS-10, A-58.
    """
    rules = ("HYP-GDS-09", "HYP-GDS-10", "A-58")
    says = _("signed by {person}").format(person=slip_by or list_by)
    if not slip_by and not list_by:
        says = _("neither a signed slip nor a list by the customer's hand")
    elif slip_by and list_by:
        says = _("a signed slip and a list by hand: one of the two")
    elif list_by and not reason:
        says = _("a list by hand needs the reason why no slip is shown")
    whole = bool(slip_by) != bool(list_by) and (not list_by or bool(reason))
    return Gate("receipt_proved", rules, whole, says)


def delivered(facts: WholesaleFacts, may: May) -> Gate:
    """The customer has the goods."""
    if facts.state in _GONE:
        return Gate("goods_delivered", ("HYP-GDS-09",), True, _("the goods are delivered"))
    return Gate(
        "goods_delivered",
        ("HYP-GDS-09",),
        False,
        _("the goods are not with the customer yet"),
        may["wholesale.deliver"],
        f"kac wholesale deliver {facts.number} --signed-by …",
    )


def invoice_agreed(facts: WholesaleFacts, may: May) -> Gate:
    """On credit what the invoice says is agreed before money is collected (HYP-GDS-11, C-14)."""
    if facts.invoice_content:
        says = _("invoice content agreed: {content}").format(content=facts.invoice_content)
        return Gate("goods_invoice_agreed", ("HYP-GDS-11",), True, says)
    return Gate(
        "goods_invoice_agreed",
        ("HYP-GDS-11",),
        False,
        _("what the invoice says is not agreed yet"),
        may["wholesale.agree"],
        f"kac wholesale agree {facts.number} --content …",
    )


def to_book(facts: WholesaleFacts, may: May) -> list[Gate]:
    """What must hold before goods are booked on account (HYP-CRE-05, HYP-GDS-07)."""
    return [
        prepared(facts, may),
        *credits.to_sell(facts.credit, facts.total_fen, facts.today),
    ]


def to_deliver(facts: WholesaleFacts, may: May) -> list[Gate]:
    """What must hold before goods leave: no step before the one ahead of it (HYP-GDS-01/07)."""
    if facts.on_credit:
        return [prepared(facts, may), booked(facts, may)]
    return [prepared(facts, may), paid(facts, may), invoiced(facts, may)]


def to_collect(facts: WholesaleFacts, may: May) -> list[Gate]:
    """What must hold before money is taken for goods."""
    if facts.on_credit:
        return [delivered(facts, may), invoice_agreed(facts, may)]
    return [prepared(facts, may)]


def unpaid(facts: WholesaleFacts) -> Gate:
    """A sale is void only when no money came for it, or all of it went back."""
    money = facts.settled_fen + facts.carried_fen
    says = _("{amount} came for it").format(amount=Money(money))
    return Gate("goods_unpaid", ("HYP-FIN-06",), not money, says, (), "kac day items")


def checklist(facts: WholesaleFacts, may: May) -> list[Gate]:
    """All gates of a wholesale in the order of its life; a void one has none."""
    if facts.state == "voided":
        return []
    ahead: Sequence[Gate] = [priced(facts, may), at_store(facts), prepared(facts, may)]
    if not facts.on_credit:
        return [*ahead, paid(facts, may), invoiced(facts, may), delivered(facts, may)]
    credit = [] if facts.issuer else to_book(facts, may)[1:]
    return [
        *ahead,
        *credit,
        booked(facts, may),
        delivered(facts, may),
        invoice_agreed(facts, may),
        paid(facts, may),
    ]
