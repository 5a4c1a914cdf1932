"""Tables of the waivers: what of a deposit is asked to be left off. Its request says if it is."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, fen, instant, key, refers, table


class DepositException(SQLModel, table=True):
    """Leave to take less on the goods that are not fresh, for an order that comes to this.

    Append-only: who decides signs the request of the same number.
    """

    __tablename__ = "deposit_exception"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("positive", "short_fen > 0"),
        ("part", "ordinary_fen >= short_fen AND total_fen >= ordinary_fen"),
    )

    id: int | None = key()
    number: str
    order_id: int = refers("sales_order")
    revision: int
    total_fen: int = fen()
    ordinary_fen: int = fen()
    short_fen: int = fen()
    reason: str
    asked_by: str
    on_day: date
    at: datetime = instant()
