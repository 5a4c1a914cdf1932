"""Verbs of shipments on their way: send goods to an office, write the list down, receive them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kac.core.errors import Refused, UsageError
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money, per_scale_half_up, total
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.contracts import queries as contracts
from kac.desk.shipments import postings, queries, rules
from kac.desk.shipments.states import SHIPMENT
from kac.desk.staff.actions import require
from kac.desk.stock import holds
from kac.desk.stock import queries as stock
from kac.desk.stock import rules as stock_rules
from kac.ledger import journal, moves
from kac.ledger.entry import Move, value_of_part


@dataclass(frozen=True)
class Goods:
    """Goods under a contract: base units, and what the office is charged for a selling unit."""

    contract: str
    product_id: int
    quantity: int
    price_fen: int


@dataclass(frozen=True)
class Wish:
    """Goods for an office, from one of our locations or from a supplier who ships them itself."""

    office: str
    goods: Sequence[Goods]
    here: str = ""
    supplier: str = ""
    list_number: str = ""


def send(work: Work, wish: Wish) -> Outcome:
    """Send goods of one key account to an office, marked for it (DST-GDS-05, DST-GDS-06)."""
    from kac.desk.shipments.tables import Shipment

    require(work, "shipment.new")
    if wish.here == wish.office:
        raise UsageError(_("goods leave another location than {office}").format(office=wish.office))
    reader = work.reader
    under = {each.contract: None for each in wish.goods}
    rows = {word: contracts.find(reader, word, work.speaker) for word in under}
    wanted = _wanted(wish.goods)
    supplies = stock.supplies(reader, wanted, wish.here) if wish.here else []
    dealings = [queries.dealing(row) for row in rows.values()]
    require_open(
        [
            rules.one_account(dealings),
            rules.under_contract(dealings, work.today),
            *([stock_rules.free_to_go(supplies)] if supplies else []),
        ],
        _("nothing is shipped"),
    )
    # After this point the goods must leave.
    made_under = work.policy(queries.SET)
    first = next(iter(rows.values()))
    shipment = work.add(
        Shipment(
            number=work.number(queries.KIND),
            customer_id=first["customer_id"],
            office=wish.office,
            from_location=wish.here,
            supplier=safe_text(wish.supplier, field=_("supplier"), longest=60),
            mark=first["customer"],
            list_number=safe_text(wish.list_number, field=_("shipping list"), longest=40),
            state=SHIPMENT.start,
            received_by="",
            objected_by="",
            objection="",
            charged_fen=0,
            outcome="",
            reason="",
            reason_state="",
            reason_by="",
            policy_set=made_under.set,
            policy_version=made_under.version,
            made_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    assert shipment.id is not None
    _add_lines(work, shipment.id, wish, rows)
    moves.post(work, _leaving(work, shipment.number, wish))
    work.record("ship", shipment.number, office=wish.office, customer=first["customer"])
    return _sent(work, shipment.number)


def _add_lines(work: Work, shipment_id: int, wish: Wish, rows: Mapping[str, Row]) -> None:
    from kac.desk.shipments.tables import ShipmentLine

    work.add_all(
        [
            ShipmentLine(
                shipment_id=shipment_id,
                contract_id=rows[each.contract]["id"],
                product_id=each.product_id,
                quantity=each.quantity,
                price_fen=each.price_fen,
            )
            for each in wish.goods
        ]
    )


def _wanted(goods: Sequence[Goods]) -> dict[int, int]:
    found: dict[int, int] = {}
    for each in goods:
        if each.product_id in found:
            raise UsageError(_("a product stands once in a shipment"))
        found[each.product_id] = each.quantity
    return found


def _leaving(work: Work, number: str, wish: Wish) -> list[Move]:
    found = []
    for each in wish.goods if wish.here else ():
        on_hand, value = moves.held(work.reader, each.product_id, wish.here)
        worth = value_of_part(value, on_hand, each.quantity)
        found.append(postings.leaves(number, each.product_id, wish.here, each.quantity, worth))
    return found


def _sent(work: Work, number: str) -> Outcome:
    row = queries.find(work.reader, number, work.speaker)
    says = [
        _("{number}: for {customer}, to {office}, {total}; mark every parcel {mark}").format(
            number=number,
            customer=row["customer_name"],
            office=row["office"],
            total=Money(row["total_fen"]),
            mark=row["mark"],
        )
    ]
    hints = [f"kac shipment receive {number} --mark {row['mark']}"]
    if row["supplier"] and not row["list_number"]:
        hints.insert(0, f"kac shipment faxed {number} --ref NUMBER")
    return Outcome(document(row), tuple(says), tuple(hints))


def faxed(work: Work, reference: str, paper: str) -> Outcome:
    """Write down that the supplier's shipping list has come, by its number (DST-GDS-10)."""
    from kac.desk.shipments.tables import Shipment

    require(work, "shipment.faxed")
    row = queries.find(work.reader, reference, work.speaker)
    number = required_text(paper, field=_("shipping list"), longest=40)
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])
    if not row["supplier"] or row["list_number"]:
        says = _("{number} has the shipping list {paper}")
        if not row["supplier"]:
            says = _("{number} comes from {place}: no supplier sends a list for it")
        raise Refused(
            says.format(number=row["number"], paper=row["list_number"], place=row["from_location"]),
            code="E-SHP-001",
            rules=["DST-GDS-10"],
            fix=[f"kac shipment show {row['number']}"],
        )
    shipment = work.get(Shipment, row["id"])
    shipment.list_number = number
    work.record("take the list", row["number"], paper=number)
    says = _("{number}: shipping list {paper} is here").format(number=row["number"], paper=number)
    return Outcome(document(queries.find(work.reader, row["number"], work.speaker)), (says,))


