"""Tables of purchases: the request, its lines, who followed it up, what the supplier said."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, quantity, refers, table


class Purchase(SQLModel, table=True):
    """A request to purchasing, for an order or the shelf; `direct` where the supplier delivers."""

    __tablename__ = "purchase"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("state", "state IN ('sent', 'answered', 'arrived', 'dropped')"),
        ("urgency", "urgency IN ('ordinary', 'rush', 'critical')"),
        ("direct", "direct IN (0, 1)"),
    )

    id: int | None = key()
    number: str
    order_id: int | None = refers("sales_order", default=None)
    location: str
    urgency: str
    supplier: str
    direct: bool
    reason: str
    opinion: str
    state: str
    due_at: datetime = instant()
    prepared_by: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class PurchaseLine(SQLModel, table=True):
    """So much of one product, with stock and sales as they were when it was asked for.

    GPA-STK-01, GPA-STK-02. Append-only; quantities in base units.
    """

    __tablename__ = "purchase_line"
    __table_args__ = table(
        UniqueConstraint("purchase_id", "product_id"), ("quantity", "quantity > 0")
    )

    id: int | None = key()
    purchase_id: int = refers("purchase")
    product_id: int = refers("product")
    stock_here: int = quantity()
    stock_in_all: int = quantity()
    sold: int = quantity()
    quantity: int = quantity()


class PurchaseTrack(SQLModel, table=True):
    """Somebody followed a request up: in which role, and what was found. Append-only."""

    __tablename__ = "purchase_track"
    __table_args__ = table(("says", "says <> ''"))

    id: int | None = key()
    purchase_id: int = refers("purchase")
    role: str
    staff: str
    says: str
    on_day: date = day()
    at: datetime = instant()


class PurchaseAnswer(SQLModel, table=True):
    """What a supplier definitely said; the last of a request is in force. Append-only."""

    __tablename__ = "purchase_answer"
    __table_args__ = table(
        ("day", "(verdict = 'yes') = (arrives_on IS NOT NULL)"),
        ("verdict", "verdict IN ('yes', 'no')"),
    )

    id: int | None = key()
    purchase_id: int = refers("purchase")
    verdict: str
    arrives_on: date | None = day(default=None)
    answered_by: str
    says: str
    staff: str
    on_day: date = day()
    at: datetime = instant()


class PurchaseArrival(SQLModel, table=True):
    """Goods that came for a line, with the receipt that they came on. Append-only."""

    __tablename__ = "purchase_arrival"
    __table_args__ = table(("quantity", "quantity > 0"))

    id: int | None = key()
    purchase_line_id: int = refers("purchase_line")
    receipt: str
    quantity: int = quantity()
    on_day: date = day()
    at: datetime = instant()


class PurchasePromise(SQLModel, table=True):
    """The promised arrival that a supplier's answer made of a line. Append-only."""

    __tablename__ = "purchase_promise"
    __table_args__ = table(UniqueConstraint("stock_promise_id"))

    id: int | None = key()
    purchase_line_id: int = refers("purchase_line")
    stock_promise_id: int = refers("stock_promise")
