"""Table of the adjustments: pieces more or fewer than the ledger says, and who said so."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, quantity, refers, table


class StockAdjustment(SQLModel, table=True):
    """Pieces to add or, below zero, to take away at a location, in base units."""

    __tablename__ = "stock_adjustment"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("quantity", "quantity <> 0"),
        ("state", "state IN ('proposed', 'booked', 'rejected')"),
        ("second", "(state = 'proposed') = (decided_by = '') AND decided_by <> proposed_by"),
    )

    id: int | None = key()
    number: str
    product_id: int = refers("product")
    location: str
    quantity: int = quantity()
    state: str
    reason: str
    proposed_by: str
    decided_by: str
    decided_on: date | None = day(default=None)
    on_day: date = day()
    at: datetime = instant()
