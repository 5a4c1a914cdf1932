"""Tables of goods promised to orders: every order that is taken writes them, and no other here."""

from sqlalchemy import Index, UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, quantity, refers, table


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
    on_day: date = day()
    at: datetime = instant()


class ReservationEnd(SQLModel, table=True):
    """How a reservation ended: released, loaded, or lapsed and not taken up again. At most once."""

    __tablename__ = "reservation_end"
    __table_args__ = table(
        UniqueConstraint("reservation_id"), ("how", "how IN ('released', 'loaded', 'lapsed')")
    )

    id: int | None = key()
    reservation_id: int = refers("reservation")
    how: str
    at: datetime = instant()
