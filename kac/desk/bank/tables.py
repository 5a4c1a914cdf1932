"""Tables of the bank statements: their lines and what became of them."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class BankLine(SQLModel, table=True):
    """One line of a bank statement as the bank wrote it. Append-only."""

    __tablename__ = "bank_line"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("account", "reference", "received_fen", "paid_fen"),
        ("amounts", "received_fen >= 0 AND paid_fen >= 0 AND (received_fen > 0) <> (paid_fen > 0)"),
    )

    id: int | None = key()
    number: str
    account: str
    reference: str
    day: date = day()
    summary: str
    counterparty: str
    received_fen: int = fen()
    paid_fen: int = fen()
    batch: str
    at: datetime = instant()


class BankMatch(SQLModel, table=True):
    """What became of a bank line: the payment it proves, or why it is none of ours. Append-only."""

    __tablename__ = "bank_match"
    __table_args__ = table(
        UniqueConstraint("bank_line_id"),
        UniqueConstraint("payment_id"),
        ("how", "how IN ('reference', 'quoted', 'payer', 'linked', 'ignored')"),
        ("ignored", "(how = 'ignored') = (payment_id IS NULL)"),
    )

    id: int | None = key()
    bank_line_id: int = refers("bank_line")
    payment_id: int | None = refers("payment", default=None)
    how: str
    reason: str
    by: str
    at: datetime = instant()
