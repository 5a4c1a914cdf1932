"""Tables of the orders (大客户订货单): the form, its lines by revision, reviews."""

from sqlalchemy import Index, UniqueConstraint

from kac.db.columns import (
    SQLModel,
    date,
    datetime,
    day,
    fen,
    instant,
    key,
    looked_up,
    quantity,
    refers,
    table,
)


class SalesOrder(SQLModel, table=True):
    """One order. Lines of the current `revision` are in force; earlier ones stay readable.

    `delivery` and `payment_terms` are empty while they are not agreed. An order that was made from
    a quotation names it with the version that was reviewed; `replaces_id` is the void form in whose
    place it was made.
    """

    __tablename__ = "sales_order"
    __table_args__ = table(
        UniqueConstraint("number"),
        Index("ix_sales_order_state", "state"),
        (
            "state",
            "state IN ('draft', 'submitted', 'reviewed', 'slip_issued', 'partly_delivered',"
            " 'delivered', 'closed', 'collecting', 'voided')",
        ),
        ("revision", "revision > 0"),
        ("quotation", "(quotation_id IS NULL) = (quotation_revision IS NULL)"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    quotation_id: int | None = refers("quotation", default=None)
    quotation_revision: int | None = None
    replaces_id: int | None = refers("sales_order", default=None)
    state: str
    revision: int
    location: str
    need_by: date = day()
    address: str
    delivery: str
    payment_terms: str
    note: str
    external_number: str = looked_up()
    void_reason: str
    prepared_by: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class OrderLine(SQLModel, table=True):
    """One line of one revision, with prices and cost as they were then. Append-only.

    `written_by` made the revision: whoever wrote one signs and reviews none of them (A-56).
    """

    __tablename__ = "order_line"
    __table_args__ = table(
        UniqueConstraint("order_id", "revision", "line"),
        ("quantity", "quantity > 0"),
        ("unit_price", "unit_price_fen >= 0"),
        ("amount", "amount_fen >= 0 AND amount_fen < 9000000000000"),
        ("gift", "gift IN (0, 1) AND (gift = 0 OR unit_price_fen = 0)"),
        ("fresh", "fresh IN (0, 1)"),
    )

    id: int | None = key()
    order_id: int = refers("sales_order")
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
    written_by: str
