"""Tables of the refunds."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Refund(SQLModel, table=True):
    """A part of one payment that goes back by the way it came; `order_id` is what it was for.

    `requested_by` are codes written `one, another` where two had a hand in it. `cancellation` when
    the customer gave the order up. `reference` is the bank's own of the money sent back.
    """

    __tablename__ = "refund"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("reference"),
        ("positive", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("state", "state IN ('requested', 'paid', 'dropped')"),
        ("cancellation", "cancellation IN (0, 1)"),
        ("paid", "(state = 'paid') = (paid_by <> '') AND (state = 'paid') = (paid_on IS NOT NULL)"),
        ("referenced", "reference IS NULL OR state = 'paid'"),
    )

    id: int | None = key()
    number: str
    payment_id: int = refers("payment")
    order_id: int | None = refers("sales_order", default=None)
    amount_fen: int = fen()
    reason: str
    cancellation: bool
    state: str
    requested_by: str
    policy_set: str
    policy_version: int
    reference: str | None = None
    paid_by: str = ""
    paid_on: date | None = day(default=None)
    on_day: date = day()
    at: datetime = instant()
