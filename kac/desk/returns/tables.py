"""Tables of the returns: what comes back of which slip, its counts, its fates, its worth."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, quantity, refers, table


class GoodsReturn(SQLModel, table=True):
    """Goods of one slip on their way back; `exchange_id` is the order for other goods instead.

    `late` where it was asked for after the days that the policy gives; `by_day` the goods are to
    be back.
    """

    __tablename__ = "goods_return"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("state", "state IN ('awaited', 'back', 'inspected', 'settled', 'dropped')"),
        ("origin", "origin IN ('customer', 'delivery')"),
        ("late", "late IN (0, 1)"),
        ("way", "way IN ('', 'refund', 'credit', 'exchange', 'nothing')"),
        ("settled", "(state = 'settled') = (way <> '')"),
        ("settled_on", "(state = 'settled') = (settled_on IS NOT NULL)"),
    )

    id: int | None = key()
    number: str
    order_id: int = refers("sales_order")
    dispatch_id: int = refers("dispatch")
    exchange_id: int | None = refers("sales_order", default=None)
    state: str
    origin: str
    reason: str
    late: bool
    by_day: date = day()
    location: str
    made_by: str
    policy_set: str
    policy_version: int
    way: str = ""
    settled_by: str = ""
    received_on: date | None = day(default=None)
    inspected_on: date | None = day(default=None)
    settled_on: date | None = day(default=None)
    on_day: date = day()
    at: datetime = instant()


class ReturnLine(SQLModel, table=True):
    """One line of a return, in base units of a line of the order. Append-only."""

    __tablename__ = "return_line"
    __table_args__ = table(
        UniqueConstraint("return_id", "line"),
        UniqueConstraint("return_id", "order_line", "kind"),
        ("quantity", "quantity > 0"),
        ("kind", "kind IN ('back', 'short')"),
    )

    id: int | None = key()
    return_id: int = refers("goods_return")
    line: int
    order_line: int
    product_id: int = refers("product")
    kind: str
    quantity: int = quantity()


class ReturnCount(SQLModel, table=True):
    """What one person counted of one line for one department, nothing where nothing came."""

    __tablename__ = "return_count"
    __table_args__ = table(
        UniqueConstraint("return_id", "department", "line"), ("quantity", "quantity >= 0")
    )

    id: int | None = key()
    return_id: int = refers("goods_return")
    department: str
    line: int
    quantity: int = quantity()
    staff: str
    at: datetime = instant()


class ReturnFate(SQLModel, table=True):
    """What becomes of a part of a line that was counted. Append-only."""

    __tablename__ = "return_fate"
    __table_args__ = table(
        UniqueConstraint("return_id", "line", "fate"),
        ("quantity", "quantity > 0"),
        ("fate", "fate IN ('stock', 'sample', 'scrap', 'refused', 'lost')"),
    )

    id: int | None = key()
    return_id: int = refers("goods_return")
    line: int
    fate: str
    quantity: int = quantity()
    staff: str
    at: datetime = instant()


class ReturnCredit(SQLModel, table=True):
    """What one line of a settled return takes off its order, in fen. Append-only."""

    __tablename__ = "return_credit"
    __table_args__ = table(
        UniqueConstraint("return_id", "line"),
        ("quantity", "quantity > 0"),
        ("amount", "amount_fen >= 0 AND amount_fen < 9000000000000"),
    )

    id: int | None = key()
    return_id: int = refers("goods_return")
    line: int
    quantity: int = quantity()
    amount_fen: int = fen()
    on_day: date = day()
