"""Tables of the dossiers: applications, what became of them, the papers handed in."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class KaApplication(SQLModel, table=True):
    """One application form (大客户申请表); `tie_up_fen` is what the customer will owe or hold."""

    __tablename__ = "ka_application"
    __table_args__ = table(
        UniqueConstraint("number"),
        (
            "state",
            "state IN ('draft', 'submitted', 'returned', 'complete', 'designated', 'rejected')",
        ),
        ("amount", "amount_fen >= 0"),
        ("tie_up", "tie_up_fen >= 0"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    state: str
    office: str
    amount_fen: int = fen()
    tie_up_fen: int = fen()
    policy_set: str
    policy_version: int
    opened_by: str
    on_day: date = day()
    at: datetime = instant()


class KaApplicationEvent(SQLModel, table=True):
    """What became of an application: handed in, accepted, returned, rejected, designated."""

    __tablename__ = "ka_application_event"
    __table_args__ = table(UniqueConstraint("application_id", "step"), ("step", "step > 0"))

    id: int | None = key()
    application_id: int = refers("ka_application")
    step: int
    verb: str
    reason: str
    by: str
    on_day: date = day()
    at: datetime = instant()


class DossierItem(SQLModel, table=True):
    """One paper as it was handed in; the last step of an item is what counts. Append-only."""

    __tablename__ = "dossier_item"
    __table_args__ = table(
        UniqueConstraint("application_id", "item", "step"),
        ("applicable", "applicable IN (0, 1)"),
        ("sealed", "sealed IN (0, 1)"),
        ("unified", "unified IN (0, 1)"),
        ("floor_price", "floor_price_fen > 0"),
        ("arrears", "arrears_fen >= 0"),
    )

    id: int | None = key()
    application_id: int = refers("ka_application")
    item: str
    step: int
    applicable: bool
    text: str
    our_signature: str
    their_signature: str
    sealed: bool
    unified: bool
    floor_price_fen: int | None = fen(default=None)
    arrears_fen: int | None = fen(default=None)
    by: str
    on_day: date = day()
    at: datetime = instant()
