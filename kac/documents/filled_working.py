"""Papers beside the forms filled in from the ledger: picking list, labels, notice, guarantee."""

from __future__ import annotations

from datetime import date

from kac.core.quantity import format_quantity
from kac.db.reader import Reader, Row
from kac.desk.boxes import queries as boxes
from kac.desk.customers import queries as customers
from kac.desk.dispatch import queries as dispatch
from kac.desk.orders import queries as orders
from kac.desk.papers import queries as papers
from kac.documents.box_label import BoxLabels, Label
from kac.documents.guarantee import GuaranteePaper
from kac.documents.order_form import COPIES, PHOTOCOPY
from kac.documents.picking_list import PickingLine, PickingList
from kac.documents.stamped import imprint, name
from kac.documents.void_notice import OutCopy, VoidNotice
from kac.documents.wording import joined

_LEGENDS = {copy.name: copy.legend for copy in (*COPIES, PHOTOCOPY)}


def picking_list(reader: Reader, number: str) -> PickingList:
    """What is picked for one order, or for one slip of it."""
    row, goods = _goods(reader, number)
    place = _place(reader, row["location"])
    return PickingList(
        imprint=imprint(reader, number, "picking_list"),
        on_day=date.fromisoformat(row["on_day"]),
        customer_name=row["customer_name"],
        location=place,
        need_by=date.fromisoformat(row["need_by"]),
        lines=tuple(
            PickingLine(
                place,
                line["barcode"] or line["code"],
                line["name"],
                line["spec"],
                line["unit"],
                format_quantity(line["quantity"], line["scale"]),
                gift=bool(line["gift"]),
                fresh=bool(line["fresh"]),
            )
            for line in goods
        ),
        note=row["note"],
    )


def box_labels(reader: Reader, number: str) -> BoxLabels:
    """A label for every line of an order, or of one slip of it."""
    row, goods = _goods(reader, number)
    return BoxLabels(
        imprint=imprint(reader, number, "box_label"),
        customer_name=row["customer_name"],
        location=_place(reader, row["location"]),
        need_by=date.fromisoformat(row["need_by"]),
        labels=_boxed(reader, number)
        or tuple(
            Label(
                line["barcode"] or line["code"],
                line["name"],
                line["spec"],
                line["unit"],
                format_quantity(line["quantity"], line["scale"]),
            )
            for line in goods
        ),
    )


def _boxed(reader: Reader, number: str) -> tuple[Label, ...]:
    """A label for each sealed box of a slip (GPA-RCV-03); none where no box was packed."""
    slip = reader.first("SELECT id FROM v_dispatch WHERE number = :number", number=number)
    found: dict[int, list[Row]] = {}
    for row in boxes.sealed(reader, slip["id"]) if slip else []:
        found.setdefault(row["box"], []).append(row)
    return tuple(
        Label(
            first["barcode"] or first["code"],
            first["name"],
            first["spec"],
            first["unit"],
            format_quantity(first["quantity"], first["scale"]),
            place,
            len(found),
            tuple((joined(row["name"], row["spec"]), _amount(row)) for row in rest),
        )
        for place, (first, *rest) in enumerate(found.values(), start=1)
    )


def _amount(row: Row) -> str:
    return f"{format_quantity(row['quantity'], row['scale'])}{row['unit']}"


def void_notice(reader: Reader, number: str) -> VoidNotice:
    """A form that is void, or being voided, and where its copies are."""
    row = _order(reader, number)
    copies = papers.copies(reader, number, "order_form").values()
    return VoidNotice(
        imprint=imprint(reader, number, "void_notice", void=True),
        ordered_on=date.fromisoformat(row["on_day"]),
        customer=row["customer"],
        customer_name=row["customer_name"],
        amount_fen=row["total_fen"],
        reason=row["void_reason"],
        copies=tuple(
            OutCopy(_LEGENDS.get(copy.name, copy.name), copy.holder, copy.event, copy.on_day)
            for copy in copies
            if copy.on_day is not None
        ),
    )


def guarantee(reader: Reader, number: str) -> GuaranteePaper:
    """One guarantee letter as it is on file."""
    row = reader.one("SELECT * FROM v_guarantee WHERE number = :number", number=number)
    order = orders.by_id(reader, row["order_id"])
    customer = customers.by_id(reader, row["customer_id"])
    return GuaranteePaper(
        imprint=imprint(reader, number, "guarantee", void=not row["counts"]),
        on_day=date.fromisoformat(row["on_day"]),
        guarantor=name(reader, row["guarantor"]),
        guarantor_code=row["guarantor"],
        customer=customer["number"],
        customer_name=customer["name"],
        order=row["order_number"],
        order_total_fen=order["total_fen"],
        amount_fen=row["amount_fen"],
        due_on=date.fromisoformat(row["due_on"]),
        written_by=name(reader, row["written_by"]),
        document=row["document"],
    )


def _goods(reader: Reader, number: str) -> tuple[Row, list[Row]]:
    """The order that a number belongs to, and the lines of the document itself."""
    if not number.startswith("SH"):
        row = _order(reader, number)
        return row, orders.lines(reader, row["id"])
    slip = reader.one("SELECT id, order_number FROM v_dispatch WHERE number = :n", n=number)
    return _order(reader, slip["order_number"]), dispatch.lines(reader, slip["id"])


def _order(reader: Reader, number: str) -> Row:
    return reader.one("SELECT * FROM v_order_gate_facts WHERE number = :number", number=number)


def _place(reader: Reader, code: str) -> str:
    return str(reader.value("SELECT name FROM location WHERE code = :code", code=code) or code)
