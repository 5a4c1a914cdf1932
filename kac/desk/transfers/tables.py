"""Tables of the transfers: who sent what from where to where, and what came."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, quantity, refers, table


class StockTransfer(SQLModel, table=True):
    """Goods sent from one location to another."""

    __tablename__ = "stock_transfer"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("places", "from_location <> to_location"),
        ("state", "state IN ('moving', 'arrived')"),
        ("second", "(state = 'moving') = (received_by = '') AND received_by <> sent_by"),
    )

    id: int | None = key()
    number: str
    from_location: str
    to_location: str
    state: str
    reason: str
    sent_by: str
    received_by: str
    missing_reason: str
    arrived_on: date | None = day(default=None)
    on_day: date = day()
    at: datetime = instant()


class StockTransferLine(SQLModel, table=True):
    """How much of one product was sent. Append-only."""

    __tablename__ = "stock_transfer_line"
    __table_args__ = table(
        UniqueConstraint("stock_transfer_id", "product_id"), ("quantity", "quantity > 0")
    )

    id: int | None = key()
    stock_transfer_id: int = refers("stock_transfer")
    product_id: int = refers("product")
    quantity: int = quantity()


class StockTransferArrival(SQLModel, table=True):
    """How much of a line came. Append-only."""

    __tablename__ = "stock_transfer_arrival"
    __table_args__ = table(
        UniqueConstraint("stock_transfer_line_id"), ("quantity", "quantity >= 0")
    )

    id: int | None = key()
    stock_transfer_line_id: int = refers("stock_transfer_line")
    quantity: int = quantity()
