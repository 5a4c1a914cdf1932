"""Reading boxes: those of a slip that are sealed, and how much of each line is in them."""

from __future__ import annotations

from kac.core.gates import Gate
from kac.db.policybook import PolicyVersion
from kac.db.reader import Reader, Row
from kac.desk.boxes import rules
from kac.desk.boxes.policy import BoxPolicy
from kac.desk.boxes.rules import BoxedLine


def policy(version: PolicyVersion) -> BoxPolicy:
    """The section of a version that rules boxes."""
    return version.section("box", BoxPolicy)


def sealed(reader: Reader, dispatch_id: int) -> list[Row]:
    """The contents of the sealed boxes of a slip, box by box."""
    return reader.all(
        "SELECT * FROM v_box WHERE dispatch_id = :id AND opened_on IS NULL ORDER BY box, line",
        id=dispatch_id,
    )


def every(reader: Reader, dispatch_id: int) -> list[Row]:
    """The contents of all boxes of a slip, those that were opened again too."""
    return reader.all(
        "SELECT * FROM v_box WHERE dispatch_id = :id ORDER BY box, line", id=dispatch_id
    )


def lines(reader: Reader, dispatch_id: int) -> list[BoxedLine]:
    """Every line of a slip with what is in sealed boxes of it."""
    rows = reader.all(
        "SELECT l.line, l.name, l.unit, l.scale, l.quantity AS wanted,"
        " coalesce((SELECT sum(b.quantity) FROM v_box b WHERE b.dispatch_id = l.dispatch_id"
        "  AND b.line = l.line AND b.opened_on IS NULL), 0) AS boxed"
        " FROM v_dispatch_line l WHERE l.dispatch_id = :id ORDER BY l.line",
        id=dispatch_id,
    )
    return [BoxedLine(**dict(row)) for row in rows]


def gates(reader: Reader, slip: Row, version: PolicyVersion) -> list[Gate]:
    """What loading a slip asks of its boxes."""
    found = lines(reader, slip["id"])
    return rules.boxed(slip["number"], found, policy(version), version.may["dispatch.box"])
