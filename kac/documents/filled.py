"""Papers filled in from the ledger: order form, receipt, slip, sales detail list, contract."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from kac.core.calendar import business_day, parse_instant
from kac.db.reader import Reader, Row
from kac.desk.contracts import queries as contracts
from kac.desk.covers import queries as covers
from kac.desk.covers.exposure import ON_CREDIT
from kac.desk.customers import queries as customers
from kac.desk.deposits import queries as deposits
from kac.desk.deposits.rules import minimum
from kac.desk.dispatch import queries as dispatch
from kac.desk.margins.rules import rate_text
from kac.desk.orders import queries as orders
from kac.desk.quotations import queries as quotations
from kac.desk.quotations.actions import INTERNAL, SHEET
from kac.desk.shortages import queries as shortages
from kac.documents.contract import ContractPaper
from kac.documents.filled_parts import goods_of as _goods
from kac.documents.filled_parts import lines_of_slip
from kac.documents.imprint import Signature
from kac.documents.order_form import DepositTerms, OrderForm, OrderFormLine
from kac.documents.quotation import QuotationLine, QuotationPaper
from kac.documents.receipt import Receipt
from kac.documents.refund_slip import RefundSlip
from kac.documents.sales_detail import SalesDetail, SalesDetailLine
from kac.documents.slip import Slip
from kac.documents.stamped import imprint as _imprint
from kac.documents.stamped import name as _name
from kac.documents.stamped import of_route as _of_route
from kac.documents.stamped import signature as _signature
from kac.documents.wording import PAYMENT_TERMS


def order_form(reader: Reader, number: str) -> OrderForm:
    """The order form as it was printed last."""
    row = _order(reader, number)
    customer = customers.by_id(reader, row["customer_id"])
    return OrderForm(
        imprint=_imprint(reader, number, "order_form", void=row["state"] in _VOID),
        on_day=date.fromisoformat(row["on_day"]),
        state=row["state"],
        location=_place(reader, row["location"]),
        customer=row["customer"],
        customer_name=row["customer_name"],
        contact=customer["contact"],
        phone=customer["phone"],
        address=row["address"],
        delivery=row["delivery"],
        payment=PAYMENT_TERMS[row["payment_terms"]],
        need_by=date.fromisoformat(row["need_by"]),
        prepared_by=_name(reader, row["prepared_by"]),
        lines=tuple(_form_line(line) for line in orders.lines(reader, row["id"])),
        # What came back is not owed either: the form says what is left to be paid.
        received_fen=row["received_fen"] + row["returned_fen"],
        deposit=_deposit(reader, row),
        signatures=tuple(_signatures(reader, row)),
        note=row["note"],
        arrival=_arrival(reader, row),
    )


def _arrival(reader: Reader, row: Row) -> Signature:
    """Who of the distribution centre answers for which day of arrival (RTL-SHT-06)."""
    held = shortages.waiting(reader, row)
    if held is None or not held.arrives_on:
        return Signature("配送确认到货")
    return Signature("配送确认到货", held.arrives_on.isoformat(), held.signed_by, held.signed_on)


_VOID = ("collecting", "voided")


def quotation(reader: Reader, number: str, *, internal: bool) -> QuotationPaper:
    """The sheet of a quotation for the customer, or the internal one with costs and margins."""
    row = reader.one("SELECT * FROM v_quotation WHERE number = :number", number=number)
    customer = customers.by_id(reader, row["customer_id"])
    return QuotationPaper(
        imprint=_imprint(reader, number, INTERNAL if internal else SHEET),
        on_day=date.fromisoformat(row["on_day"]),
        revision=row["revision"],
        customer=row["customer"],
        customer_name=row["customer_name"],
        contact=customer["contact"],
        phone=customer["phone"],
        address=row["address"],
        delivery=row["delivery"],
        payment=row["payment_terms"],
        valid_until=date.fromisoformat(row["valid_until"]),
        prepared_by=_name(reader, row["prepared_by"]),
        lines=tuple(_quoted(line) for line in quotations.lines(reader, row["id"])),
        signatures=tuple(_of_route(reader, row)),
        need_by=date.fromisoformat(row["need_by"]) if row["need_by"] else None,
        note=row["note"],
        margin=rate_text(row["total_fen"], row["cost_total_fen"]),
        internal=internal,
    )


def _quoted(line: Row) -> QuotationLine:
    return QuotationLine(
        **_goods(line),
        list_price_fen=line["list_price_fen"],
        price_fen=line["unit_price_fen"],
        amount_fen=line["amount_fen"],
        cost_fen=line["cost_fen"],
        margin="" if line["gift"] else rate_text(line["unit_price_fen"], line["cost_fen"]),
        gift=bool(line["gift"]),
        fresh=bool(line["fresh"]),
    )


def receipt(reader: Reader, number: str) -> Receipt:
    """The receipt for one payment."""
    row = reader.one("SELECT * FROM v_payment WHERE number = :number", number=number)
    order = orders.by_id(reader, row["order_id"]) if row["order_id"] else None
    return Receipt(
        imprint=_imprint(reader, number, "receipt"),
        on_day=date.fromisoformat(row["on_day"]),
        customer_name=row["customer_name"],
        payer=row["payer"],
        order="、".join(_orders_of(reader, row["id"])),
        kind=row["kind"],
        amount_fen=row["amount_fen"],
        method=row["method"],
        received_by=_name(reader, row["received_by"]),
        reference=row["reference"] or "",
        cash_reason=row["cash_reason"],
        verified_by=_name(reader, row["verified_by"]) if row["verified_by"] else "",
        verified_at=parse_instant(row["verified_at"]) if row["verified_at"] else None,
        prepared_by=_name(reader, order["prepared_by"]) if order else "",
    )


def refund_slip(reader: Reader, number: str) -> RefundSlip:
    """The slip of one refund, with the signatures that it asks for, given or not."""
    row = reader.one("SELECT * FROM v_refund WHERE number = :number", number=number)
    makers = [_name(reader, code) for code in row["requested_by"].split(", ")]
    return RefundSlip(
        imprint=_imprint(reader, number, "refund_slip", void=row["state"] == "dropped"),
        on_day=date.fromisoformat(row["on_day"]),
        customer_name=row["customer_name"],
        payer=row["payer"],
        order=row["order_number"],
        payment=row["payment"],
        payment_reference=row["payment_reference"] or "",
        amount_fen=row["amount_fen"],
        method=row["method"],
        reason=row["reason"],
        cancellation=bool(row["cancellation"]),
        requested_by="、".join(makers),
        signatures=tuple(_of_route(reader, row)),
        reference=row["reference"],
        paid_by=_name(reader, row["paid_by"]) if row["paid_by"] else "",
        paid_on=date.fromisoformat(row["paid_on"]) if row["paid_on"] else None,
    )


def security_receipt(reader: Reader, number: str) -> Receipt:
    """The receipt for one security deposit."""
    row = reader.one("SELECT * FROM v_security WHERE number = :number", number=number)
    return Receipt(
        imprint=_imprint(reader, number, "security_receipt"),
        on_day=date.fromisoformat(row["on_day"]),
        customer_name=row["customer_name"],
        payer=row["payer"],
        order=row["contract"],
        kind="security",
        amount_fen=row["amount_fen"],
        method=row["method"],
        received_by=_name(reader, row["received_by"]),
        reference=row["reference"] or "",
        verified_by=_name(reader, row["verified_by"]) if row["verified_by"] else "",
        verified_at=parse_instant(row["verified_at"]) if row["verified_at"] else None,
    )


def _orders_of(reader: Reader, payment_id: int) -> list[str]:
    rows = reader.all(
        "SELECT DISTINCT o.number FROM v_allocation a JOIN sales_order o ON o.id = a.order_id"
        " WHERE a.payment_id = :id ORDER BY o.number",
        id=payment_id,
    )
    return [str(row["number"]) for row in rows]


def slip(reader: Reader, number: str) -> Slip:
    """The wholesale slip of one dispatch."""
    row, order, customer = _dispatch(reader, number)
    return Slip(
        imprint=_imprint(reader, number, "slip", void=row["state"] == "void"),
        on_day=date.fromisoformat(row["on_day"]),
        order=row["order_number"],
        customer_name=row["customer_name"],
        contact=customer["contact"],
        phone=customer["phone"],
        address=row["address"],
        issued_by=_name(reader, row["issued_by"]),
        **lines_of_slip(reader, row),
        payment=_paid(reader, order),
        received_fen=order["received_fen"],
        verified=_verified(reader, row["order_id"]),
        driver=row["driver"],
        vehicle=row["vehicle"],
        received_by=row["received_by"],
        signed_on=date.fromisoformat(row["signed_on"]) if row["signed_on"] else None,
    )


def sales_detail(reader: Reader, number: str) -> SalesDetail:
    """What is counted at the gate against the form (RTL-ORD-13)."""
    row, _order_row, _customer = _dispatch(reader, number)
    return SalesDetail(
        imprint=_imprint(reader, number, "slip"),
        on_day=date.fromisoformat(row["on_day"]),
        order=row["order_number"],
        customer_name=row["customer_name"],
        location=_place(reader, row["location"]),
        lines=tuple(
            SalesDetailLine(**_goods(line), remark="赠品" if line["gift"] else "")
            for line in dispatch.lines(reader, row["id"])
        ),
    )


def contract(reader: Reader, number: str, today: date) -> ContractPaper:
    """A contract as it stands."""
    row = reader.one("SELECT * FROM v_contract WHERE number = :number", number=number)
    customer = customers.by_id(reader, row["customer_id"])
    terms = contracts.terms(row)
    gates, _after = contracts.case(reader, row, today)
    held_up = [gate for gate in gates if not gate.open and gate.name != "contract_executing"]
    return ContractPaper(
        imprint=_imprint(reader, number, "contract"),
        kind=row["kind"],
        revision=row["revision"],
        on_day=date.fromisoformat(row["on_day"]),
        customer=row["customer"],
        customer_name=row["customer_name"],
        uscc=customer["uscc"],
        contact=customer["contact"],
        phone=customer["phone"],
        address=customer["address"],
        prepared_by=_name(reader, row["prepared_by"]),
        signatures=tuple(_of_route(reader, row)),
        filing=row["filing"],
        ready=not held_up,
        **{field.name: getattr(terms, field.name) for field in fields(terms)},
    )


def _order(reader: Reader, number: str) -> Row:
    return reader.one("SELECT * FROM v_order_gate_facts WHERE number = :number", number=number)


def _dispatch(reader: Reader, number: str) -> tuple[Row, Row, Row]:
    row = reader.one("SELECT * FROM v_dispatch WHERE number = :number", number=number)
    order = orders.by_id(reader, row["order_id"])
    return row, order, customers.by_id(reader, order["customer_id"])


def _place(reader: Reader, code: str) -> str:
    return str(reader.value("SELECT name FROM location WHERE code = :code", code=code) or code)


def _form_line(line: Row) -> OrderFormLine:
    return OrderFormLine(
        **_goods(line),
        list_price_fen=line["list_price_fen"],
        price_fen=line["unit_price_fen"],
        amount_fen=line["amount_fen"],
        gift=bool(line["gift"]),
        fresh=bool(line["fresh"]),
    )


def _paid(reader: Reader, order: Row) -> str:
    """How goods that go out are paid for: beforehand, by the day of a letter, by the month."""
    if order["payment_terms"] not in ON_CREDIT or _settled(order):
        return "先款后货, 已付清"
    letter = covers.letter(reader, order["id"])
    if letter is not None:
        return f"赊销, {letter.due_on.isoformat()}前付清"
    contracts = "、".join(each.number for each in covers.agreed(reader, order["customer_id"]))
    return f"月结, {contracts}"


def _settled(order: Row) -> bool:
    """Whether what was not given back has been paid for."""
    return bool(order["received_fen"] >= order["total_fen"] - order["returned_fen"])


def _deposit(reader: Reader, row: Row) -> DepositTerms | None:
    if row["payment_terms"] in ON_CREDIT and not row["deposit_fen"]:
        return None
    policy, facts = deposits.policy(orders.policy(reader, row)), deposits.facts(row)
    waived = facts.waiver if facts.waived_fen else None
    signed = None
    if waived:
        signed = {"staff": waived.by, "on_behalf_of": waived.on_behalf_of, "at": waived.at}
    return DepositTerms(
        rate_bp=policy.rate_bp,
        fresh_rate_bp=policy.fresh_rate_bp,
        due_fen=minimum(facts, policy).whole_fen,
        received_fen=row["deposit_fen"],
        waived_fen=facts.waived_fen,
        waived_because=waived.reason if waived else "",
        waiver=_signature(reader, "批准减免", "招商部经理", signed),
    )


def _signatures(reader: Reader, row: Row) -> list[Signature]:
    return [_review(reader, row), *_of_route(reader, row)]


def _review(reader: Reader, row: Row) -> Signature:
    review = reader.first(
        "SELECT staff, at FROM order_review WHERE order_id = :id AND revision = :revision",
        id=row["id"],
        revision=row["revision"],
    )
    return _signature(reader, "审核", "招商部主管", review)


def _verified(reader: Reader, order_id: int) -> Signature:
    last = reader.first(
        "SELECT y.verified_by, y.verified_at FROM payment y JOIN v_allocation a"
        " ON a.payment_id = y.id WHERE a.order_id = :id AND y.state = 'verified'"
        " ORDER BY y.verified_at DESC LIMIT 1",
        id=order_id,
    )
    if last is None:
        return Signature("财务核实")
    day = business_day(parse_instant(last["verified_at"]))
    return Signature("财务核实", "", _name(reader, last["verified_by"]), day)
