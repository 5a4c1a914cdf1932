"""Tables of the statements; their lines are the books' own, up to the entry that they name."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Statement(SQLModel, table=True):
    """One statement: opening, movements and closing of a customer over some days.

    `last_entry` is the last entry of the books that it knows: what was written later, even for a
    day of its own, stands on the next one. Above zero the customer owes, below zero it is ahead.
    """

    __tablename__ = "statement"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("days", "from_day <= to_day"),
        ("state", "state IN ('made', 'confirmed', 'disputed', 'withdrawn')"),
        ("signed", "state NOT IN ('confirmed', 'disputed') OR signed_for_customer <> ''"),
        ("sealed", "sealed IN (0, 1) AND (state <> 'confirmed' OR sealed = 1)"),
        ("difference", "state <> 'disputed' OR difference <> ''"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    from_day: date = day()
    to_day: date = day()
    follows: int | None = refers("statement", default=None)
    last_entry: int
    opening_fen: int = fen()
    closing_fen: int = fen()
    state: str
    made_by: str
    signed_for_customer: str = ""
    signed_for_us: str = ""
    sealed: bool = False
    their_balance_fen: int | None = fen(default=None)
    difference: str = ""
    answered_on: date | None = day(default=None)
    on_day: date = day()
    at: datetime = instant()
