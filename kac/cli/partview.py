"""An order that goes out in parts, as it is shown: its slips, and what of each line is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kac.cli.show import Column, Part
from kac.core.i18n import _
from kac.db.reader import Reader, Row
from kac.desk.deliveries import queries as deliveries
from kac.desk.dispatch.states import LABELS


def slips(reader: Reader, order: Row) -> list[Row]:
    """The living slips of an order; `order` has its gate facts."""
    return deliveries.slips(reader, order["id"]) if order["dispatch"] else []


def in_parts(found: Sequence[Row], order: Row) -> bool:
    """Whether an order goes out with anything but one slip for all of it."""
    if not found:
        return False
    sent = sum(slip["amount_fen"] - slip["refused_fen"] for slip in found)
    return len(found) > 1 or bool(order["cut_fen"]) or sent != order["total_fen"]


def part_columns() -> list[Column]:
    """The columns of lines that go out in parts."""
    return [
        Column("delivered", _("delivered"), "quantity", priority=6),
        Column("on_slips", _("on slips"), "quantity", priority=5),
        Column("open", _("not yet delivered"), "quantity", priority=6),
        Column("cut", _("cut"), "quantity", priority=4),
    ]


def with_parts(reader: Reader, order: Row, lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines with what was delivered of each, is on slips, is open and was cut."""
    parts = {part.line: part for part in deliveries.parts(reader, order["id"])}
    return [
        {
            **line,
            "delivered": parts[line["line"]].delivered,
            "on_slips": parts[line["line"]].on_slips,
            "open": parts[line["line"]].open,
            "cut": parts[line["line"]].cut,
        }
        for line in lines
    ]


def part_of_slips(found: Sequence[Row], order: Row) -> list[Part]:
    """The slips as a part of the order; nothing where it goes out with one for all of it."""
    if not in_parts(found, order):
        return []
    rows = [
        {
            **dict(slip),
            "amount": slip["amount_fen"],
            "deposit": slip["deposit_fen"],
            "refused_amount": slip["refused_fen"],
        }
        for slip in found
    ]
    columns = [
        Column("number", _("slip"), "code"),
        Column("state", _("state"), "state", words=LABELS),
        Column("amount", _("amount"), "money"),
        Column("deposit", _("paid by the deposit"), "money"),
        Column("refused_amount", _("not taken"), "money", priority=3),
        Column("vehicle", _("vehicle"), "code", priority=3),
        Column("run", _("run"), "code", priority=2),
        Column("on_day", _("issued on"), "day"),
        Column("signed_on", _("signed on"), "day"),
    ]
    return [Part("slips", _("slips"), columns, rows)]
