"""Tables of the money received."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Payment(SQLModel, table=True):
    """Money for an order: received by the cashier, verified by another person of finance."""

    __tablename__ = "payment"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("method", "reference"),
        ("positive", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("kind", "kind IN ('deposit', 'payment')"),
        ("method", "method IN ('transfer', 'cash')"),
        ("state", "state IN ('received', 'verified')"),
        ("verifier", "(state = 'verified') = (verified_by <> '')"),
    )

    id: int | None = key()
    number: str
    order_id: int = refers("sales_order")
    kind: str
    method: str
    amount_fen: int = fen()
    reference: str | None
    payer: str
    cash_reason: str
    state: str
    received_by: str
    verified_by: str
    on_day: date = day()
    at: datetime = instant()
    verified_at: datetime | None = instant(default=None)