def receive(work: Work, reference: str, read: str) -> Outcome:
    """Receive a shipment at the office: from this day on it may object, and the goods are held.

    DST-GDS-05, DST-GDS-08, DST-GDS-17.
    """
    from kac.desk.shipments.tables import Shipment

    require(work, "shipment.receive")
    row = queries.find(work.reader, reference, work.speaker)
    SHIPMENT.after(row["state"], "receive", subject=row["number"])
    days = queries.policy(work.reader, row).objection_days
    require_open(
        [
            rules.mark_read(row["mark"], safe_text(read, field=_("mark"))),
            rules.other_receiver(row["made_by"], work.actor.code),
            rules.receipt_in_time(work.on, work.today, days),
        ],
        _("{number} is not received").format(number=row["number"]),
        refs={"shipment": row["number"]},
    )
    # After this point the goods must be at the office, and held for the account.
    shipment = work.get(Shipment, row["id"])
    shipment.received_on, shipment.received_by = work.on, work.actor.code
    work.move(shipment, SHIPMENT, "receive")
    _arrive(work, row)
    hold = holds.bind(work, row["id"], _held_for(row), _goods(work, row))
    last = rules.last_day(work.on, days)
    says = [
        _("{number} is received at {office} and held for {customer} under {hold}").format(
            number=row["number"], office=row["office"], customer=row["customer_name"], hold=hold
        ),
        _("objections until the end of {day}; silence is acceptance").format(day=last),
    ]
    hint = f"kac shipment object {row['number']} --reason …"
    again = queries.find(work.reader, row["number"], work.speaker)
    return Outcome(document(again), tuple(says), (hint,))


def _goods(work: Work, row: Row) -> dict[int, int]:
    return {each.product_id: each.quantity for each in queries.batches(work.reader, row["id"])}


def _held_for(row: Row) -> holds.Bound:
    return holds.Bound(row["customer_id"], row["office"], row["number"])


def _arrive(work: Work, row: Row) -> None:
    number, office, supplied = row["number"], row["office"], bool(row["supplier"])
    arriving = []
    for line in queries.lines(work.reader, row["id"]):
        value = _value_of(work, number, line, supplied=supplied)
        quantity = line["quantity"]
        arriving.append(
            postings.arrives(number, line["product_id"], office, quantity, value, supplied=supplied)
        )
    moves.post(work, arriving)
    entry = postings.bought(number, total([move.value for move in arriving])) if supplied else None
    if entry:
        journal.post(work, entry)


def _value_of(work: Work, number: str, line: Row, *, supplied: bool) -> Money:
    """What goods on the road are worth; what a supplier ships costs what is on file."""
    if supplied:
        cost = work.reader.value(
            "SELECT cost_fen FROM v_product WHERE id = :id", id=line["product_id"]
        )
        return Money(per_scale_half_up(cost, line["quantity"], line["scale"]))
    return Money(
        work.reader.value(
            "SELECT value_fen FROM stock_move WHERE document = :number AND product_id = :product",
            number=number,
            product=line["product_id"],
        )
    )


def document(row: Row) -> dict[str, object]:
    """A shipment as writing commands hand it to scripts; money in yuan."""
    return {
        "number": row["number"],
        "state": row["state"],
        "customer": row["customer"],
        "office": row["office"],
        "mark": row["mark"],
        "total": Money(row["total_fen"]).plain(),
        "received_on": row["received_on"],
        "charged": Money(row["charged_fen"]).plain(),
        "remitted": Money(row["remitted_fen"]).plain(),
        "reason_state": row["reason_state"],
    }
