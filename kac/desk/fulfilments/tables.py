"""Tables of fulfilment: till receipts of the physical goods, and steps on the way to the door."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, quantity, refers, table


class TillReceipt(SQLModel, table=True):
    """A till receipt (电脑小票) rung from the goods of a slip; the last one counts. Append-only."""

    __tablename__ = "till_receipt"
    __table_args__ = table()

    id: int | None = key()
    dispatch_id: int = refers("dispatch")
    reference: str
    staff: str
    on_day: date = day()
    at: datetime = instant()


class TillLine(SQLModel, table=True):
    """How much of a line of the slip was rung, in base units, at what price. Append-only."""

    __tablename__ = "till_line"
    __table_args__ = table(
        UniqueConstraint("till_receipt_id", "line"),
        ("quantity", "quantity > 0"),
        ("unit_price", "unit_price_fen >= 0"),
    )

    id: int | None = key()
    till_receipt_id: int = refers("till_receipt")
    line: int
    quantity: int = quantity()
    unit_price_fen: int = fen()


class SlipStep(SQLModel, table=True):
    """Loss prevention has checked a till receipt, or the vehicle has come. Append-only."""

    __tablename__ = "slip_step"
    __table_args__ = table(
        ("step", "step IN ('checked', 'arrived')"),
        ("receipt", "(step = 'checked') = (till_receipt_id IS NOT NULL)"),
    )

    id: int | None = key()
    dispatch_id: int = refers("dispatch")
    till_receipt_id: int | None = refers("till_receipt", default=None)
    step: str
    staff: str
    on_day: date = day()
    at: datetime = instant()
