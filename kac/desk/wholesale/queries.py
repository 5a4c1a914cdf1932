"""Reading wholesales: goods, prices, how far each is, what is still owed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.db import policybook
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.card_sales import queries as sales
from kac.desk.credits import queries as credits
from kac.desk.stock import queries as stock
from kac.desk.wholesale import rules
from kac.desk.wholesale.rules import WholesaleFacts
from kac.desk.wholesale.states import OPEN
from kac.ledger.chart import CUSTOMER, GOODS_OWED, GOODS_TO_REFUND
from kac.ledger.checks import balance


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The wholesale meant."""
    number = resolve(reader, "PF", "wholesale_sale", reference, speaker)
    return by_number(reader, number)


def by_number(reader: Reader, number: str) -> Row:
    """The wholesale of a number."""
    return reader.one("SELECT * FROM v_wholesale WHERE number = :number", number=number)


def lines(reader: Reader, sale_id: int) -> list[Row]:
    """The goods of a wholesale with the prices that hold."""
    return reader.all(
        "SELECT * FROM v_wholesale_line WHERE wholesale_sale_id = :id ORDER BY line", id=sale_id
    )


def listing(reader: Reader, state: str = "") -> list[Row]:
    """Wholesales, the newest first; of the state `open` those that want something."""
    marks = ", ".join(f"'{each}'" for each in OPEN)
    due = "invoiced_fen - red_fen > worth_fen AND invoice_number <> '' OR back_fen > refunding_fen"
    return reader.all(
        "SELECT * FROM v_wholesale WHERE :state = '' OR state = :state"
        f" OR (:state = 'open' AND (state IN ({marks}) OR state = 'settled' AND ({due})))"
        " ORDER BY id DESC",
        state=state,
    )


def facts(reader: Reader, row: Row, today: date) -> WholesaleFacts:
    """A wholesale as its gates see it."""
    goods = lines(reader, row["id"])
    credit = None
    if row["credit"]:
        application = credits.by_number(reader, row["credit"])
        credit = credits.standing(reader, application, beside=row["number"])
    wanted = {line["product_id"]: line["quantity"] for line in goods}
    ahead = row["state"] in ("selected", "priced")
    names = ("number", "state", "mode", "customer_name", "total_fen", "settled_fen", "carried_fen")
    more = ("issuer", "invoice_number", "invoice_content", "worth_fen", "invoiced_fen", "red_fen")
    return WholesaleFacts(
        **{name: row[name] for name in (*names, *more)},
        back_fen=row["back_fen"] - row["refunding_fen"],
        unpriced=tuple(line["name"] for line in goods if line["unit_price_fen"] is None),
        supplies=tuple(stock.supplies(reader, wanted, row["location"])) if ahead else (),
        credit=credit,
        today=today,
    )


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, Any]]:
    """All gates of a wholesale, and what each of them waits for."""
    may = policybook.in_force(reader, policybook.DESK, today).may
    return rules.checklist(facts(reader, row, today), may), rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, Any]]]:
    """Every wholesale that still wants something; its debt is the slip issuer's (HYP-GDS-08)."""
    for row in listing(reader, "open"):
        owner = row["issuer"] or row["prepared_by"]
        document = {**dict(row), "need_by": row["collection_on"], "prepared_by": owner}
        yield document, *case(reader, row, today)


def goods_equal_books(reader: Reader, _on: date) -> list[Finding]:
    """What customers owe for wholesale goods is what the books say."""
    row = reader.one(
        "SELECT coalesce(sum(CASE WHEN state IN ('delivered', 'settled') THEN worth_fen ELSE 0 END"
        " - credited_fen + refunded_fen + back_fen), 0) AS owed,"
        " coalesce(sum(back_fen), 0) AS back FROM v_wholesale"
    )
    pairs = (
        (GOODS_OWED, row["owed"], balance(reader, GOODS_OWED)),
        (GOODS_TO_REFUND, row["back"], -balance(reader, GOODS_TO_REFUND)),
    )
    return [
        Finding(
            "goods_equal_books",
            account,
            _("goods: documents say {derived}, account {account} says {booked}").format(
                derived=Money(derived), account=account, booked=Money(booked)
            ),
            ("CRH-DAT-02",),
            "kac audit verify",
        )
        for account, derived, booked in pairs
        if derived != booked
    ]


def returns(reader: Reader, sale_id: int) -> list[Row]:
    """What came back of a sale, in order, line by line."""
    return reader.all(
        "SELECT r.nth, r.reason, r.by, r.on_day, p.code, p.name, p.scale, b.quantity, b.scrapped,"
        " b.amount_fen FROM wholesale_return r"
        " JOIN wholesale_return_line b ON b.wholesale_return_id = r.id"
        " JOIN wholesale_line n ON n.id = b.wholesale_line_id"
        " JOIN product p ON p.id = n.product_id WHERE r.wholesale_sale_id = :id"
        " ORDER BY r.nth, n.line",
        id=sale_id,
    )


def red_invoices(reader: Reader, sale_id: int) -> list[Row]:
    """The red tax invoices of a sale, in order."""
    return reader.all(
        "SELECT * FROM wholesale_red_invoice WHERE wholesale_sale_id = :id ORDER BY id",
        id=sale_id,
    )


def with_customer(reader: Reader, number: str, product_id: int) -> tuple[int, int]:
    """(base units, fen at cost) of a product of a sale that the customer has."""
    row = reader.one(
        "SELECT coalesce(sum(CASE WHEN to_place = :there THEN quantity ELSE -quantity END), 0)"
        " AS quantity, coalesce(sum(CASE WHEN to_place = :there THEN value_fen"
        " ELSE -value_fen END), 0) AS value_fen FROM stock_move WHERE document = :number"
        " AND product_id = :product AND :there IN (from_place, to_place)",
        there=CUSTOMER,
        number=number,
        product=product_id,
    )
    return row["quantity"], row["value_fen"]


def invoice_known(reader: Reader, invoice: str) -> str:
    """The sale that a tax invoice of this number, blue or red, was opened for, or nothing."""
    found: str = reader.value(
        "SELECT coalesce(min(number), '') FROM (SELECT number FROM wholesale_sale"
        " WHERE upper(invoice_number) = upper(:invoice)"
        " UNION ALL SELECT s.number FROM wholesale_red_invoice r"
        " JOIN wholesale_sale s ON s.id = r.wholesale_sale_id"
        " WHERE upper(:invoice) IN (upper(r.number), upper(r.invoice_number))) known",
        invoice=invoice,
    )
    return found


def latest_day(reader: Reader, row: Row) -> date:
    """The last day on which goods or money of a wholesale moved."""
    back = reader.value(
        "SELECT max(on_day) FROM wholesale_return WHERE wholesale_sale_id = :id", id=row["id"]
    )
    goods = date.fromisoformat(back or row["delivered_on"] or row["on_day"])
    return max(goods, sales.money_day(reader, row))
