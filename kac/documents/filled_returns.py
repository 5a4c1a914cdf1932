"""The return slip filled in from the ledger."""

from __future__ import annotations

from datetime import date

from kac.core.quantity import format_quantity
from kac.db.reader import Reader, Row
from kac.desk.customers import queries as customers
from kac.desk.orders import queries as orders
from kac.desk.returns import queries
from kac.desk.returns.rules import BackLine
from kac.desk.returns.states import LOST, REFUSED, SAMPLE, SCRAP, SHORT, STOCK
from kac.documents.return_slip import ReturnSlip, ReturnSlipLine
from kac.documents.stamped import imprint, name, of_route

_FATES = {STOCK: "入库", SAMPLE: "转样品", SCRAP: "报废", REFUSED: "拒收", LOST: "短少"}


def return_slip(reader: Reader, number: str) -> ReturnSlip:
    """The slip of one return, with what was counted and decided so far."""
    row = queries.by_number(reader, number)
    customer = customers.by_id(reader, row["customer_id"])
    place = reader.value("SELECT name FROM location WHERE code = :code", code=row["location"])
    goods = {each["line"]: each for each in orders.lines(reader, row["order_id"])}
    return ReturnSlip(
        imprint=imprint(reader, number, "return_slip", void=row["state"] == "dropped"),
        on_day=date.fromisoformat(row["on_day"]),
        by_day=date.fromisoformat(row["by_day"]),
        order=row["order_number"],
        dispatch=row["dispatch"],
        customer_name=row["customer_name"],
        contact=customer["contact"],
        phone=customer["phone"],
        location=place or row["location"],
        reason=row["reason"],
        made_by=name(reader, row["made_by"]),
        signatures=tuple(of_route(reader, row)),
        lines=tuple(_line(line, goods[line.order_line]) for line in queries.lines(reader, row)),
        exchange=row["exchange"],
        settled_by=name(reader, row["settled_by"]) if row["settled_by"] else "",
        settled_on=date.fromisoformat(row["settled_on"]) if row["settled_on"] else None,
    )


def _line(line: BackLine, goods: Row) -> ReturnSlipLine:
    fates = " ".join(
        f"{_FATES[fate]}{format_quantity(quantity, line.scale)}"
        for fate, quantity in (line.fates or {}).items()
    )
    return ReturnSlipLine(
        code=goods["barcode"] or goods["code"],
        name=goods["name"],
        spec=goods["spec"],
        unit=goods["unit"],
        quantity=format_quantity(line.quantity, line.scale),
        amount_fen=line.worth_fen,
        counted="" if line.counted is None else format_quantity(line.counted, line.scale),
        fate=fates or ("送货短少" if line.kind == SHORT else ""),
    )
