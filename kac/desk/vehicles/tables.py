"""Tables of the vehicles: bookings, what was said about them, whose hands loaded and unloaded."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, refers, table


class VehicleBooking(SQLModel, table=True):
    """A vehicle asked of the distribution centre for an order; the last one counts. Append-only."""

    __tablename__ = "vehicle_booking"
    __table_args__ = table(("told", "told <> ''"))

    id: int | None = key()
    order_id: int = refers("sales_order")
    for_day: date = day()
    vehicle: str
    told: str
    staff: str
    on_day: date = day()
    at: datetime = instant()


class VehicleWord(SQLModel, table=True):
    """The centre was reminded of a booking, or the delivery was followed. Append-only."""

    __tablename__ = "vehicle_word"
    __table_args__ = table(("kind", "kind IN ('reminded', 'followed')"))

    id: int | None = key()
    booking_id: int = refers("vehicle_booking")
    kind: str
    says: str
    staff: str
    on_day: date = day()
    at: datetime = instant()


class SlipHand(SQLModel, table=True):
    """Who loads the goods of a slip, or unloaded them, in which part. Append-only."""

    __tablename__ = "slip_hand"
    __table_args__ = table(
        UniqueConstraint("dispatch_id", "part", "name"),
        ("part", "part IN ('loader', 'center', 'clerk', 'customer')"),
        ("name", "name <> ''"),
    )

    id: int | None = key()
    dispatch_id: int = refers("dispatch")
    part: str
    name: str
    staff: str
    on_day: date = day()
    at: datetime = instant()
