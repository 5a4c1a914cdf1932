"""Tables of the reconciliation: lines of bank statements and the money they prove."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class BankLine(SQLModel, table=True):
    """One line of a bank statement as the bank wrote it. Append-only."""

    __tablename__ = "bank_line"
    __table_args__ = table(UniqueConstraint("reference", "received_fen", "paid_fen"))

    id: int | None = key()
    reference: str
    day: date = day()
    summary: str
    counterparty: str
    account: str
    received_fen: int = fen()
    paid_fen: int = fen()
    document: str
    at: datetime = instant()


class BankMatch(SQLModel, table=True):
    """A bank line that proves a payment: each of both at most once. Append-only."""

    __tablename__ = "bank_match"
    __table_args__ = table(UniqueConstraint("bank_line_id"), UniqueConstraint("payment_id"))

    id: int | None = key()
    bank_line_id: int = refers("bank_line")
    payment_id: int = refers("payment")
    how: str
    by: str
    at: datetime = instant()
