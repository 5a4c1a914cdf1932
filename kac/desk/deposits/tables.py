"""Tables of the deposits: exceptions from the minimum. The money itself is a payment."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, datetime, fen, instant, key, refers, table


class DepositException(SQLModel, table=True):
    """The merchant manager's leave to take less on the goods that are not fresh. Append-only."""

    __tablename__ = "deposit_exception"
    __table_args__ = table(UniqueConstraint("order_id", "revision"), ("positive", "short_fen > 0"))

    id: int | None = key()
    order_id: int = refers("sales_order")
    revision: int
    short_fen: int = fen()
    reason: str
    granted_by: str
    at: datetime = instant()
