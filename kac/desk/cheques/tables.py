"""Tables of the cheques; each is meant to be a payment, or money to settle at the window."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, refers, table


class Cheque(SQLModel, table=True):
    """One cheque of a customer, from the cashier's hand to the bank's answer."""

    __tablename__ = "cheque"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("payment_id"),
        UniqueConstraint("taking_id"),
        ("money", "(payment_id IS NULL) <> (taking_id IS NULL)"),
        (
            "state",
            "state IN ('taken', 'checked', 'presented', 'cleared', 'bounced', 'handed_back')",
        ),
        ("checked", "state NOT IN ('checked', 'presented', 'cleared') OR checked_by <> ''"),
        ("cleared", "(state = 'cleared') = (cleared_by <> '')"),
        ("ended", "(state IN ('bounced', 'handed_back')) = (end_reason <> '')"),
    )

    id: int | None = key()
    number: str
    payment_id: int | None = refers("payment", default=None)
    taking_id: int | None = refers("taking", default=None)
    cheque_number: str
    bank: str
    drawer: str
    issued_on: date = day()
    state: str
    taken_by: str
    told_by: str = ""
    checked_by: str = ""
    specimen: str = ""
    presented_on: date | None = day(default=None)
    cleared_by: str = ""
    cleared_on: date | None = day(default=None)
    bank_reference: str = ""
    end_reason: str = ""
    on_day: date = day()
    at: datetime = instant()
