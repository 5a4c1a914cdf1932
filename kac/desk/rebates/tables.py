"""Tables of the rebates."""

from sqlalchemy import Index, UniqueConstraint, text

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Rebate(SQLModel, table=True):
    """Money back on one order; at most one that is not dropped."""

    __tablename__ = "rebate"
    __table_args__ = table(
        UniqueConstraint("number"),
        Index(
            "ix_rebate_living",
            "order_id",
            unique=True,
            sqlite_where=text("state <> 'dropped'"),
            postgresql_where=text("state <> 'dropped'"),
        ),
        ("state", "state IN ('proposed', 'paid', 'dropped')"),
        ("amount", "amount_fen > 0"),
        ("rate", "rate_bp > 0 AND rate_bp <= 10000"),
        ("paid", "(state = 'paid') = (paid_by <> '')"),
    )

    id: int | None = key()
    number: str
    order_id: int = refers("sales_order")
    rate_bp: int
    amount_fen: int = fen()
    state: str
    maker: str
    method: str
    reference: str
    paid_by: str
    on_day: date = day()
    at: datetime = instant()
