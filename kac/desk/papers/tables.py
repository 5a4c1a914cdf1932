"""The custody of paper: what happened to each copy of each document. Append-only."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, table


class PaperEvent(SQLModel, table=True):
    """One thing that happened to a copy; the last event says who holds it and how it is marked."""

    __tablename__ = "paper_event"
    __table_args__ = table(
        UniqueConstraint("document", "kind", "copy_name", "step"),
        (
            "event",
            "event IN ('printed', 'reprinted', 'signed', 'handed', 'returned', 'voided', 'lost',"
            " 'archived')",
        ),
    )

    id: int | None = key()
    document: str
    kind: str
    copy_name: str
    step: int
    event: str
    holder: str
    by: str
    reason: str
    on_day: date = day()
    at: datetime = instant()
