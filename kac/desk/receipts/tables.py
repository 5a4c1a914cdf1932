"""Tables of goods received from suppliers."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import (
    SQLModel,
    date,
    datetime,
    day,
    fen,
    instant,
    key,
    quantity,
    refers,
    table,
)


class GoodsReceipt(SQLModel, table=True):
    """Goods of one delivery note, received at one location. Append-only."""

    __tablename__ = "goods_receipt"
    __table_args__ = table(UniqueConstraint("number"), UniqueConstraint("supplier", "reference"))

    id: int | None = key()
    number: str
    location: str
    supplier: str
    reference: str
    received_by: str
    on_day: date = day()
    at: datetime = instant()


class GoodsReceiptLine(SQLModel, table=True):
    """How much of one product came, and what it is worth. Append-only."""

    __tablename__ = "goods_receipt_line"
    __table_args__ = table(
        UniqueConstraint("goods_receipt_id", "product_id"),
        ("quantity", "quantity > 0"),
        ("value", "value_fen >= 0"),
    )

    id: int | None = key()
    goods_receipt_id: int = refers("goods_receipt")
    product_id: int = refers("product")
    quantity: int = quantity()
    value_fen: int = fen()
