"""Tables of the refunds."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Refund(SQLModel, table=True):
    """A part of one payment that goes back by the way it came; `order_id` is what it was for.

    Of money for gift cards it is a part of what was settled at the window, by its `taking_id`.

    `requested_by` are codes written `one, another` where two had a hand in it. `cancellation` when
    the customer gave the order up. `reference` is the bank's own of the money sent back.
    """

    __tablename__ = "refund"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("reference"),
        ("positive", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("state", "state IN ('requested', 'paid', 'dropped')"),
        ("money", "(payment_id IS NULL) <> (taking_id IS NULL)"),
        ("cancellation", "cancellation IN (0, 1)"),
        ("paid", "(state = 'paid') = (paid_by <> '') AND (state = 'paid') = (paid_on IS NOT NULL)"),
        ("referenced", "reference IS NULL OR state = 'paid'"),
    )

    id: int | None = key()
    number: str
    payment_id: int | None = refers("payment", default=None)
    taking_id: int | None = refers("taking", default=None)
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
