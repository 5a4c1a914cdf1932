"""Tables of the stock: locations, counts with their samples, goods kept back."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, quantity, refers, table


class Location(SQLModel, table=True):
    """A place that holds goods: a distribution centre or a store."""

    __tablename__ = "location"
    __table_args__ = table(UniqueConstraint("code"))

    id: int | None = key()
    code: str
    name: str


class StockCount(SQLModel, table=True):
    """What was counted of a product at a location, display samples among it; append-only."""

    __tablename__ = "stock_count"
    __table_args__ = table(
        ("counted", "counted >= 0"), ("display", "display >= 0 AND display <= counted")
    )

    id: int | None = key()
    product_id: int = refers("product")
    location: str
    counted: int = quantity()
    display: int = quantity()
    document: str
    on_day: date = day()
    at: datetime = instant()


class StockHold(SQLModel, table=True):
    """Goods kept back for one customer until the end of a day, at one location. Append-only.

    Those of a shipment to a sales office are held without a day (DST-GDS-17).
    """

    __tablename__ = "stock_hold"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("shipment_id"),
        ("until", "(until IS NULL) = (shipment_id IS NOT NULL)"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    location: str
    until: date | None = day(default=None)
    shipment_id: int | None = refers("shipment", default=None)
    reason: str
    made_by: str
    on_day: date = day()
    at: datetime = instant()


class StockHoldLine(SQLModel, table=True):
    """How much of one product is kept back. Append-only."""

    __tablename__ = "stock_hold_line"
    __table_args__ = table(
        UniqueConstraint("stock_hold_id", "product_id"), ("quantity", "quantity > 0")
    )

    id: int | None = key()
    stock_hold_id: int = refers("stock_hold")
    product_id: int = refers("product")
    quantity: int = quantity()


class StockHoldUse(SQLModel, table=True):
    """What became of goods kept back: an order took them, or gave them back; they are free again.

    Append-only; what was given back is kept again.
    """

    __tablename__ = "stock_hold_use"
    __table_args__ = table(
        ("quantity", "quantity > 0"),
        ("how", "how IN ('taken', 'given_back', 'released', 'expired')"),
        ("order", "(order_id IS NULL) = (how IN ('released', 'expired'))"),
    )

    id: int | None = key()
    stock_hold_line_id: int = refers("stock_hold_line")
    order_id: int | None = refers("sales_order", default=None)
    how: str
    quantity: int = quantity()
    staff: str
    reason: str
    on_day: date = day()
    at: datetime = instant()
