"""Tables of the allocations: how much of which money is for which order."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class PaymentAllocation(SQLModel, table=True):
    """A part of a payment that is for an order, or, with `reverses`, one taken away again.

    Append-only: what was allocated wrongly is reversed by a row of its own and allocated anew.
    """

    __tablename__ = "payment_allocation"
    __table_args__ = table(
        UniqueConstraint("reverses"),
        ("positive", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("kind", "kind IN ('deposit', 'payment')"),
    )

    id: int | None = key()
    payment_id: int = refers("payment")
    order_id: int = refers("sales_order")
    kind: str
    amount_fen: int = fen()
    reverses: int | None = None
    reason: str = ""
    allocated_by: str
    on_day: date = day()
    at: datetime = instant()
