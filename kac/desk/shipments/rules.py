"""Rules of shipments: one account each, marked; silence is acceptance; what is held stays held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money, per_scale_half_up
from kac.core.quantity import format_quantity
from kac.core.values import dataclass

AFTER: dict[str, tuple[str, ...]] = {
    "draw_filed": ("draw_reviewed",),
    "draw_made": ("draw_reviewed", "draw_filed"),
}
OF_CLERKS = frozenset({"shipment_received", "list_faxed", "held_explained", "draw_made"})
NOT_ONES_OWN = frozenset({"shipment_received", "draw_reviewed"})


@dataclass(frozen=True)
class Dealing:
    """A contract that goods are shipped under, as it stands on the day."""

    number: str
    kind: str
    state: str
    customer: str
    customer_name: str
    from_day: date
    to_day: date


@dataclass(frozen=True)
class Batch:
    """One line of a shipment, in base units; `kept` is what is still held of it."""

    line_id: int
    product_id: int
    code: str
    name: str
    unit: str
    scale: int
    quantity: int
    price_fen: int
    hold_line_id: int
    kept: int


def one_account(contracts: Sequence[Dealing]) -> Gate:
    """A shipment holds goods of exactly one key account (DST-GDS-06)."""
    names = dict.fromkeys(f"{each.customer} {each.customer_name}" for each in contracts)
    says = _("goods of {customers}").format(customers=", ".join(names))
    return Gate("one_account", ("DST-GDS-06",), len(names) == 1, says)


def under_contract(contracts: Sequence[Dealing], today: date) -> Gate:
    """Goods are shipped under contracts of sale that are being executed (DST-AUT-07)."""
    wrong = [each for each in contracts if not _running(each, today)]
    says = _("under {contracts}").format(contracts=", ".join(each.number for each in contracts))
    if wrong:
        says = "; ".join(_why_not(each, today) for each in wrong)
    command = f"kac contract show {wrong[0].number}" if wrong else ""
    return Gate("under_contract", ("DST-AUT-07",), not wrong, says, (), command)


def _running(contract: Dealing, today: date) -> bool:
    is_sale = contract.kind == "sale" and contract.state == "executing"
    return is_sale and contract.from_day <= today <= contract.to_day


def _why_not(contract: Dealing, today: date) -> str:
    if contract.kind != "sale":
        return _("{contract} is no contract of sale").format(contract=contract.number)
    if contract.state != "executing":
        return _("{contract} is not being executed").format(contract=contract.number)
    return _("{contract} runs from {first} to {last}, today is {today}").format(
        contract=contract.number, first=contract.from_day, last=contract.to_day, today=today
    )


def mark_read(mark: str, read: str) -> Gate:
    """The parcels bear the mark of the account that they are for (DST-GDS-05)."""
    same = read.strip().upper() == mark.upper()
    says = _("marked {mark}").format(mark=mark)
    if not same:
        says = _("the parcels are marked {read}, the shipment is marked {mark}").format(
            read=read or _("not at all"), mark=mark
        )
    return Gate("mark_read", ("DST-GDS-05",), same, says)


def other_receiver(sender: str, actor: str) -> Gate:
    """Whoever sent goods does not say what came (A-56)."""
    says = _("sent by {sender}, to be received by {actor}").format(sender=sender, actor=actor)
    return Gate("shipment_other_person", ("A-56",), sender != actor, says)


def last_day(received_on: date, days: int) -> date:
    """The last day on which an objection counts; that of the receipt is not counted (A-06)."""
    return received_on + timedelta(days=days)


def receipt_in_time(received_on: date, today: date, days: int) -> Gate:
    """A receipt is written down while the office can still object to it (DST-GDS-08, A-06)."""
    last = last_day(received_on, days)
    says = _("received on {day}, objections until {last}, today is {today}").format(
        day=received_on, last=last, today=today
    )
    return Gate("receipt_in_time", ("DST-GDS-08", "A-06"), today <= last, says)


def objection_in_time(number: str, received_on: date, today: date, days: int) -> Gate:
    """An objection counts until the end of the third day after the receipt (DST-GDS-08, A-06)."""
    last = last_day(received_on, days)
    says = _("received on {day}, objections until the end of {last}, today is {today}").format(
        day=received_on, last=last, today=today
    )
    late = today > last
    command = f"kac shipment show {number}" if late else ""
    return Gate("objection_in_time", ("DST-GDS-08", "A-06"), not late, says, (), command)


def is_deemed_correct(received_on: date, night: date, days: int) -> bool:
    """Whether the run of a night takes silence for acceptance: that of D+4 is the first (A-06)."""
    return night > last_day(received_on, days)


def settled_by_other(objected_by: str, actor: str) -> Gate:
    """Whoever objected does not settle the objection (A-56)."""
    says = _("objected to by {name}").format(name=objected_by)
    return Gate("objection_other_person", ("A-56",), objected_by != actor, says)


def agreed_quantities(batches: Sequence[Batch], came: Mapping[int, int]) -> Gate:
    """What is agreed to have come was sent, and what did not come is still there to be missed."""
    strange = came.keys() - {batch.product_id for batch in batches}
    wrong = [
        _("{name}: {sent} {unit} sent, {came} agreed, {held} still held").format(
            name=batch.name,
            unit=batch.unit,
            sent=format_quantity(batch.quantity, batch.scale),
            came=format_quantity(agreed, batch.scale),
            held=format_quantity(batch.kept, batch.scale),
        )
        for batch in batches
        if not batch.quantity - (agreed := came.get(batch.product_id, batch.quantity)) >= 0
        or batch.quantity - agreed > batch.kept
    ]
    says = "; ".join(wrong) or _("the quantities are agreed")
    if strange:
        says = _("goods came that were not sent")
    return Gate("agreed_quantities", ("DST-GDS-08",), not strange and not wrong, says)


def worth(batches: Sequence[Batch], came: Mapping[int, int]) -> Money:
    """What the office is charged: price by quantity, line by line (DST-GDS-09)."""
    return Money(
        sum(
            per_scale_half_up(
                batch.price_fen, came.get(batch.product_id, batch.quantity), batch.scale
            )
            for batch in batches
        )
    )


def office_owes(number: str, charged: Money, remitted: Money, amount: Money) -> Gate:
    """No more is handed on for a batch than its office was charged (DST-GDS-14)."""
    says = _("charged {charged}, handed on {remitted}, now {amount}").format(
        charged=charged, remitted=remitted, amount=amount
    )
    is_open = remitted.fen + amount.fen <= charged.fen
    command = "" if is_open else f"kac shipment show {number}"
    return Gate("office_owes", ("DST-GDS-14",), is_open, says, (), command)


def another_reference(known: Sequence[str], reference: str) -> Gate:
    """The same transfer is written down once for a batch (DST-GDS-14)."""
    says = _("reference {reference}").format(reference=reference)
    return Gate("another_reference", ("DST-GDS-14",), reference not in known, says)


def shipment_received(number: str, office: str, mark: str, roles: Sequence[str]) -> Gate:
    """The office has received the goods (DST-GDS-08)."""
    return Gate(
        "shipment_received",
        ("DST-GDS-05", "DST-GDS-08"),
        False,
        _("on the way to {office}, marked {mark}").format(office=office, mark=mark),
        tuple(roles),
        f"kac shipment receive {number} --mark {mark}",
    )


def list_faxed(number: str, supplier: str, paper: str, roles: Sequence[str]) -> Gate:
    """The supplier's shipping list is here: it is the voucher (DST-GDS-10, DST-GDS-11)."""
    rules = ("DST-GDS-10", "DST-GDS-11")
    if paper:
        says = _("shipping list {paper} of {supplier}").format(paper=paper, supplier=supplier)
        return Gate("list_faxed", rules, True, says)
    says = _("no shipping list of {supplier} yet").format(supplier=supplier)
    command = f"kac shipment faxed {number} --ref NUMBER"
    return Gate("list_faxed", rules, False, says, tuple(roles), command)


