"""Reading vehicles: the booking of an order, what is due about it, whose hands were there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.db.policybook import version
from kac.db.reader import Reader, Row
from kac.desk.vehicles import rules
from kac.desk.vehicles.rules import BookingFacts

_GOING = ("submitted", "reviewed", "slip_issued", "partly_delivered", "delivered")


def of_order(reader: Reader, order_id: int) -> Row | None:
    """The booking that counts for an order."""
    return reader.first(
        "SELECT * FROM v_vehicle_booking WHERE order_id = :id AND counts", id=order_id
    )


def listing(reader: Reader, day: str = "") -> list[Row]:
    """The bookings that count, the next delivery first."""
    return reader.all(
        "SELECT * FROM v_vehicle_booking WHERE counts AND (:day = '' OR for_day = :day)"
        " ORDER BY for_day, id",
        day=day,
    )


def facts(row: Row) -> BookingFacts:
    """A booking as its gates see it."""
    return BookingFacts(
        order=row["order_number"],
        for_day=date.fromisoformat(row["for_day"]),
        told=row["told"],
        vehicle=row["vehicle"],
        reminded_on=_day(row["reminded_on"]),
        followed_on=_day(row["followed_on"]),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def hands(reader: Reader, dispatch_id: int) -> list[Row]:
    """Who loads, and who unloaded, the goods of a slip."""
    return reader.all(
        "SELECT part, name, staff, on_day, at FROM slip_hand WHERE dispatch_id = :id ORDER BY id",
        id=dispatch_id,
    )


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every booking of goods that still go out with what is due about it, the soonest first."""
    for row in listing(reader):
        if row["order_state"] in _GOING and not row["followed_on"]:
            may = version(reader, row["policy_set"], row["policy_version"]).may
            told = facts(row)
            gates = rules.due(told, today, may["dispatch.remind"], may["dispatch.follow"])
            document = {**dict(row), "number": row["order_number"], "need_by": row["for_day"]}
            yield document, gates, rules.AFTER


def bookings_followed_up(reader: Reader, on: date) -> list[Finding]:
    """Deliveries of the day of which the centre was not reminded, or that nobody followed.

    GPA-VEH-02, GPA-VEH-03: reported, never refused.
    """
    found = []
    for row in listing(reader, on.isoformat()):
        if row["order_state"] not in _GOING:
            continue
        for gate in rules.omitted(facts(row), on):
            found.append(
                Finding(
                    *("bookings_followed_up", row["order_number"], gate.says, gate.rules),
                    command=gate.command,
                    soft=True,
                )
            )
    return found
