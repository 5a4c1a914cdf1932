"""Tables of the quotations: the form and its lines by revision."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, quantity, refers, table


class Quotation(SQLModel, table=True):
    """One quotation. Lines of the current `revision` are in force; earlier ones stay readable.

    `delivery` and `payment_terms` are empty while they are not agreed.
    """

    __tablename__ = "quotation"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("state", "state IN ('draft', 'sent', 'ordered', 'expired')"),
        ("revision", "revision > 0"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    inquiry_id: int | None = refers("inquiry", default=None)
    state: str
    revision: int
    need_by: date | None = day(default=None)
    address: str
    delivery: str
    payment_terms: str
    note: str
    valid_until: date = day()
    prepared_by: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class QuotationLine(SQLModel, table=True):
    """One line of one revision, with prices and cost as they were then. Append-only."""

    __tablename__ = "quotation_line"
    __table_args__ = table(
        UniqueConstraint("quotation_id", "revision", "line"),
        ("quantity", "quantity > 0"),
        ("unit_price", "unit_price_fen >= 0"),
        ("amount", "amount_fen >= 0 AND amount_fen < 9000000000000"),
        ("gift", "gift IN (0, 1) AND (gift = 0 OR unit_price_fen = 0)"),
        ("fresh", "fresh IN (0, 1)"),
    )

    id: int | None = key()
    quotation_id: int = refers("quotation")
    revision: int
    line: int
    product_id: int = refers("product")
    quantity: int = quantity()
    list_price_fen: int = fen()
    unit_price_fen: int = fen()
    amount_fen: int = fen()
    cost_fen: int = fen()
    gift: bool
    fresh: bool
