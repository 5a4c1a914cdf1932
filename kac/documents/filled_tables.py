"""Order tables and simple lists filled in from the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from kac.core.quantity import format_quantity
from kac.db.reader import Reader, Row
from kac.desk.order_tables import queries
from kac.desk.orders import queries as orders
from kac.desk.papers import queries as papers
from kac.documents.order_table import COPIES, GoodsTable, TableLine
from kac.documents.stamped import imprint, name


def order_table(reader: Reader, number: str) -> GoodsTable:
    """The version in force of a table, or of a simple list."""
    row = reader.one("SELECT * FROM v_order_table WHERE number = :number", number=number)
    order = orders.by_id(reader, row["order_id"])
    simple = row["kind"] == "list"
    out = papers.copies(reader, number, queries.PAPER)
    return GoodsTable(
        imprint=imprint(reader, number, queries.PAPER),
        title="简表" if simple else "订单制表",
        version=row["version"],
        on_day=date.fromisoformat(row["on_day"]),
        order=row["order_number"],
        customer_name=row["customer_name"],
        address=order["address"],
        need_by=date.fromisoformat(row["need_by"]),
        made_by=name(reader, queries.versions(reader, row["id"])[-1]["staff"]),
        copies=tuple(copy for copy in COPIES if copy.name in out),
        lines=tuple(line(each) for each in queries.lines(reader, row["id"], row["version"])),
        brands=not simple,
    )


def line(row: Row | dict[str, Any]) -> TableLine:
    """One line of a version as it is printed."""
    return TableLine(
        row["barcode"] or row["code"],
        row["brand"],
        row["name"],
        row["spec"],
        row["packaging"],
        row["unit"],
        format_quantity(row["quantity"], row["scale"]),
        row["unit_price_fen"],
        row["amount_fen"],
    )
