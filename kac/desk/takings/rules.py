"""Rules of takings: settled one by one, in the right place, with what proves that it came."""

from __future__ import annotations

from collections.abc import Mapping

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.takings.policy import TakingPolicy
from kac.desk.takings.states import FUNDS, PLACES

May = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class TakingFacts:
    """Money to settle as its gates see it; `outside` when the customer is out of the county."""

    number: str
    state: str
    kind: str
    document: str
    amount_fen: int
    funds: str
    manager: str
    voucher: str
    outside: bool
    refund: str = ""
    cheque: str = ""


@dataclass(frozen=True)
class Debt:
    """What a document still takes, and the gates of taking money for it; amounts in fen.

    `iou_withdrawn` when its IOU went back because all was paid, `spot_gone` when spot goods left.
    """

    kind: str
    number: str
    customer_id: int
    owed_fen: int
    carried_fen: int
    gates: tuple[Gate, ...]
    iou_withdrawn: bool = False
    spot_gone: bool = False


@dataclass(frozen=True)
class Note:
    """The note that goes with money into custody: whose business, of which unit (HYP-FIN-02)."""

    manager: str
    unit: str
    custodian: str


def not_too_much(amount: Money, owed_fen: int, carried_fen: int, document: str) -> Gate:
    """Nobody takes more than is owed, counting what is on its way already (HYP-FIN-05)."""
    room = Money(owed_fen - carried_fen)
    says = _("{amount} for {document}, {room} is open").format(
        amount=amount, document=document, room=room
    )
    return Gate("taking_not_too_much", ("HYP-FIN-05",), amount.fen <= room.fen, says)


def county_warning(funds: str, preferred: tuple[str, ...], outside: bool) -> str:
    """What is told of a way of payment that is not liked from out of the county (HYP-OUT-01/02)."""
    if not outside or funds in preferred:
        return ""
    return _("warning: out of the county take {ways}, not {funds} [HYP-OUT-02]").format(
        ways=", ".join(_(FUNDS[way]) for way in preferred), funds=_(FUNDS[funds])
    )


def in_place(facts: TakingFacts, place: str, policy: TakingPolicy) -> Gate:
    """Money is settled where its kind is (C-18, HYP-CRD-12, HYP-GDS-12)."""
    rule = {"card": "HYP-CRD-12", "goods": "HYP-GDS-12"}[facts.kind]
    places = policy.places_of(facts.kind)
    says = _("settled at: {place}; allowed: {places}").format(
        place=_(PLACES[place]), places=", ".join(_(PLACES[each]) for each in places)
    )
    return Gate("settlement_place", (rule, "C-18"), place in places, says)


def stays(facts: TakingFacts, debt: Debt) -> list[Gate]:
    """Money that what the customer holds rests on is not given back at the window.

    HYP-FIN-12: what the auditor has seen arrive is settled first, so that the books know of it.
    HYP-CRD-06: not for cards whose IOU is withdrawn. RTL-SHT-14, C-19: what was paid too much goes
    back by a refund, and what a refund was asked of once. HYP-GDS-01: nor for spot goods that left.
    """
    if facts.state != "settled":
        return [_not_arrived(facts)]
    iou = _("no IOU stands for it")
    if debt.iou_withdrawn:
        iou = _("the IOU of {document} is withdrawn: its money stays").format(
            document=facts.document
        )
    over = facts.refund or debt.owed_fen < 0
    back = _("nothing of it goes back by a refund")
    if over:
        back = _("money of {document} goes back by a refund").format(document=facts.document)
    gone = debt.spot_gone
    goods = _("no goods left for it")
    if gone:
        goods = _("the goods of {document} left for it").format(document=facts.document)
    ask = f"kac refund request {facts.document} --amount … --reason …"
    return [
        Gate("taking_iou_there", ("HYP-CRD-06",), not debt.iou_withdrawn, iou),
        Gate("taking_no_refund", ("RTL-SHT-14", "C-19"), not over, back, (), ask if over else ""),
        Gate("taking_goods_here", ("HYP-GDS-01",), not gone, goods),
    ]


def _not_arrived(facts: TakingFacts) -> Gate:
    says = _("no voucher says that it arrived")
    if facts.voucher:
        says = _("voucher {voucher} says that it arrived: it is settled first").format(
            voucher=facts.voucher
        )
    command = f"kac day settle {facts.number}" if facts.voucher else ""
    return Gate("taking_not_arrived", ("HYP-FIN-12",), not facts.voucher, says, (), command)


def vouched(facts: TakingFacts, policy: TakingPolicy, may: May) -> Gate:
    """E-bank money has the auditor's voucher that it arrived, a cheque that the bank has paid it.

    HYP-FIN-12, RTL-CTL-06, A-48.
    """
    rules = ("RTL-CTL-06", "A-48") if facts.funds == "cheque" else ("HYP-FIN-12",)
    if facts.funds not in policy.vouchers:
        says = _("{funds} needs no voucher").format(funds=_(FUNDS[facts.funds]))
        return Gate("ebank_vouched", rules, True, says)
    if facts.voucher:
        says = _("voucher {voucher}").format(voucher=facts.voucher)
        return Gate("ebank_vouched", rules, True, says)
    says = _("the auditor has given no voucher for {amount}")
    if facts.cheque and facts.state != "at_bank":
        says = _("the bank does not have the cheque of {amount} yet")
        command = f"kac cheque show {facts.cheque}"
        return _unvouched(says, facts, rules, may["day.present"], command)
    return _unvouched(
        says, facts, rules, may["day.voucher"], f"kac day voucher {facts.number} --ref …"
    )


def _unvouched(
    says: str, facts: TakingFacts, rules: tuple[str, ...], roles: tuple[str, ...], command: str
) -> Gate:
    told = says.format(amount=Money(facts.amount_fen))
    return Gate("ebank_vouched", rules, False, told, roles, command)


def of_its_unit(note: Note, customer: str) -> Gate:
    """The note names the unit whose money it is, and no other (HYP-FIN-02)."""
    says = _("the money is of {customer}, the note says {unit}").format(
        customer=customer, unit=note.unit
    )
    return Gate("custody_note", ("HYP-FIN-02",), note.unit in ("", customer), says)


def to_hold(facts: TakingFacts, note: Note, policy: TakingPolicy) -> list[Gate]:
    """Cash and cheques go into custody with a note of manager and unit (HYP-FIN-01, HYP-FIN-02)."""
    missing = [
        label
        for label, text in ((_("business manager"), note.manager), (_("unit"), note.unit))
        if not text
    ]
    says = _("{unit}, business manager {manager}").format(unit=note.unit, manager=note.manager)
    if missing:
        says = _("the note does not name: {fields}").format(fields=", ".join(missing))
    carried = facts.funds in policy.carried
    what = _("{funds} is carried by hand") if carried else _("nobody carries {funds}")
    return [
        Gate(
            "custody_of_cash",
            ("HYP-FIN-01",),
            carried,
            what.format(funds=_(FUNDS[facts.funds])),
        ),
        Gate("custody_note", ("HYP-FIN-02",), not missing, says),
    ]
