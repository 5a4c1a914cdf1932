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


class LossStatement(SQLModel, table=True):
    """Its holder and the merchant manager sign that a copy of a void form is lost. Append-only."""

    __tablename__ = "loss_statement"
    __table_args__ = table(UniqueConstraint("document", "copy_name"))

    id: int | None = key()
    document: str
    copy_name: str
    signed_by: str
    manager: str
    reason: str
    on_day: date = day()
    at: datetime = instant()
