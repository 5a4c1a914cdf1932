"""Tables of the bank statements: their lines and what became of them."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class BankLine(SQLModel, table=True):
    """One line of a statement as the bank wrote it. Append-only.

    `channel` says through what the money moved: bank, wechat, alipay. `identity` is the bank's own
    reference, or what stands for it on a statement that has none.
    """

    __tablename__ = "bank_line"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("account", "identity", "received_fen", "paid_fen"),
        ("amounts", "received_fen >= 0 AND paid_fen >= 0 AND (received_fen > 0) <> (paid_fen > 0)"),
    )

    id: int | None = key()
    number: str
    channel: str
    profile: str
    account: str
    reference: str
    identity: str
    day: date = day()
    summary: str
    counterparty: str
    counterparty_account: str
    received_fen: int = fen()
    paid_fen: int = fen()
    fee_fen: int = fen()
    batch: str
    at: datetime = instant()


class BankMatch(SQLModel, table=True):
    """What became of a bank line, or of part of it. Append-only: taken back by a row that reverses.

    `line_fen` of the line prove `payment_fen` of a payment; where the bank kept a charge of
    `fee_fen` the two may differ by it.
    """

    __tablename__ = "bank_match"
    __table_args__ = table(
        UniqueConstraint("reverses_id"),
        ("how", "how IN ('reference', 'quoted', 'payer', 'linked', 'ignored', 'unlinked')"),
        ("payment", "(payment_id IS NULL) = (how IN ('ignored', 'unlinked'))"),
        ("reversal", "(reverses_id IS NOT NULL) = (how = 'unlinked')"),
        ("line", "line_fen >= 0 AND (line_fen = 0) = (how = 'unlinked')"),
        ("proved", "payment_fen >= 0 AND (payment_fen = 0) = (payment_id IS NULL)"),
        ("fee", "fee_fen >= 0 AND payment_fen <= line_fen + fee_fen"),
    )

    id: int | None = key()
    bank_line_id: int = refers("bank_line")
    payment_id: int | None = refers("payment", default=None)
    reverses_id: int | None = refers("bank_match", default=None)
    how: str
    line_fen: int = fen()
    payment_fen: int = fen()
    fee_fen: int = fen()
    score: int
    reason: str
    by: str
    at: datetime = instant()
