"""Tables of the books: entries with their postings, and the moves of goods. All append-only."""

from sqlalchemy import Index, UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, quantity, refers, table


class JournalEntry(SQLModel, table=True):
    """One entry; `key` names the business event, so that nothing is booked twice."""

    __tablename__ = "journal_entry"
    __table_args__ = table(UniqueConstraint("key"))

    id: int | None = key()
    key: str
    on_day: date = day()
    document: str
    memo: str
    at: datetime = instant()


class Posting(SQLModel, table=True):
    """One amount from the credited to the debited account; balanced by construction."""

    __tablename__ = "posting"
    __table_args__ = table(
        UniqueConstraint("entry_id", "line"),
        Index("ix_posting_debit", "debit", "amount_fen"),
        Index("ix_posting_credit", "credit", "amount_fen"),
        ("positive", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("two_accounts", "debit <> credit"),
    )

    id: int | None = key()
    entry_id: int = refers("journal_entry")
    line: int
    debit: str
    credit: str
    amount_fen: int = fen()
    document: str


class StockMove(SQLModel, table=True):
    """Goods from one place to another, in base units, with what they cost."""

    __tablename__ = "stock_move"
    __table_args__ = table(
        UniqueConstraint("key"),
        Index("ix_stock_move_into", "product_id", "to_place", "quantity", "value_fen"),
        Index("ix_stock_move_out_of", "product_id", "from_place", "quantity", "value_fen"),
        ("positive", "quantity > 0"),
        ("value", "value_fen >= 0"),
        ("two_places", "from_place <> to_place"),
    )

    id: int | None = key()
    key: str
    product_id: int = refers("product")
    from_place: str
    to_place: str
    quantity: int = quantity()
    value_fen: int = fen()
    document: str
    on_day: date = day()
    at: datetime = instant()
