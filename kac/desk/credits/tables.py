"""The table of the applications for credit."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class CreditApplication(SQLModel, table=True):
    """Credit for one customer up to an amount, to be collected on a day in a way (HYP-CRE)."""

    __tablename__ = "credit_application"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("amount", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("method", "method IN ('cash', 'cheque', 'ebank', 'wire')"),
        ("state", "state IN ('applied', 'closed')"),
        ("credibility", "credibility <> ''"),
        ("outside", "outside IN (0, 1) AND (outside = 0 OR exception <> '')"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    amount_fen: int = fen()
    collection_on: date = day()
    method: str
    credibility: str
    record: str
    outside: bool
    exception: str
    state: str
    end_reason: str
    policy_set: str
    policy_version: int
    prepared_by: str
    on_day: date = day()
    at: datetime = instant()
