"""Tables of the money received."""

from sqlalchemy import Index, UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Payment(SQLModel, table=True):
    """Money of a customer: declared, received by the cashier, verified by another of finance.

    What it is for stands in its allocations. A payment that was reversed keeps its row; money
    recorded anew under the same bank reference counts one on in `recorded_nth`.
    """

    __tablename__ = "payment"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("method", "reference", "recorded_nth"),
        Index("ix_payment_state", "state", "method", "amount_fen"),
        ("positive", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("method", "method IN ('transfer', 'cash', 'wechat', 'alipay', 'pos', 'cheque')"),
        (
            "state",
            "state IN ('declared', 'received', 'verified', 'reversed', 'bounced', 'withdrawn')",
        ),
        ("receiver", "(state IN ('declared', 'withdrawn')) = (received_by = '')"),
        ("verifier", "state <> 'verified' OR verified_by <> ''"),
        ("declared", "(declared_by = '') = (declared_for IS NULL)"),
        ("unverified", "state NOT IN ('declared', 'received') OR verified_by = ''"),
        ("taken_back", "(state IN ('reversed', 'bounced', 'withdrawn')) = (taken_back_by <> '')"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    method: str
    amount_fen: int = fen()
    reference: str | None
    recorded_nth: int = 1
    payer: str
    cash_reason: str
    state: str
    declared_by: str = ""
    declared_for: int | None = refers("sales_order", default=None)
    received_by: str
    verified_by: str
    taken_back_by: str = ""
    taken_back_reason: str = ""
    on_day: date = day()
    at: datetime = instant()
    verified_at: datetime | None = instant(default=None)
    taken_back_on: date | None = day(default=None)
