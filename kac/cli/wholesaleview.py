"""Wholesales as they are shown: goods, checklist, proof, who follows the debt up."""

from __future__ import annotations

from datetime import date
from typing import Any

from kac.cli.onlooker import speaker
from kac.cli.orderview import View, gate_columns, gate_row
from kac.cli.show import Column, Part
from kac.core.i18n import _
from kac.db.reader import Reader, Row
from kac.desk.wholesale import queries
from kac.desk.wholesale.states import LABELS, MODES, PROOFS


def list_columns() -> list[Column]:
    """The columns of a list of wholesales."""
    return [
        Column("number", _("wholesale"), "code"),
        Column("customer_name", _("customer"), priority=6),
        Column("mode", _("kind"), "state", words=MODES, priority=4),
        Column("total", _("total"), "money"),
        Column("owed", _("still owed"), "money"),
        Column("state", _("state"), "state", words=LABELS),
        Column("issuer", _("followed up by"), "code", priority=5),
        Column("credit", _("credit"), "code", priority=3),
        Column("prepared_by", _("made by"), "code", priority=2),
    ]


def listed(row: Row) -> dict[str, Any]:
    """A wholesale as lists take it."""
    return {
        **dict(row),
        "total": row["total_fen"],
        "settled": row["settled_fen"],
        "owed": row["worth_fen"] - row["settled_fen"],
        "returned": row["returned_fen"] or None,
        "to_refund": row["back_fen"] or None,
        "invoiced": row["invoiced_fen"] - row["red_fen"] if row["invoice_number"] else None,
    }


def gather(reader: Reader, reference: str, today: date) -> View:
    """Everything about a wholesale."""
    row = queries.find(reader, reference, speaker(reader))
    gates, _after = queries.case(reader, row, today)
    goods = [
        {**dict(line), "price": line["unit_price_fen"], "amount": line["amount_fen"]}
        for line in queries.lines(reader, row["id"])
    ]
    columns = [
        *list_columns(),
        Column("settled", _("settled"), "money"),
        Column("location", _("dispatching store"), "code"),
        Column("proof", _("proof of receipt"), "state", words=PROOFS),
        Column("received_by", _("receipt by")),
        Column("list_reason", _("why no slip")),
        Column("returned", _("came back"), "money"),
        Column("to_refund", _("to be given back"), "money"),
        Column("invoice_number", _("tax invoice"), "code"),
        Column("invoiced", _("the invoice says"), "money"),
        Column("invoice_content", _("invoice content")),
        Column("delivered_on", _("delivered on"), "day"),
        Column("on_day", _("made on"), "day"),
        Column("end_reason", _("ended because")),
    ]
    of_goods = [
        Column("line", _("line"), "count"),
        Column("code", _("code"), "code"),
        Column("name", _("name"), priority=9),
        Column("quantity", _("quantity"), "quantity"),
        Column("unit", _("unit")),
        Column("price", _("price"), "money"),
        Column("amount", _("amount"), "money"),
        Column("priced_by", _("priced by"), "code", priority=2),
    ]
    return View(
        columns,
        listed(row),
        [
            Part("lines", _("goods"), of_goods, goods),
            *_came_back(reader, row),
            Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates]),
        ],
    )


def _came_back(reader: Reader, row: Row) -> list[Part]:
    """What came back and the red invoices for it; nothing where nothing did."""
    back = [
        {**dict(each), "amount": each["amount_fen"]} for each in queries.returns(reader, row["id"])
    ]
    red = [
        {**dict(each), "amount": each["amount_fen"]}
        for each in queries.red_invoices(reader, row["id"])
    ]
    of_back = [
        Column("nth", _("time"), "count"),
        Column("code", _("code"), "code"),
        Column("name", _("name"), priority=9),
        Column("quantity", _("came back"), "quantity"),
        Column("scrapped", _("of it scrapped"), "quantity"),
        Column("amount", _("amount"), "money"),
        Column("reason", _("reason"), priority=3),
        Column("by", _("counted in by"), "code", priority=2),
        Column("on_day", _("on"), "day", priority=2),
    ]
    of_red = [
        Column("number", _("red tax invoice"), "code"),
        Column("invoice_number", _("takes off"), "code"),
        Column("amount", _("amount"), "money"),
        Column("by", _("opened by"), "code", priority=2),
        Column("on_day", _("on"), "day", priority=2),
    ]
    parts = [
        ("returns", _("came back"), of_back, back),
        ("red", _("red tax invoices"), of_red, red),
    ]
    return [Part(key, title, columns, rows) for key, title, columns, rows in parts]
