"""Reading fulfilment: the last till receipt of a slip, and how long its loading took."""

from __future__ import annotations

from datetime import date

from kac.core.calendar import parse_instant
from kac.core.findings import Finding
from kac.core.i18n import _
from kac.db.policybook import DESK, PolicyVersion, in_force
from kac.db.reader import Reader, Row
from kac.desk.fulfilments.policy import FulfilmentPolicy
from kac.desk.fulfilments.rules import RungLine, TillFacts, too_long


def policy(version: PolicyVersion) -> FulfilmentPolicy:
    """The section of a version that rules fulfilment."""
    return version.section("fulfilment", FulfilmentPolicy)


def till(reader: Reader, dispatch_id: int, slip: str) -> TillFacts:
    """The last till receipt of a slip, and who checked it."""
    row = reader.first(
        "SELECT t.reference, t.staff, coalesce((SELECT min(s.staff) FROM slip_step s"
        " WHERE s.till_receipt_id = t.id), '') AS checked_by FROM till_receipt t"
        " WHERE t.dispatch_id = :id ORDER BY t.id DESC LIMIT 1",
        id=dispatch_id,
    )
    if row is None:
        return TillFacts(slip)
    return TillFacts(slip, row["reference"], row["staff"], row["checked_by"])


def receipts(reader: Reader, dispatch_id: int) -> list[Row]:
    """Every till receipt of a slip with what it comes to, and who checked it; the last counts."""
    return reader.all(
        "SELECT t.reference, t.staff, t.on_day, t.at, coalesce((SELECT min(s.staff) FROM slip_step"
        " s WHERE s.till_receipt_id = t.id), '') AS checked_by,"
        " sum((2 * n.unit_price_fen * n.quantity + l.scale) / (2 * l.scale)) AS total_fen"
        " FROM till_receipt t JOIN till_line n ON n.till_receipt_id = t.id"
        " JOIN v_dispatch_line l ON l.dispatch_id = t.dispatch_id AND l.line = n.line"
        " WHERE t.dispatch_id = :id GROUP BY t.id, t.reference, t.staff, t.on_day, t.at"
        " ORDER BY t.id",
        id=dispatch_id,
    )


def rung(reader: Reader, dispatch_id: int) -> list[RungLine]:
    """Every line of a slip with what its last till receipt has of it."""
    rows = reader.all(
        "SELECT l.line, l.name, l.unit, l.scale, l.unit_price_fen, l.quantity AS wanted,"
        " coalesce((SELECT n.quantity FROM till_line n WHERE n.line = l.line AND"
        "  n.till_receipt_id = (SELECT max(t.id) FROM till_receipt t WHERE t.dispatch_id = :id)),"
        "  0) AS rung FROM v_dispatch_line l WHERE l.dispatch_id = :id ORDER BY l.line",
        id=dispatch_id,
    )
    return [RungLine(**dict(row)) for row in rows]


def loading_took_long(reader: Reader, on: date) -> list[Finding]:
    """Vehicles of the day that waited longer for their goods than they should: reminders."""
    limits = policy(in_force(reader, DESK, on))
    found = []
    for row in reader.all(
        "SELECT d.number, u.vehicle, u.at, min(s.at) AS came FROM slip_step s"
        " JOIN dispatch d ON d.id = s.dispatch_id JOIN vehicle_run u ON u.id = d.run_id"
        " WHERE s.step = 'arrived' AND u.on_day = :day GROUP BY d.number, u.vehicle, u.at"
        " ORDER BY d.number",
        day=on.isoformat(),
    ):
        waited = parse_instant(row["at"]) - parse_instant(row["came"])
        minutes = -(-int(waited.total_seconds()) // 60)
        if too_long(minutes, limits):
            says = _("{vehicle} waited {minutes} minutes for its goods, {most} at most").format(
                vehicle=row["vehicle"], minutes=minutes, most=limits.loading_minutes
            )
            command = f"kac dispatch show {row['number']}"
            check, rules = "loading_took_long", ("GPA-LOD-02", "GPA-LOD-03")
            found.append(Finding(check, row["number"], says, rules, command, soft=True))
    return found
