"""Tables of the dunning letters: to whom, when, by whom, and what was asked for."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Dunning(SQLModel, table=True):
    """One letter to a customer whose debts are overdue. Append-only."""

    __tablename__ = "dunning"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("overdue", "overdue_fen > 0 AND overdue_fen < 9000000000000"),
        ("owed", "owed_fen >= overdue_fen"),
        ("asked", "pay_by >= on_day"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    overdue_fen: int = fen()
    owed_fen: int = fen()
    pay_by: date = day()
    dunned_by: str
    on_day: date = day()
    at: datetime = instant()


class DunningLine(SQLModel, table=True):
    """One order that a letter asks to be paid, as it stood then. Append-only."""

    __tablename__ = "dunning_line"
    __table_args__ = table(
        UniqueConstraint("dunning_id", "line"),
        ("owed", "owed_fen > 0 AND owed_fen < 9000000000000"),
    )

    id: int | None = key()
    dunning_id: int = refers("dunning")
    line: int
    order_id: int = refers("sales_order")
    delivered_on: date = day()
    due_on: date = day()
    total_fen: int = fen()
    owed_fen: int = fen()
