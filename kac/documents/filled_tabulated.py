"""Order tables, simple lists and delivery notes filled in from the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from kac.core.quantity import format_quantity
from kac.db.reader import Reader, Row
from kac.desk.dispatch import queries as dispatch
from kac.desk.orders import queries as orders
from kac.desk.papers import queries as papers
from kac.desk.tabulations import queries
from kac.desk.tabulations.rules import as_rung
from kac.documents.order_table import COPIES, GoodsTable, TableLine
from kac.documents.stamped import imprint, name


def order_table(reader: Reader, number: str) -> GoodsTable:
    """The version in force of a table, or of a simple list."""
    row = reader.one("SELECT * FROM v_order_table WHERE number = :number", number=number)
    order = orders.by_id(reader, row["order_id"])
    simple = row["kind"] == "list"
    out = papers.copies(reader, number, queries.PAPER)
    return GoodsTable(
        imprint=imprint(reader, number, queries.PAPER, void=_void(reader, row)),
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


def _void(reader: Reader, row: Row) -> bool:
    """Whether the order is void, or the slip of a simple list."""
    if row["order_state"] in ("collecting", "voided"):
        return True
    slip = "SELECT state FROM dispatch WHERE id = :id"
    return bool(row["dispatch_id"] and reader.value(slip, id=row["dispatch_id"]) == "void")


def delivery_note(reader: Reader, number: str) -> GoodsTable:
    """The delivery note of a slip as its customer wants it (GPA-UPD-02).

    Its prices are those of the table or list in force, else those of the form.
    """
    slip = reader.one("SELECT * FROM v_dispatch WHERE number = :number", number=number)
    order = orders.by_id(reader, slip["order_id"])
    wish = dispatch.wish(reader, slip["id"])
    return GoodsTable(
        imprint=imprint(reader, number, "delivery_note"),
        title="报价单" if wish.title == "quotation" else "送货单",
        version=0,
        on_day=date.fromisoformat(slip["on_day"]),
        order=slip["order_number"],
        customer_name=slip["customer_name"],
        address=slip["address"],
        need_by=date.fromisoformat(order["need_by"]),
        made_by=name(reader, wish.staff or slip["issued_by"]),
        copies=COPIES[-1:],
        lines=tuple(line(each) for each in _priced(reader, slip)),
        brands=False,
        prices=wish.prices,
        note=wish.remark,
    )


def _priced(reader: Reader, slip: Row) -> list[dict[str, Any]]:
    """The lines of a slip at the prices that they were rung at."""
    told = {row["line"]: dict(row) for row in dispatch.lines(reader, slip["id"])}
    form = queries.slip_lines(reader, slip["order_id"], slip["id"])
    rung = queries.rung(reader, slip["order_id"], slip["id"])
    return [
        {
            **told[each.order_line],
            "brand": "",
            "packaging": "",
            "quantity": each.quantity,
            "unit_price_fen": each.unit_price_fen,
            "amount_fen": each.amount_fen,
        }
        for each in as_rung(form, rung)
    ]


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
