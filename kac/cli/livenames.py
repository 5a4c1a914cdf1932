"""What the ledger holds under each name of a help page: the numbers and names that complete it.

Plain SQL over the standard library, thirty rows at most, the newest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Offer = tuple[str, str]
MOST = 30


def _of_customer(table: str) -> str:
    """Documents of a table that names its customer."""
    return (
        f"SELECT d.number AS value, c.name AS says, c.mnemonic AS other FROM {table} d"
        " JOIN customer c ON c.id = d.customer_id"
    )


def _of_order(table: str) -> str:
    """Documents of a table that names its order."""
    return (
        f"SELECT d.number AS value, c.name AS says, c.mnemonic AS other FROM {table} d"
        " JOIN sales_order o ON o.id = d.order_id JOIN customer c ON c.id = o.customer_id"
    )


def _of(view: str, says: str, other: str = "''") -> str:
    return f"SELECT number AS value, {says} AS says, {other} AS other FROM {view}"


def _of_product(table: str) -> str:
    """Documents of a table that names its product."""
    return (
        f"SELECT d.number AS value, p.name AS says, p.mnemonic AS other FROM {table} d"
        " JOIN product p ON p.id = d.product_id"
    )


# What stands for a value in help, and where its values lie: (value, what it means, other ways to
# write it). A document is also found by its customer's name.
LIVE = {
    "CUSTOMER": "SELECT number AS value, name AS says, mnemonic AS other FROM customer",
    "PRODUCT": "SELECT code AS value, name AS says, mnemonic AS other FROM product",
    "ORDER": _of_customer("sales_order"),
    "QUOTE": _of_customer("quotation"),
    "CONTRACT": _of_customer("contract"),
    "SLIP": _of_order("dispatch"),
    "MONEY": _of_customer("payment"),
    "CHEQUE": _of("v_cheque", "customer_name", "cheque_number"),
    "WAIVER": _of("v_waiver", "customer_name", "order_number"),
    "SECURITY": _of("v_security", "contract", "customer_name"),
    "REBATE": _of_order("rebate"),
    "TABLE": _of("v_order_table", "customer_name", "order_number"),
    "REFUND": _of("v_refund", "customer_name", "payment"),
    "INVOICE": _of("v_invoice", "customer_name", "order_number"),
    "STATEMENT": _of_customer("statement"),
    "LETTER": _of_customer("dunning"),
    "CREDIT": f"{_of_customer('credit_application')} UNION ALL {_of_customer('credit_limit')}",
    "SALE": f"{_of_customer('card_sale')} UNION ALL {_of_customer('wholesale_sale')}",
    "IOU": _of("v_iou", "customer_name", "sale"),
    "EXPENSE": _of("v_expense", "document", "customer_name"),
    "ITEM": _of("v_taking", "customer_name", "document"),
    "RETURN": _of("v_return", "customer_name", "order_number"),
    "VISIT": _of("visit", "name"),
    "CAMPAIGN": _of("campaign", "name"),
    "INQUIRY": _of("inquiry", "need"),
    "APPROVAL": _of("approval", "subject"),
    "DELEGATION": _of("delegation", "deputy"),
    "CHANGE": _of("policy_change", "reason"),
    "SHEET": _of("price_sheet", "reason", "source"),
    "LINE": _of("bank_line", "summary", "counterparty"),
    "ADJUSTMENT": _of_product("stock_adjustment"),
    "PROMISE": _of_product("stock_promise"),
    "TRANSFER": _of("stock_transfer", "to_location", "reason"),
    "HOLD": _of_customer("stock_hold"),
    "SHIPMENT": _of("v_shipment", "customer_name", "office"),
    "DRAW": _of("v_held_draw", "name", "reason"),
    "OFFICE": "SELECT code AS value, name AS says, '' AS other FROM location",
    "REQUEST": _of("v_purchase_request", "supplier", "customer_name"),
    "STAFF": "SELECT code AS value, name AS says, '' AS other FROM staff WHERE active = 1",
    "LOCATION": "SELECT code AS value, name AS says, '' AS other FROM location",
}


def begin(kind: str, start: str) -> Iterator[Offer]:
    """What begins so: a number, else a name or its pinyin initials, as a command line needs it.

    Found by a name, the name itself is offered as long as several begin so; the number where one
    is left.
    """
    from kac.core.text import folded

    plain = _escaped(start.upper())
    rows = _asked(kind, "upper(value) LIKE :start", f"{plain}%")
    if rows or not start:
        yield from ((row["value"], row["says"] or "") for row in rows)
        return
    named = "upper(says) LIKE :start OR upper(other) LIKE :start"
    rows = _asked(kind, named, f"{_escaped(folded(start)).upper()}%")
    if len(rows) == 1:
        yield rows[0]["value"], rows[0]["says"]
        return
    for row in rows:
        by_name = row["says"].startswith(start)
        yield (row["says"], row["value"]) if by_name else (row["value"], row["says"])


def contain(kind: str, word: str) -> Iterator[Offer]:
    """What has the word anywhere in its number or name, or as its pinyin initials, by number."""
    from kac.core.text import folded

    named = "upper(value) LIKE :start OR upper(says) LIKE :start OR upper(other) LIKE :start"
    for row in _asked(kind, named, f"%{_escaped(folded(word).upper())}%"):
        yield row["value"], row["says"] or ""


def _escaped(written: str) -> str:
    return written.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _asked(kind: str, which: str, start: str) -> list[Any]:
    """The newest rows of a kind; none where there is no ledger yet."""
    from kac.cli.places import ledger_path
    from kac.db.reader import reading

    if not ledger_path().is_file():
        return []
    which = which.replace(":start", ":start ESCAPE :sign")
    with reading(ledger_path()) as reader:
        return reader.all(
            f"SELECT * FROM ({LIVE[kind]}) AS live WHERE {which} ORDER BY value DESC LIMIT :most",
            start=start,
            sign="\\",
            most=MOST,
        )
