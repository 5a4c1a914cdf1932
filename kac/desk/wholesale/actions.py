"""Verbs of the wholesale: select, price, prepare, book, invoice, deliver, void."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kac.core.errors import BadInput, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.credits import queries as credits
from kac.desk.credits.rules import SOLD_ON_CREDIT
from kac.desk.customers import queries as customers
from kac.desk.lines.rules import LineDraft
from kac.desk.staff.actions import require
from kac.desk.stock import queries as stock
from kac.desk.wholesale import postings, queries, rules
from kac.desk.wholesale.rules import WholesaleFacts
from kac.desk.wholesale.states import WHOLESALE
from kac.ledger import journal, moves
from kac.ledger.chart import CUSTOMER, TRANSIT
from kac.ledger.entry import Move, value_of_part

SET = "hypermarket"


@dataclass(frozen=True)
class Proof:
    """How the customer receipts goods: on the slip, or by a list with the reason for it."""

    slip_by: str = ""
    list_by: str = ""
    reason: str = ""


def select(
    work: Work, reference: str, lines: Sequence[LineDraft], location: str, credit: str = ""
) -> Outcome:
    """Write down what the customer selected, and how much; the price is not ours (HYP-GDS-02)."""
    from kac.desk.wholesale.tables import WholesaleSale

    require(work, "wholesale.new")
    customer = customers.find(work.reader, reference)
    _refuse_lines(lines)
    application = _application(work, customer, credit) if credit else None
    version = work.policy(SET)
    place = location or work.reader.value("SELECT code FROM location ORDER BY id LIMIT 1")
    sale = work.add(
        WholesaleSale(
            number=work.number("PF"),
            customer_id=customer["id"],
            credit_id=application["id"] if application else None,
            mode=SOLD_ON_CREDIT if application else "spot",
            location=stock.location(work.reader, place),
            state=WHOLESALE.start,
            issuer="",
            invoice_number="",
            invoiced_fen=0,
            invoice_content="",
            proof="",
            received_by="",
            list_reason="",
            end_reason="",
            policy_set=version.set,
            policy_version=version.version,
            prepared_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    _write_lines(work, sale.id or 0, lines)
    work.record("select goods", sale.number, lines=len(lines))
    says = _("{number}: goods selected by {customer}, lines: {count}").format(
        number=sale.number, customer=customer["name"], count=len(lines)
    )
    return outcome(work, sale.number, says, f"kac wholesale price {sale.number} --line CODE@PRICE")


def _refuse_lines(lines: Sequence[LineDraft]) -> None:
    if not lines or len({line.product_id for line in lines}) < len(lines):
        raise BadInput(
            _("goods are named once each, and at least one"),
            code="E-WHO-001",
            rules=["HYP-GDS-01"],
        )
    if any(line.unit_price_fen is not None or line.gift for line in lines):
        raise BadInput(
            _("purchasing sets the price: write CODE:QTY"),
            code="E-WHO-002",
            rules=["HYP-GDS-02"],
        )


def _application(work: Work, customer: Row, reference: str) -> Row:
    row = credits.find(work.reader, reference, work.speaker)
    if row["customer_id"] != customer["id"]:
        raise Refused(
            _("{number} is for {other}, not for {customer}").format(
                number=row["number"], other=row["customer_name"], customer=customer["name"]
            ),
            code="E-CRD-002",
            rules=["HYP-CRE-05"],
        )
    return row


def _write_lines(work: Work, sale_id: int, lines: Sequence[LineDraft]) -> None:
    from kac.desk.wholesale.tables import WholesaleLine

    work.add_all(
        [
            WholesaleLine(
                wholesale_sale_id=sale_id,
                line=place,
                product_id=line.product_id,
                quantity=line.quantity,
            )
            for place, line in enumerate(lines, start=1)
        ]
    )


def price(work: Work, reference: str, prices: Mapping[int, Money]) -> Outcome:
    """Set prices, {product id: per selling unit}; purchasing alone does (HYP-GDS-02)."""
    from kac.desk.wholesale.tables import WholesalePrice, WholesaleSale

    row, _facts, _may = mine(work, "wholesale.price", reference)
    known = {line["product_id"]: line for line in queries.lines(work.reader, row["id"])}
    if not prices or not prices.keys() <= known.keys() or any(p.fen <= 0 for p in prices.values()):
        raise BadInput(
            _("each price is above nothing and for goods of {number}").format(number=row["number"]),
            code="E-WHO-003",
            rules=["HYP-GDS-02"],
            fix=[f"kac wholesale show {row['number']}"],
        )
    WHOLESALE.after(row["state"], "price", subject=row["number"])
    work.add_all(
        [
            WholesalePrice(
                wholesale_line_id=known[product]["line_id"],
                unit_price_fen=amount.fen,
                by=work.actor.code,
                on_day=work.on,
                at=work.now,
            )
            for product, amount in prices.items()
        ]
    )
    fresh = queries.by_number(work.reader, row["number"])
    facts = queries.facts(work.reader, fresh, work.on)
    if not facts.unpriced:
        work.move(work.get(WholesaleSale, row["id"]), WHOLESALE, "price")
    else:
        work.record("price", row["number"], lines=len(prices))
    says = _("{number}: priced at {total}").format(
        number=row["number"], total=Money(facts.total_fen)
    )
    if facts.unpriced:
        says = _("{number}: no price yet for {goods}").format(
            number=row["number"], goods=", ".join(facts.unpriced)
        )
    return outcome(work, row["number"], says, f"kac wholesale prepare {row['number']}")


def prepare(work: Work, reference: str) -> Outcome:
    """Set the goods aside in the store (HYP-GDS-01)."""
    row, facts, may = mine(work, "wholesale.prepare", reference)
    require_open(
        [rules.priced(facts, may), rules.at_store(facts)],
        _("{number} cannot be prepared").format(number=row["number"]),
        refs={"wholesale": row["number"]},
    )
    WHOLESALE.after(row["state"], "prepare", subject=row["number"])
    out = []
    for line in queries.lines(work.reader, row["id"]):
        on_hand, value = moves.held(work.reader, line["product_id"], row["location"])
        worth = value_of_part(value, on_hand, line["quantity"])
        product, place = line["product_id"], row["location"]
        out.append(postings.set_aside(row["number"], product, place, line["quantity"], worth))
    moves.post(work, out)
    if entry := postings.prepared(row["number"], out):
        journal.post(work, entry)
    _move(work, row, "prepare")
    says = _("{number}: the goods are set aside at {place}").format(
        number=row["number"], place=row["location"]
    )
    way = "kac wholesale book {number}" if facts.on_credit else "kac day item {number} --amount …"
    return outcome(work, row["number"], says, way.format(number=row["number"]))


def book(work: Work, reference: str) -> Outcome:
    """Book goods on account by a wholesale slip; who issues it follows the debt up (HYP-GDS-08)."""
    from kac.desk.wholesale.tables import WholesaleSale

    row, facts, may = mine(work, "wholesale.book", reference)
    require_open(
        rules.to_book(facts, may),
        _("{number} is not booked on account").format(number=row["number"]),
        refs={"wholesale": row["number"]},
    )
    sale = work.get(WholesaleSale, row["id"])
    sale.issuer = work.actor.code
    work.move(sale, WHOLESALE, "book")
    says = _("{number}: {total} booked on account, {issuer} follows it up").format(
        number=row["number"], total=Money(facts.total_fen), issuer=work.actor.code
    )
    return outcome(
        work, row["number"], says, f"kac wholesale deliver {row['number']} --signed-by …"
    )


def deliver(work: Work, reference: str, shown: Proof) -> Outcome:
    """Hand goods over against the one proof of receipt (HYP-GDS-09, HYP-GDS-10)."""
    from kac.desk.wholesale.tables import WholesaleSale

    row, facts, may = mine(work, "wholesale.deliver", reference)
    reason = safe_text(shown.reason, field=_("reason"))
    slip_by = safe_text(shown.slip_by, field=_("signer"), longest=40)
    list_by = safe_text(shown.list_by, field=_("signer"), longest=40)
    require_open(
        [
            *rules.to_deliver(facts, may),
            rules.proof(slip_by, list_by, reason, facts.on_credit),
        ],
        _("{number} stays in the store").format(number=row["number"]),
        refs={"wholesale": row["number"]},
    )
    WHOLESALE.after(row["state"], "deliver", subject=row["number"])
    out = [
        postings.handed(row["number"], goods.product_id, goods.quantity, goods.value)
        for goods in _moved(work, row["number"], TRANSIT)
    ]
    moves.post(work, out)
    journal.post(work, postings.delivered(row["number"], Money(facts.total_fen), out))
    sale = work.get(WholesaleSale, row["id"])
    sale.proof = "slip" if slip_by else "list"
    sale.received_by, sale.list_reason = slip_by or list_by, reason if list_by else ""
    sale.delivered_on = work.on
    work.move(sale, WHOLESALE, "deliver")
    settle_up(work, row["number"])
    says = _("{number}: goods for {total} are with {person}").format(
        number=row["number"], total=Money(facts.total_fen), person=sale.received_by
    )
    ways = (f"kac wholesale agree {row['number']} --content …",) if facts.on_credit else ()
    return outcome(work, row["number"], says, *ways)


def _moved(work: Work, number: str, to_place: str) -> list[Move]:
    rows = work.reader.all(
        "SELECT * FROM stock_move WHERE document = :number AND to_place = :place ORDER BY id",
        number=number,
        place=to_place,
    )
    return [
        Move(
            row["key"],
            number,
            row["product_id"],
            row["from_place"],
            row["to_place"],
            row["quantity"],
            Money(row["value_fen"]),
        )
        for row in rows
    ]


def void(work: Work, reference: str, reason: str) -> Outcome:
    """Take a sale back while it is unpaid; its goods return to the store."""
    from kac.desk.wholesale.tables import WholesaleSale

    why = required_text(reason, field=_("reason"))
    row, facts, may = mine(work, "wholesale.void", reference)
    WHOLESALE.after(row["state"], "void", subject=row["number"])
    require_open(
        [rules.unpaid(facts), rules.none_back(facts), rules.not_invoiced(facts, may)],
        _("{number} cannot be void").format(number=row["number"]),
        refs={"wholesale": row["number"]},
    )
    _goods_back(work, row, facts, why)
    sale = work.get(WholesaleSale, row["id"])
    sale.end_reason = why
    work.move(sale, WHOLESALE, "void", why)
    says = _("{number} is void: {reason}").format(number=row["number"], reason=why)
    return outcome(work, row["number"], says)


def _goods_back(work: Work, row: Row, facts: WholesaleFacts, why: str) -> None:
    set_aside = _moved(work, row["number"], TRANSIT)
    handed = _moved(work, row["number"], CUSTOMER)
    place = CUSTOMER if handed else TRANSIT
    moves.post(
        work,
        [
            postings.back(row["number"], goods.product_id, place, row["location"], goods)
            for goods in set_aside
        ],
    )
    entries = [postings.prepared(row["number"], set_aside)]
    if handed:
        entries.append(postings.delivered(row["number"], Money(facts.total_fen), handed))
    for entry in entries:
        if entry:
            journal.post(work, entry.reversed(why))


def settle_up(work: Work, number: str) -> None:
    """Bring a sale's state up to what finance has of it: settled, or owed again."""
    row = queries.by_number(work.reader, number)
    owed = row["worth_fen"] - row["settled_fen"]
    if row["state"] == "delivered" and owed <= 0:
        _move(work, row, "settle")
    elif row["state"] == "settled" and owed > 0:
        _move(work, row, "owe")


