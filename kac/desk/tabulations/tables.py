"""Tables of the order table: the document, its versions, and the lines of each."""

from sqlalchemy import Index, UniqueConstraint, text

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, quantity, refers, table


class OrderTable(SQLModel, table=True):
    """The table of an order, or the simple list (简表) of a slip. Append-only.

    `due_at` is by when it should have been made; `reason` why a list stands for a table.
    """

    __tablename__ = "order_table"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("dispatch_id"),
        Index(
            "ix_order_table_one",
            "order_id",
            unique=True,
            sqlite_where=text("kind = 'table'"),
            postgresql_where=text("kind = 'table'"),
        ),
        ("kind", "kind IN ('table', 'list')"),
        ("slip", "(kind = 'list') = (dispatch_id IS NOT NULL)"),
    )

    id: int | None = key()
    number: str
    kind: str
    order_id: int = refers("sales_order")
    dispatch_id: int | None = refers("dispatch", default=None)
    reason: str
    accepted_at: datetime = instant()
    due_at: datetime = instant()
    prepared_by: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class OrderTableVersion(SQLModel, table=True):
    """One version; the last one is in force, earlier ones stay. Append-only."""

    __tablename__ = "order_table_version"
    __table_args__ = table(
        UniqueConstraint("order_table_id", "version"), ("total", "total_fen >= 0")
    )

    id: int | None = key()
    order_table_id: int = refers("order_table")
    version: int
    revision: int
    reason: str
    total_fen: int = fen()
    staff: str
    on_day: date = day()
    at: datetime = instant()


class OrderTableLine(SQLModel, table=True):
    """One line of a version; `receipt` is the till receipt that its price is from. Append-only."""

    __tablename__ = "order_table_line"
    __table_args__ = table(
        UniqueConstraint("version_id", "line"),
        ("quantity", "quantity > 0"),
        ("amounts", "unit_price_fen >= 0 AND amount_fen >= 0"),
    )

    id: int | None = key()
    version_id: int = refers("order_table_version")
    line: int
    order_line: int
    product_id: int = refers("product")
    brand: str
    packaging: str
    quantity: int = quantity()
    unit_price_fen: int = fen()
    amount_fen: int = fen()
    receipt: str
