"""Tables of the settlement days: the day, what was handed over, signatures."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, looked_up, refers, table


class SettlementDay(SQLModel, table=True):
    """One day's settlement; `revision` counts how often it was opened again.

    When it is closed it keeps the head of the audit chain, which is printed on the sheet.
    """

    __tablename__ = "settlement_day"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("on_day"),
        ("state", "state IN ('open', 'circulated', 'handed_over', 'closed', 'archived')"),
        ("revision", "revision > 0"),
        ("head", "state NOT IN ('closed', 'archived') OR (audit_seq > 0 AND audit_hash <> '')"),
    )

    id: int | None = key()
    number: str
    officer: str
    state: str
    revision: int
    circulated_to: str
    audit_seq: int
    audit_hash: str
    end_reason: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class SettlementHandover(SQLModel, table=True):
    """One open item handed from one officer to the next (HYP-FIN-08/09). Append-only."""

    __tablename__ = "settlement_handover"
    __table_args__ = table(
        UniqueConstraint("settlement_day_id", "revision", "item"),
        ("people", "giver <> '' AND receiver <> ''"),
        ("special", "special IN (0, 1) AND (special = 0 OR note <> '')"),
    )

    id: int | None = key()
    settlement_day_id: int = refers("settlement_day")
    revision: int
    item: str = looked_up()
    giver: str
    receiver: str
    special: bool
    note: str
    on_day: date = day()
    at: datetime = instant()


class SettlementSignature(SQLModel, table=True):
    """A signature on the confirmation as it stood (HYP-FIN-10, HYP-FIN-14). Append-only."""

    __tablename__ = "settlement_signature"
    __table_args__ = table(
        UniqueConstraint("settlement_day_id", "revision", "side"),
        UniqueConstraint("settlement_day_id", "revision", "staff"),
        ("side", "side IN ('finance', 'department')"),
    )

    id: int | None = key()
    settlement_day_id: int = refers("settlement_day")
    revision: int
    side: str
    staff: str
    on_day: date = day()
    at: datetime = instant()