def gathered(work: Work, reference: str) -> tuple[Row, WholesaleFacts, rules.May]:
    """The wholesale meant, its facts, and who may do what."""
    row = queries.find(work.reader, reference, work.speaker)
    return row, queries.facts(work.reader, row, work.on), work.house().may


def mine(work: Work, verb: str, reference: str) -> tuple[Row, WholesaleFacts, rules.May]:
    """The same for somebody who may do a verb, on no day before its goods and its money."""
    require(work, verb)
    row, facts, may = gathered(work, reference)
    work.require_not_before(queries.latest_day(work.reader, row), row["number"])
    return row, facts, may


def _move(work: Work, row: Row, verb: str, reason: str = "") -> None:
    from kac.desk.wholesale.tables import WholesaleSale

    work.move(work.get(WholesaleSale, row["id"]), WHOLESALE, verb, reason)


def outcome(work: Work, number: str, says: str, *hints: str) -> Outcome:
    """What a verb tells of a wholesale, and hands to scripts."""
    row = queries.by_number(work.reader, number)
    document = {
        "number": number,
        "state": row["state"],
        "mode": row["mode"],
        "customer": row["customer"],
        "total": Money(row["total_fen"]).plain(),
        "owed": Money(row["worth_fen"] - row["settled_fen"]).plain(),
        "issuer": row["issuer"],
        "credit": row["credit"],
    }
    return Outcome(document, (says,), hints)
