"""Tables of promised arrivals: what was signed for, and what came of it."""

from sqlalchemy import Index, UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, quantity, refers, table


class StockPromise(SQLModel, table=True):
    """So much of one product will be at a location by a day: somebody signed for it. Append-only.

    `replaces_id` is an earlier promise in whose place it stands; that one stays measured.
    """

    __tablename__ = "stock_promise"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("replaces_id"),
        Index("ix_stock_promise_coming", "product_id", "location", "arrives_on"),
        ("quantity", "quantity > 0"),
        ("signed", "signed_by <> '' AND signed_on <= on_day AND arrives_on >= on_day"),
    )

    id: int | None = key()
    number: str
    product_id: int = refers("product")
    location: str
    quantity: int = quantity()
    arrives_on: date = day()
    signed_by: str
    signed_on: date = day()
    order_id: int | None = refers("sales_order", default=None)
    replaces_id: int | None = refers("stock_promise", default=None)
    made_by: str
    note: str
    on_day: date = day()
    at: datetime = instant()


class StockPromiseArrival(SQLModel, table=True):
    """Goods that came for a promise. Append-only."""

    __tablename__ = "stock_promise_arrival"
    __table_args__ = table(("quantity", "quantity > 0"))

    id: int | None = key()
    stock_promise_id: int = refers("stock_promise")
    document: str
    quantity: int = quantity()
    on_day: date = day()
    at: datetime = instant()


class StockPromiseEnd(SQLModel, table=True):
    """A promise that nothing more is expected of, and why; it stays measured. Append-only."""

    __tablename__ = "stock_promise_end"
    __table_args__ = table(UniqueConstraint("stock_promise_id"))

    id: int | None = key()
    stock_promise_id: int = refers("stock_promise")
    reason: str
    staff: str
    on_day: date = day()
    at: datetime = instant()
