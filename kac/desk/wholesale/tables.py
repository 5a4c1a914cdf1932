"""Tables of the wholesale: the sale, its lines and prices, what came back, red tax invoices."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, quantity, refers, table


class WholesaleSale(SQLModel, table=True):
    """Goods for one customer, spot or on credit; the issuer of the slip follows the debt up."""

    __tablename__ = "wholesale_sale"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("mode", "mode IN ('spot', 'credit')"),
        ("credit", "(mode = 'credit') = (credit_id IS NOT NULL)"),
        (
            "state",
            "state IN ('selected', 'priced', 'prepared', 'booked', 'delivered', 'settled',"
            " 'voided')",
        ),
        ("proof", "proof IN ('', 'slip', 'list') AND (proof <> 'list' OR list_reason <> '')"),
        ("invoiced", "(invoice_number = '') = (invoiced_fen = 0)"),
        ("received", "state NOT IN ('delivered', 'settled') OR received_by <> ''"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    credit_id: int | None = refers("credit_application", default=None)
    mode: str
    location: str
    state: str
    issuer: str
    invoice_number: str
    invoiced_fen: int = fen()
    invoice_content: str
    proof: str
    received_by: str
    list_reason: str
    delivered_on: date | None = day(default=None)
    end_reason: str
    policy_set: str
    policy_version: int
    prepared_by: str
    on_day: date = day()
    at: datetime = instant()


class WholesaleLine(SQLModel, table=True):
    """One product that the customer selected, in base units. Append-only."""

    __tablename__ = "wholesale_line"
    __table_args__ = table(
        UniqueConstraint("wholesale_sale_id", "line"),
        UniqueConstraint("wholesale_sale_id", "product_id"),
        ("quantity", "quantity > 0"),
    )

    id: int | None = key()
    wholesale_sale_id: int = refers("wholesale_sale")
    line: int
    product_id: int = refers("product")
    quantity: int = quantity()


class WholesalePrice(SQLModel, table=True):
    """The price of a line per selling unit; the newest one holds (HYP-GDS-02). Append-only."""

    __tablename__ = "wholesale_price"
    __table_args__ = table(("price", "unit_price_fen > 0"))

    id: int | None = key()
    wholesale_line_id: int = refers("wholesale_line")
    unit_price_fen: int = fen()
    by: str
    on_day: date = day()
    at: datetime = instant()


class WholesaleReturn(SQLModel, table=True):
    """Goods of a sale that came back from the customer, counted in by the store. Append-only."""

    __tablename__ = "wholesale_return"
    __table_args__ = table(
        UniqueConstraint("wholesale_sale_id", "nth"),
        ("reason", "reason <> ''"),
        ("amount", "amount_fen >= 0"),
    )

    id: int | None = key()
    wholesale_sale_id: int = refers("wholesale_sale")
    nth: int
    amount_fen: int = fen()
    reason: str
    by: str
    on_day: date = day()
    at: datetime = instant()


class WholesaleReturnLine(SQLModel, table=True):
    """How much of one line came back, and how much of that is good for nothing. Append-only."""

    __tablename__ = "wholesale_return_line"
    __table_args__ = table(
        UniqueConstraint("wholesale_return_id", "wholesale_line_id"),
        ("quantity", "quantity > 0 AND scrapped >= 0 AND scrapped <= quantity"),
        ("amount", "amount_fen >= 0 AND cost_fen >= 0"),
    )

    id: int | None = key()
    wholesale_return_id: int = refers("wholesale_return")
    wholesale_line_id: int = refers("wholesale_line")
    scrapped: int = quantity()
    quantity: int = quantity()
    amount_fen: int = fen()
    cost_fen: int = fen()


class WholesaleRedInvoice(SQLModel, table=True):
    """A red tax invoice: what the blue one says no longer holds by so much. Append-only."""

    __tablename__ = "wholesale_red_invoice"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("number", "number <> '' AND invoice_number <> ''"),
        ("amount", "amount_fen > 0"),
    )

    id: int | None = key()
    wholesale_sale_id: int = refers("wholesale_sale")
    invoice_number: str
    number: str
    amount_fen: int = fen()
    by: str
    on_day: date = day()
    at: datetime = instant()
