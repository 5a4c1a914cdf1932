"""Slips and vehicle runs as they are shown: what is on them, was there before, and stays open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kac.cli.show import Column, Part
from kac.core.i18n import _
from kac.db.policybook import DESK, in_force
from kac.db.reader import Reader, Row
from kac.desk.boxes import queries as boxes
from kac.desk.deliveries import queries as deliveries
from kac.desk.dispatch import queries
from kac.desk.fulfilments import queries as fulfilments
from kac.desk.vehicles import queries as vehicles
from kac.desk.vehicles.states import PARTS


def row(slip: Row) -> dict[str, Any]:
    """A slip with its money."""
    return {
        **dict(slip),
        "amount": slip["amount_fen"],
        "deposit": slip["deposit_fen"],
        "refused_amount": slip["refused_fen"] or None,
    }


def line_columns() -> list[Column]:
    """The columns of the lines of a slip."""
    return [
        Column("line", _("line"), "count"),
        Column("code", _("code"), "code"),
        Column("name", _("name"), priority=9),
        Column("quantity", _("quantity"), "quantity"),
        Column("unit", _("unit"), "code"),
        Column("amount", _("amount"), "money", priority=4),
        Column("ordered", _("ordered"), "quantity", priority=3),
        Column("before", _("on earlier slips"), "quantity", priority=2),
        Column("open", _("not yet delivered"), "quantity", priority=3),
        Column("short", _("short"), "quantity", priority=2),
        Column("damaged", _("damaged"), "quantity", priority=2),
    ]


def line_rows(reader: Reader, slip: Row) -> list[dict[str, Any]]:
    """The lines of a slip; what earlier slips had of each, and what is on none."""
    lines = deliveries.slip_lines(reader, slip["order_id"])
    parts = {part.line: part for part in deliveries.parts(reader, slip["order_id"])}
    return [
        {
            **dict(line),
            "amount": line["amount_fen"],
            "before": sum(
                each["quantity"] - each["short"] - each["damaged"]
                for each in lines
                if each["line"] == line["line"] and each["dispatch_id"] < slip["id"]
            ),
            "open": parts[line["line"]].open,
        }
        for line in queries.lines(reader, slip["id"])
    ]


def preparing(reader: Reader, slip: Row) -> list[Part]:
    """How the goods of a slip were made ready: till receipts, boxes, hands."""
    receipts = [
        {**dict(row), "total": row["total_fen"]} for row in fulfilments.receipts(reader, slip["id"])
    ]
    packed = boxes.sealed(reader, slip["id"])
    hands = vehicles.hands(reader, slip["id"])
    return [
        Part("receipts", _("till receipts"), _receipt_columns(), receipts),
        Part("boxes", _("boxes"), _box_columns(), packed),
        Part("hands", _("hands"), _hand_columns(), hands),
    ]


def _receipt_columns() -> list[Column]:
    return [
        Column("reference", _("till receipt"), "code"),
        Column("staff", _("rung by"), "code"),
        Column("total", _("total"), "money"),
        Column("checked_by", _("checked by"), "code"),
        Column("at", _("rung at"), "moment", priority=3),
    ]


def _box_columns() -> list[Column]:
    return [
        Column("box", _("box"), "count"),
        Column("name", _("name"), priority=9),
        Column("quantity", _("quantity"), "quantity"),
        Column("unit", _("unit"), "code"),
        Column("place", _("place"), priority=5),
    ]


def _hand_columns() -> list[Column]:
    return [
        Column("part", _("part"), "state", words=PARTS),
        Column("name", _("name"), priority=9),
        Column("on_day", _("on"), "day"),
    ]


def run_columns() -> list[Column]:
    """The columns of vehicle runs."""
    return [
        Column("number", _("run"), "code"),
        Column("vehicle", _("vehicle"), "code"),
        Column("driver", _("driver")),
        Column("on_day", _("left on"), "day"),
        Column("slips", _("slips"), priority=9),
        Column("unsigned", _("not signed"), "count"),
        Column("copies_out", _("copies out"), "count"),
        Column("overdue", _("overdue"), "count"),
    ]


def runs(reader: Reader, vehicle: str, today: date) -> list[dict[str, Any]]:
    """Vehicle runs with their slips; overdue are signed copies that should have been back."""
    days = queries.policy(in_force(reader, DESK, today)).copy_due_days
    found = []
    for run in queries.runs(reader, vehicle.strip()):
        slips = queries.of_run(reader, run["number"])
        late = [slip for slip in slips if _late(slip, days, today)]
        found.append(
            {
                **dict(run),
                "slips": ", ".join(slip["number"] for slip in slips),
                "unsigned": run["unsigned_slips"],
                "overdue": len(late),
            }
        )
    return found


def _late(slip: Row, days: int, today: date) -> bool:
    if slip["state"] != "signed":
        return False
    return today > date.fromisoformat(slip["signed_on"]) + timedelta(days=days)
