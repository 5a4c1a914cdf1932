"""Tables of the negotiations: every step of the talks with a customer. Append-only."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, refers, table


class Negotiation(SQLModel, table=True):
    """A step of the talks: opened, or ended with or without agreement; the last one counts."""

    __tablename__ = "negotiation"
    __table_args__ = table(
        UniqueConstraint("customer_id", "step"),
        ("status", "status IN ('open', 'agreed', 'failed')"),
    )

    id: int | None = key()
    customer_id: int = refers("customer")
    step: int
    status: str
    content: str
    by: str
    on_day: date = day()
    at: datetime = instant()
