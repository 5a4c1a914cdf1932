"""Tables of the call-backs."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, refers, table


class Callback(SQLModel, table=True):
    """One call to a customer about a delivered order; `again_on` when another is owed. Append-only.

    `need` is what the customer wants next, `inquiry_id` the inquiry that was made of it.
    """

    __tablename__ = "callback"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("result", "result IN ('satisfied', 'complaint', 'unreachable')"),
        ("again", "(result = 'satisfied') = (again_on IS NULL)"),
        ("heard", "result = 'unreachable' OR said <> ''"),
        ("asked", "inquiry_id IS NULL OR need <> ''"),
    )

    id: int | None = key()
    number: str
    order_id: int = refers("sales_order")
    result: str
    said: str
    need: str
    inquiry_id: int | None = refers("inquiry", default=None)
    again_on: date | None = day(default=None)
    called_by: str
    on_day: date = day()
    at: datetime = instant()
