"""Tables of the goods: products and what they cost and list for, by date."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Product(SQLModel, table=True):
    """One product. `scale` base units make one selling unit: 1, or 1,000 grams to the kg."""

    __tablename__ = "product"
    __table_args__ = table(
        UniqueConstraint("code"),
        UniqueConstraint("barcode"),
        ("fresh", "fresh IN (0, 1)"),
        ("size_class", "size_class IN ('large', 'small')"),
        ("scale", "scale IN (1, 1000)"),
    )

    id: int | None = key()
    code: str
    barcode: str
    name: str
    spec: str
    category: str
    fresh: bool
    size_class: str
    unit: str
    scale: int
    mnemonic: str
    search_key: str


class ProductPrice(SQLModel, table=True):
    """Purchase cost and list price per selling unit, from a day on; append-only."""

    __tablename__ = "product_price"
    __table_args__ = table(("cost", "cost_fen >= 0"), ("list_price", "list_price_fen >= 0"))

    id: int | None = key()
    product_id: int = refers("product")
    cost_fen: int = fen()
    list_price_fen: int = fen()
    effective_from: date = day()
    at: datetime = instant()
