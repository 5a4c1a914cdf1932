"""The table of reviews: who takes an order does without it."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, datetime, instant, key, refers, table


class OrderReview(SQLModel, table=True):
    """A supervisor's review of one revision (RTL-DEP-01). Append-only."""

    __tablename__ = "order_review"
    __table_args__ = table(UniqueConstraint("order_id", "revision"))

    id: int | None = key()
    order_id: int = refers("sales_order")
    revision: int
    staff: str
    role: str
    at: datetime = instant()