def objection_settled(number: str, objection: str, roles: Sequence[str]) -> Gate:
    """The sales company has answered an objection (DST-GDS-08)."""
    says = _("objected to: {objection}").format(objection=objection)
    command = f"kac shipment settle {number} --got CODE:QTY"
    return Gate("objection_settled", ("DST-GDS-08",), False, says, tuple(roles), command)


def held_explained(
    number: str, batches: Sequence[Batch], reason_state: str, roles: Sequence[str]
) -> Gate:
    """Goods that an office still holds go to the account, or their office says why not.

    DST-GDS-12, DST-GDS-19.
    """
    rules = ("DST-GDS-12", "DST-GDS-19")
    goods = told(batches)
    if not goods or reason_state in ("stated", "accepted"):
        says = _("why goods are held is stated") if goods else _("nothing is held any more")
        return Gate("held_explained", rules, True, says)
    command = f"kac shipment reason {number} --reason TEXT"
    says = _("still held: {goods}").format(goods=goods)
    return Gate("held_explained", rules, False, says, tuple(roles), command)


def reason_judged(number: str, reason: str, roles: Sequence[str]) -> Gate:
    """The sales company has said whether it accepts why goods are held (DST-GDS-20)."""
    says = _("held because: {reason}").format(reason=reason)
    command = f"kac shipment accept {number}"
    return Gate("reason_judged", ("DST-GDS-20",), False, says, tuple(roles), command)


