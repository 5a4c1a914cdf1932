"""Tables of proposed prices: the sheet, its lines, and what a second person said to each."""

from sqlalchemy import Index, UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class PriceSheet(SQLModel, table=True):
    """Prices that one person proposes at once, or the import `source` brought. Append-only."""

    __tablename__ = "price_sheet"
    __table_args__ = table(UniqueConstraint("number"))

    id: int | None = key()
    number: str
    source: str
    reason: str
    proposed_by: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class PriceSheetLine(SQLModel, table=True):
    """Another price of one product, per selling unit, with the one it had then. Append-only."""

    __tablename__ = "price_sheet_line"
    __table_args__ = table(
        UniqueConstraint("price_sheet_id", "product_id"),
        Index("ix_price_sheet_line_product", "product_id"),
        ("cost", "cost_fen >= 0"),
        ("list_price", "list_price_fen >= 0"),
    )

    id: int | None = key()
    price_sheet_id: int = refers("price_sheet")
    product_id: int = refers("product")
    old_cost_fen: int = fen()
    old_list_price_fen: int = fen()
    cost_fen: int = fen()
    list_price_fen: int = fen()


class PriceDecision(SQLModel, table=True):
    """A second person's yes or no to one proposed price. Append-only."""

    __tablename__ = "price_decision"
    __table_args__ = table(
        UniqueConstraint("price_sheet_line_id"),
        ("verdict", "verdict IN ('confirmed', 'rejected')"),
    )

    id: int | None = key()
    price_sheet_line_id: int = refers("price_sheet_line")
    verdict: str
    staff: str
    reason: str
    on_day: date = day()
    at: datetime = instant()
