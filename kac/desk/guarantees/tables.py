"""Tables of the guarantee letters."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class GuaranteeLetter(SQLModel, table=True):
    """One letter; the last one of an order counts. Append-only."""

    __tablename__ = "guarantee_letter"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("amount", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("guarantor", "guarantor <> ''"),
        ("document", "document <> ''"),
        ("due", "on_day <= due_on"),
    )

    id: int | None = key()
    number: str
    order_id: int = refers("sales_order")
    guarantor: str
    amount_fen: int = fen()
    due_on: date = day()
    document: str
    written_by: str
    on_day: date = day()
    at: datetime = instant()