def in_inventory(reason_state: str) -> bool:
    """Whether held goods count as the office's own stock: until their reason is accepted."""
    return reason_state != "accepted"


def something_held(batches: Sequence[Batch]) -> Gate:
    """There are goods of the shipment at the office that the account has not had yet."""
    goods = told(batches)
    says = _("still held: {goods}").format(goods=goods) if goods else _("nothing is held any more")
    return Gate("something_held", ("DST-GDS-19",), bool(goods), says)


def reason_stated(reason_state: str) -> Gate:
    """There is a reason to judge (DST-GDS-19, DST-GDS-20)."""
    is_open = reason_state == "stated"
    says = _("a reason is stated") if is_open else _("no reason waits for an answer")
    return Gate("reason_stated", ("DST-GDS-19", "DST-GDS-20"), is_open, says)


def judged_by_other(stated_by: str, actor: str) -> Gate:
    """Whoever stated or asked something does not judge it (A-56)."""
    says = _("stated by {name}").format(name=stated_by)
    return Gate("held_other_person", ("A-56",), stated_by != actor, says)


def enough_held(batch: Batch, quantity: int) -> Gate:
    """No more is drawn than is held."""
    says = _("{name}: {wanted} {unit} wanted, {held} held").format(
        name=batch.name,
        unit=batch.unit,
        wanted=format_quantity(quantity, batch.scale),
        held=format_quantity(batch.kept, batch.scale),
    )
    return Gate("enough_held", ("DST-GDS-17",), quantity <= batch.kept, says)


def draw_reviewed(number: str, state: str, goods: str, roles: Sequence[str]) -> Gate:
    """Held goods are used for nothing else before the sales company has looked at it.

    DST-GDS-17, DST-GDS-18.
    """
    rules = ("DST-GDS-17", "DST-GDS-18")
    if state in ("reviewed", "filed", "drawn"):
        return Gate("draw_reviewed", rules, True, _("reviewed by the sales company"))
    says = _("not reviewed by the sales company: {goods}").format(goods=goods)
    return Gate("draw_reviewed", rules, False, says, tuple(roles), f"kac shipment review {number}")


def draw_filed(number: str, state: str, filing: str, roles: Sequence[str]) -> Gate:
    """The review is on file besides (DST-GDS-18)."""
    if state in ("filed", "drawn"):
        says = _("on file under {filing}").format(filing=filing)
        return Gate("draw_filed", ("DST-GDS-18",), True, says)
    command = f"kac shipment file {number} --ref NUMBER"
    return Gate("draw_filed", ("DST-GDS-18",), False, _("not on file yet"), tuple(roles), command)


def draw_made(number: str, goods: str, roles: Sequence[str]) -> Gate:
    """What was allowed is drawn; until then the goods stay held (DST-GDS-18)."""
    says = _("may be drawn: {goods}").format(goods=goods)
    return Gate(
        "draw_made", ("DST-GDS-18",), False, says, tuple(roles), f"kac shipment take {number}"
    )


def told(batches: Sequence[Batch]) -> str:
    """What is still held, in words."""
    return ", ".join(
        _("{quantity} {unit} {name}").format(
            quantity=format_quantity(batch.kept, batch.scale), unit=batch.unit, name=batch.name
        )
        for batch in batches
        if batch.kept
    )
