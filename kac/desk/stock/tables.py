"""Tables of the stock: locations, counts with their display samples, reservations."""

from sqlalchemy import Index, UniqueConstraint

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


class Reservation(SQLModel, table=True):
    """Goods promised to an order line until a row of `reservation_end` names it."""

    __tablename__ = "reservation"
    __table_args__ = table(
        ("positive", "quantity > 0"),
        Index("ix_reservation_promised", "product_id", "location", "order_id", "quantity"),
    )

    id: int | None = key()
    order_id: int = refers("sales_order")
    product_id: int = refers("product")
    location: str
    quantity: int = quantity()
    at: datetime = instant()


class ReservationEnd(SQLModel, table=True):
    """How a reservation ended: released, replaced or loaded. At most once each."""

    __tablename__ = "reservation_end"
    __table_args__ = table(
        UniqueConstraint("reservation_id"), ("how", "how IN ('released', 'loaded')")
    )

    id: int | None = key()
    reservation_id: int = refers("reservation")
    how: str
    at: datetime = instant()
