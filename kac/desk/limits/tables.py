"""Tables of the credit limits."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class CreditLimit(SQLModel, table=True):
    """A limit as it was proposed; its approval says whether it counts. Append-only."""

    __tablename__ = "credit_limit"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("amount", "limit_fen >= 0 AND limit_fen < 9000000000000"),
        ("investigated", "investigated_by <> ''"),
        ("document", "document <> ''"),
        ("term", "on_day < until_day"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    limit_fen: int = fen()
    until_day: date = day()
    investigated_by: str
    document: str
    policy_set: str
    policy_version: int
    prepared_by: str
    on_day: date = day()
    at: datetime = instant()
