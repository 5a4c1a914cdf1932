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
    "goods_money_back": ("goods_red_invoiced",),
}
OF_CLERKS = frozenset({"goods_prepared", "goods_booked", "goods_delivered", "goods_paid"})
_PREPARED = ("prepared", "booked", "delivered", "settled")
_GONE = ("delivered", "settled")
May = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class WholesaleFacts:
    """A wholesale as its gates see it; amounts in fen, `unpriced` are lines without a price.

    `worth_fen` is what the customer keeps of the total, `invoiced_fen` what the tax invoice says
    and `red_fen` what was taken off it by red ones.
    """

    number: str
    state: str
    mode: str
    customer_name: str
    total_fen: int
    worth_fen: int
    unpriced: tuple[str, ...]
    settled_fen: int
    carried_fen: int
    supplies: tuple[Supply, ...]
    issuer: str
    invoice_number: str
    invoice_content: str
    credit: CreditStanding | None
    today: date
    invoiced_fen: int = 0
    red_fen: int = 0
    back_fen: int = 0

    @property
    def on_credit(self) -> bool:
        """Whether it is booked on account."""
        return self.mode == credits.SOLD_ON_CREDIT

    @property
    def owed_fen(self) -> int:
        """What finance does not have yet of what the customer keeps."""
        return self.worth_fen - self.settled_fen

    @property
    def red_due_fen(self) -> int:
        """What the tax invoice says above what the customer keeps."""
        return max(0, self.invoiced_fen - self.red_fen - self.worth_fen)


def price_of(unit_price_fen: int, quantity: int, scale: int) -> int:
    """What base units cost at a price per selling unit, in fen, half up."""
    return (2 * unit_price_fen * quantity + scale) // (2 * scale)


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
        "total": Money(facts.worth_fen),
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


def kept(facts: WholesaleFacts) -> Gate:
    """There is something to invoice: not all of it came back (HYP-GDS-03)."""
    says = _("the customer keeps goods for {amount}").format(amount=Money(facts.worth_fen))
    return Gate("goods_kept", ("HYP-GDS-03",), facts.worth_fen > 0, says)


def red_invoiced(facts: WholesaleFacts, may: May) -> Gate:
    """A tax invoice says what the customer keeps: for goods that came back a red one is opened.

    HYP-GDS-03, C-14.
    """
    due = Money(facts.red_due_fen)
    if not due:
        says = _("no tax invoice says more than the customer keeps")
        return Gate("goods_red_invoiced", ("HYP-GDS-03", "C-14"), True, says)
    says = _("tax invoice {number} says {due} more than the customer keeps").format(
        number=facts.invoice_number, due=due
    )
    command = f"kac wholesale red {facts.number} --ref …"
    return Gate(
        "goods_red_invoiced", ("HYP-GDS-03", "C-14"), False, says, may["wholesale.red"], command
    )


def given_back(facts: WholesaleFacts, may: May) -> Gate:
    """What was paid for goods that came back is owed back, by a refund (RTL-SHT-14, RTL-SHT-15)."""
    due = Money(facts.back_fen)
    if not due:
        says = _("nothing is to be given back")
        return Gate("goods_money_back", ("RTL-SHT-15",), True, says)
    says = _("{amount} was paid for goods that came back").format(amount=due)
    command = f"kac refund request {facts.number} --amount {due.plain()} --reason …"
    return Gate("goods_money_back", ("RTL-SHT-15",), False, says, may["refund.request"], command)


def money_at_rest(value_fen: int, facts: WholesaleFacts) -> Gate:
    """Goods come back when no money for them is on its way any more, or enough is unpaid.

    RTL-SHT-15: what finance has is given back by a refund, what it has not is not.
    """
    room = facts.owed_fen - facts.carried_fen
    says = _("goods for {value} come back, {room} is unpaid").format(
        value=Money(value_fen), room=Money(room)
    )
    if facts.carried_fen:
        says = _("{says}, {carried} on its way").format(says=says, carried=Money(facts.carried_fen))
    at_rest = value_fen <= room or not facts.carried_fen
    return Gate("goods_money_at_rest", ("RTL-SHT-15",), at_rest, says, (), "kac day items")


def still_there(name: str, wanted: str, left: str, enough: bool) -> Gate:
    """No more comes back than the customer has (RTL-SHT-15)."""
    says = _("{wanted} of {name} come back, the customer has {left}").format(
        wanted=wanted, name=name, left=left
    )
    return Gate("goods_still_there", ("RTL-SHT-15",), enough, says)


def another_hand(actor: str, sellers: Sequence[str], number: str) -> Gate:
    """Who sold goods does not count them in again (A-56)."""
    says = _("{actor} counts the goods of {number} in").format(actor=actor, number=number)
    if actor in sellers:
        says = _("{actor} sold {number}: another person counts its goods in").format(
            actor=actor, number=number
        )
    return Gate("goods_other_hand", ("A-56",), actor not in sellers, says)


def none_back(facts: WholesaleFacts) -> Gate:
    """A sale of which goods came back is not void: the rest comes back the same way."""
    back = facts.total_fen - facts.worth_fen
    says = _("goods for {amount} came back").format(amount=Money(back))
    command = f"kac wholesale return {facts.number} --line … --reason …" if back else ""
    return Gate("goods_none_back", ("HYP-GDS-01",), not back, says, (), command)


def not_invoiced(facts: WholesaleFacts, may: May) -> Gate:
    """No tax invoice stands for a sale that is void (HYP-GDS-03, C-14)."""
    says = _("no tax invoice is opened yet")
    if facts.invoice_number:
        says = _("tax invoice {number}").format(number=facts.invoice_number)
    command = f"kac wholesale red {facts.number} --ref …" if facts.invoice_number else ""
    return Gate(
        "goods_not_invoiced",
        ("HYP-GDS-03", "C-14"),
        not facts.invoice_number,
        says,
        may["wholesale.red"] if facts.invoice_number else (),
        command,
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
    back = _after_a_return(facts, may)
    if not facts.on_credit:
        return [*ahead, paid(facts, may), invoiced(facts, may), delivered(facts, may), *back]
    credit = [] if facts.issuer else to_book(facts, may)[1:]
    return [
        *ahead,
        *credit,
        booked(facts, may),
        delivered(facts, may),
        invoice_agreed(facts, may),
        paid(facts, may),
        *back,
    ]


def _after_a_return(facts: WholesaleFacts, may: May) -> list[Gate]:
    """What goods that came back still ask for; nothing where none did."""
    if facts.worth_fen == facts.total_fen:
        return []
    return [red_invoiced(facts, may), given_back(facts, may)]
