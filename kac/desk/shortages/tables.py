"""Tables of the shortages: what the customer chose, what is to be made anew, lost copies."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, quantity, refers, table


class Shortage(SQLModel, table=True):
    """The way that a customer chose for a paid order; the last of an order is in force.

    `until` is the day to which the customer waits. Append-only.
    """

    __tablename__ = "shortage"
    __table_args__ = table(
        ("way", "way IN ('substitute', 'postpone', 'cut', 'split')"),
        ("refund", "refund IN (0, 1)"),
        ("until", "way NOT IN ('postpone', 'split') OR until IS NOT NULL"),
    )

    id: int | None = key()
    order_id: int = refers("sales_order")
    way: str
    refund: bool
    until: date | None = day(default=None)
    reason: str
    made_by: str
    on_day: date = day()
    at: datetime = instant()


class ShortageLine(SQLModel, table=True):
    """One line of a form to be made: of form 1, or of form 2 that comes later. Append-only."""

    __tablename__ = "shortage_line"
    __table_args__ = table(
        UniqueConstraint("shortage_id", "form", "line"),
        ("form", "form IN (1, 2)"),
        ("quantity", "quantity > 0"),
        ("unit_price", "unit_price_fen >= 0"),
        ("gift", "gift IN (0, 1)"),
    )

    id: int | None = key()
    shortage_id: int = refers("shortage")
    form: int
    line: int
    product_id: int = refers("product")
    quantity: int = quantity()
    unit_price_fen: int = fen()
    gift: bool


class ShortageStep(SQLModel, table=True):
    """A step of waiting: arrival signed for, confirmed, customer told. Append-only."""

    __tablename__ = "shortage_step"
    __table_args__ = table(
        ("step", "step IN ('promised', 'arrived', 'informed')"),
        (
            "signed",
            "(step = 'promised') = (signed_by <> '') AND (step = 'promised') ="
            " (signed_on IS NOT NULL) AND (step = 'promised') = (arrives_on IS NOT NULL)",
        ),
    )

    id: int | None = key()
    shortage_id: int = refers("shortage")
    step: str
    arrives_on: date | None = day(default=None)
    signed_by: str = ""
    signed_on: date | None = day(default=None)
    staff: str
    on_day: date = day()
    at: datetime = instant()
