"""The lines of a slip filled in from the ledger: alone, or as one part of several."""

from __future__ import annotations

from typing import Any

from kac.core.quantity import format_quantity
from kac.db.reader import Reader, Row
from kac.desk.deliveries import queries as deliveries
from kac.desk.deliveries.rules import PartLine
from kac.desk.dispatch import queries as dispatch
from kac.documents.slip import Part, SlipLine


def goods_of(line: Row) -> dict[str, Any]:
    """What every paper says of the goods of a line."""
    return {
        "code": line["barcode"] or line["code"],
        "name": line["name"],
        "spec": line["spec"],
        "unit": line["unit"],
        "quantity": format_quantity(line["quantity"], line["scale"]),
    }


def lines_of_slip(reader: Reader, slip: Row) -> dict[str, Any]:
    """The lines of a slip; of an order with several slips what went before and is still to go."""
    own = dispatch.lines(reader, slip["id"])
    upto = [row for row in _living(reader, slip) if row["dispatch_id"] <= slip["id"]]
    parts = deliveries.parts(reader, slip["order_id"])
    before = [row for row in upto if row["dispatch_id"] < slip["id"]]
    before_fen = sum(row["amount_fen"] - row["refused_fen"] for row in before)
    sent_fen = before_fen + slip["amount_fen"]
    wanted_fen = sum(part.amount_fen - part.cut_fen for part in parts)
    if not before and sent_fen >= wanted_fen:
        return {"lines": tuple(SlipLine(**_line(row)) for row in own)}
    lines = {part.line: part for part in parts}
    part = Part(before_fen, max(0, wanted_fen - sent_fen), slip["deposit_fen"])
    told = tuple(SlipLine(**_line(row), **_part(row, lines[row["line"]], upto)) for row in own)
    return {"lines": told, "part": part}


def _living(reader: Reader, slip: Row) -> list[Row]:
    """The lines of the living slips of an order, and those of this one were it void."""
    rows = deliveries.slip_lines(reader, slip["order_id"])
    return rows if slip["state"] != "void" else [*rows, *dispatch.lines(reader, slip["id"])]


def _line(row: Row) -> dict[str, Any]:
    return {
        **goods_of(row),
        "price_fen": row["unit_price_fen"],
        "amount_fen": row["amount_fen"],
        "gift": bool(row["gift"]),
    }


def _part(row: Row, line: PartLine, upto: list[Row]) -> dict[str, Any]:
    before = sum(
        each["quantity"] - each["short"] - each["damaged"]
        for each in upto
        if each["line"] == row["line"] and each["dispatch_id"] != row["dispatch_id"]
    )
    wanted = line.quantity - line.cut
    figures = {
        "ordered": wanted,
        "before": before,
        "open": max(0, wanted - before - row["quantity"]),
    }
    return {name: format_quantity(value, row["scale"]) for name, value in figures.items()}
