"""Every paper by its name: which documents have it, on which sheets it lies, how it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from typing import Any

from kac.db.reader import Reader
from kac.documents.imprint import House
from kac.documents.layout import Paper, bound, fitted
from kac.documents.sheets import A4, A5, DM1, DM2, Sheet

_NO_HOUSE = House()


@dataclass(frozen=True, slots=True)
class Kind:
    """A paper: the modules that fill it in and that lay it out; `long` ones take a whole sheet."""

    layout: str
    filling: str
    function: str
    long: bool = False

    def sheet(self, *, laser: bool) -> Sheet:
        """The sheet where none was named: carbon stock, or what a laser printer takes."""
        if laser:
            return A4 if self.long else A5
        return DM1 if self.long else DM2


KINDS = {
    "order_form": Kind("order_form", "filled", "order_form"),
    "picking_list": Kind("picking_list", "filled_working", "picking_list"),
    "box_label": Kind("box_label", "filled_working", "box_labels"),
    "void_notice": Kind("void_notice", "filled_working", "void_notice"),
    "order_table": Kind("order_table", "filled_tabulated", "order_table"),
    "delivery_note": Kind("order_table", "filled_tabulated", "delivery_note"),
    "quotation": Kind("quotation", "filled", "quotation"),
    "quotation_internal": Kind("quotation", "filled", "quotation"),
    "receipt": Kind("receipt", "filled", "receipt"),
    "security_receipt": Kind("receipt", "filled", "security_receipt"),
    "refund_slip": Kind("refund_slip", "filled", "refund_slip"),
    "return_slip": Kind("return_slip", "filled_returns", "return_slip"),
    "slip": Kind("slip", "filled", "slip"),
    "contract": Kind("contract", "filled", "contract", long=True),
    "guarantee": Kind("guarantee", "filled_working", "guarantee"),
    "iou": Kind("iou", "filled_cards", "iou"),
    "card_receipt": Kind("card_receipt", "filled_cards", "card_receipt", long=True),
    "settlement": Kind("settlement", "filled_settlement", "settlement", long=True),
    "statement": Kind("statement", "filled_statement", "statement"),
    "dunning": Kind("dunning", "filled_dunning", "dunning"),
}
# The papers of a document by the first letters of its number, the ordinary one first.
OF = {
    "DD": ("order_form", "picking_list", "box_label", "void_notice"),
    "BJ": ("quotation", "quotation_internal"),
    "SK": ("receipt",),
    "BZ": ("security_receipt",),
    "TK": ("refund_slip",),
    "SH": ("slip", "picking_list", "box_label", "delivery_note"),
    "ZB": ("order_table",),
    "TH": ("return_slip",),
    "HT": ("contract",),
    "DB": ("guarantee",),
    "QT": ("iou",),
    "KS": ("card_receipt",),
    "RJ": ("settlement",),
    "DZ": ("statement",),
    "CK": ("dunning",),
}


def made(
    reader: Reader,
    name: str,
    number: str,
    sheet: Sheet,
    *,
    each: bool,
    today: date,
    house: House = _NO_HOUSE,
) -> Paper:
    """A paper filled in from the ledger and laid out; `each` copy alone, or all in one printing."""
    kind = KINDS[name]
    layout = import_module(f"kac.documents.{kind.layout}")
    values = _filled(reader, name, kind, number, today)
    values = replace(values, imprint=replace(values.imprint, house=house))
    compose = layout.compose_each if each and hasattr(layout, "compose_each") else layout.compose
    if name != "slip":
        return fitted(sheet, lambda on: compose(values, sheet=on))
    from kac.documents import filled, sales_detail

    detail = filled.sales_detail(reader, number)
    return fitted(
        sheet, lambda on: bound([compose(values, sheet=on), sales_detail.compose(detail, sheet=on)])
    )


def _filled(reader: Reader, name: str, kind: Kind, number: str, today: date) -> Any:
    fill = getattr(import_module(f"kac.documents.{kind.filling}"), kind.function)
    if kind.layout == "quotation":
        return fill(reader, number, internal=name == "quotation_internal")
    return fill(reader, number, today) if kind.layout == "contract" else fill(reader, number)
