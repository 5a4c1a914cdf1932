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
from kac.desk.credits import queries as credits
from kac.desk.stock import queries as stock
from kac.desk.wholesale import rules
from kac.desk.wholesale.rules import WholesaleFacts
from kac.desk.wholesale.states import OPEN
from kac.ledger.chart import GOODS_OWED
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
    return reader.all(
        "SELECT * FROM v_wholesale WHERE :state = '' OR state = :state"
        f" OR (:state = 'open' AND state IN ({marks})) ORDER BY id DESC",
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
    more = ("issuer", "invoice_number", "invoice_content")
    return WholesaleFacts(
        **{name: row[name] for name in (*names, *more)},
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
        "SELECT coalesce(sum(CASE WHEN state IN ('delivered', 'settled') THEN total_fen ELSE 0 END"
        " - credited_fen), 0) AS owed FROM v_wholesale"
    )
    booked = balance(reader, GOODS_OWED)
    if row["owed"] == booked:
        return []
    says = _("goods: documents say {derived}, account {account} says {booked}").format(
        derived=Money(row["owed"]), account=GOODS_OWED, booked=Money(booked)
    )
    return [Finding("goods_equal_books", GOODS_OWED, says, ("CRH-DAT-02",), "kac audit verify")]
