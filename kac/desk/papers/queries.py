"""Reading the custody of paper: which copy of which document is with whom."""

from __future__ import annotations

from datetime import date

from kac.db.reader import Reader, Row
from kac.desk.papers.rules import Copy


def copies(reader: Reader, document: str, kind: str) -> dict[str, Copy]:
    """The copies of a form by name, as they stand now."""
    rows = reader.all(
        "SELECT copy_name, event, holder, reprints, by, on_day FROM v_paper"
        " WHERE document = :document AND kind = :kind ORDER BY first_id",
        document=document,
        kind=kind,
    )
    return {
        row["copy_name"]: Copy(
            row["copy_name"],
            row["event"],
            row["holder"],
            row["reprints"],
            row["by"],
            date.fromisoformat(row["on_day"]),
        )
        for row in rows
    }


def printed_on(reader: Reader, document: str, kind: str) -> date:
    """The day on which the last of the copies of a printed form was handed out."""
    day = reader.value(
        "SELECT max(on_day) FROM paper_event WHERE document = :document AND kind = :kind"
        " AND event = 'printed'",
        document=document,
        kind=kind,
    )
    return date.fromisoformat(day)


def history(reader: Reader, document: str) -> list[Row]:
    """Everything that happened to the copies of a document, in order."""
    return reader.all(
        "SELECT kind, copy_name, event, holder, by, reason, on_day, at FROM paper_event"
        " WHERE document = :document ORDER BY id",
        document=document,
    )
