"""Tables of the opening balances: the sheet, its lines, the second word, what came of it."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class OpeningSheet(SQLModel, table=True):
    """Balances that the import `source` brought, for a second person to confirm. Append-only."""

    __tablename__ = "opening_sheet"
    __table_args__ = table(UniqueConstraint("number"), UniqueConstraint("source"))

    id: int | None = key()
    number: str
    source: str
    proposed_by: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class OpeningLine(SQLModel, table=True):
    """One balance; `number` is that of the sheet with its line behind a dot. Append-only."""

    __tablename__ = "opening_line"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("opening_sheet_id", "line"),
        ("kind", "kind IN ('owed', 'deposit', 'security', 'cards')"),
        ("positive", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("customer", "(customer_id IS NULL) = (kind = 'cards')"),
        ("contract", "(contract_id IS NOT NULL) = (kind = 'security')"),
        ("method", "(method <> '') = (kind IN ('deposit', 'security'))"),
    )

    id: int | None = key()
    number: str
    opening_sheet_id: int = refers("opening_sheet")
    line: int
    kind: str
    customer_id: int | None = refers("customer", default=None)
    contract_id: int | None = refers("contract", default=None)
    amount_fen: int = fen()
    method: str
    reference: str
    since: date = day()
    due_on: date = day()
    note: str


class OpeningDecision(SQLModel, table=True):
    """The second person's yes or no to a whole sheet. Append-only."""

    __tablename__ = "opening_decision"
    __table_args__ = table(
        UniqueConstraint("opening_sheet_id"),
        ("verdict", "verdict IN ('confirmed', 'rejected')"),
    )

    id: int | None = key()
    opening_sheet_id: int = refers("opening_sheet")
    verdict: str
    staff: str
    reason: str
    on_day: date = day()
    at: datetime = instant()


class OpeningBooking(SQLModel, table=True):
    """The document that a confirmed balance stands on in the books. Append-only."""

    __tablename__ = "opening_booking"
    __table_args__ = table(UniqueConstraint("opening_line_id"), UniqueConstraint("document"))

    id: int | None = key()
    opening_line_id: int = refers("opening_line")
    document: str


class OpeningSettlement(SQLModel, table=True):
    """A part of a payment that is for what a customer owed from before. Append-only."""

    __tablename__ = "opening_settlement"
    __table_args__ = table(("positive", "amount_fen > 0 AND amount_fen < 9000000000000"))

    id: int | None = key()
    opening_line_id: int = refers("opening_line")
    payment_id: int = refers("payment")
    amount_fen: int = fen()
    settled_by: str
    on_day: date = day()
    at: datetime = instant()
