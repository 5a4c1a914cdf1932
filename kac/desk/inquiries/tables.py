"""Tables of the inquiries: who asked, the goods by revision, and what was done about it."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, quantity, refers, table


class Inquiry(SQLModel, table=True):
    """One reception. Lines of the current `revision` are in force; `wishes` are joined by commas.

    `reply_due` is the day until whose end the customer is called back; none after an answer given
    at once. The name and the number of somebody who has no file yet stand here and nowhere else.
    """

    __tablename__ = "inquiry"
    __table_args__ = table(
        UniqueConstraint("number"),
        (
            "state",
            "state IN ('open', 'recorded', 'handed_over', 'quoted', 'answered', 'closed')",
        ),
        ("revision", "revision > 0"),
    )

    id: int | None = key()
    number: str
    customer_id: int | None = refers("customer", default=None)
    state: str
    revision: int
    via: str
    asked_by: str
    phone: str
    intent: str
    wishes: str
    need: str
    store: str
    accompanied_by: str
    explained_by: str
    wanted_by: date | None = day(default=None)
    payment: str
    reply_due: date | None = day(default=None)
    received_by: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class InquiryLine(SQLModel, table=True):
    """Goods as they were noted, with the price told and what stood on the shelf. Append-only."""

    __tablename__ = "inquiry_line"
    __table_args__ = table(
        UniqueConstraint("inquiry_id", "revision", "line"),
        ("quantity", "quantity > 0"),
        ("unit_price", "unit_price_fen >= 0"),
        ("shelf", "shelf >= 0"),
    )

    id: int | None = key()
    inquiry_id: int = refers("inquiry")
    revision: int
    line: int
    product_id: int = refers("product")
    shelf: int = quantity()
    quantity: int = quantity()
    unit_price_fen: int = fen()


class InquiryStep(SQLModel, table=True):
    """One thing done about an inquiry. Append-only.

    `other` is who took it over; `verdict` is yes or no of a supply; `said` is our word to the
    customer, `opinion` the customer's.
    """

    __tablename__ = "inquiry_step"
    __table_args__ = table(
        ("step", "step IN ('recorded', 'handed_over', 'supply', 'answered', 'closed')"),
        ("verdict", "verdict IN ('', 'yes', 'no')"),
    )

    id: int | None = key()
    inquiry_id: int = refers("inquiry")
    step: str
    staff: str
    other: str
    verdict: str
    said: str
    opinion: str
    on_day: date = day()
    at: datetime = instant()
