"""Tables of the dispatch: wholesale slips (批发单) and what was counted against them."""

from sqlalchemy import Index, UniqueConstraint, text

from kac.db.columns import SQLModel, date, datetime, day, instant, key, quantity, refers, table


class Dispatch(SQLModel, table=True):
    """A slip for one order; at most one that is not void."""

    __tablename__ = "dispatch"
    __table_args__ = table(
        UniqueConstraint("number"),
        Index(
            "ix_dispatch_living",
            "order_id",
            unique=True,
            sqlite_where=text("state <> 'void'"),
            postgresql_where=text("state <> 'void'"),
        ),
        ("state", "state IN ('issued', 'loaded', 'signed', 'archived', 'void')"),
    )

    id: int | None = key()
    number: str
    order_id: int = refers("sales_order")
    state: str
    vehicle: str
    driver: str
    address: str
    issued_by: str
    received_by: str
    on_day: date = day()
    loaded_on: date | None = day(default=None)
    signed_on: date | None = day(default=None)
    archived_on: date | None = day(default=None)
    at: datetime = instant()


class DispatchCount(SQLModel, table=True):
    """One person's count of one line, in base units, for one department. Append-only."""

    __tablename__ = "dispatch_count"
    __table_args__ = table(
        UniqueConstraint("dispatch_id", "department", "line"), ("quantity", "quantity > 0")
    )

    id: int | None = key()
    dispatch_id: int = refers("dispatch")
    department: str
    line: int
    quantity: int = quantity()
    staff: str
    at: datetime = instant()
