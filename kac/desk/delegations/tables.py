"""Tables of the written delegations. Append-only: one that ends early has a row that says so."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import (
    SQLModel,
    date,
    datetime,
    day,
    fen,
    instant,
    key,
    looked_up,
    refers,
    table,
)


class Delegation(SQLModel, table=True):
    """One written delegation; `scope` is a comma-separated list of kinds of documents."""

    __tablename__ = "delegation"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("cap", "cap_fen > 0"),
        ("days", "from_day <= until_day"),
        ("persons", "delegator <> deputy"),
        ("written", "document <> ''"),
    )

    id: int | None = key()
    number: str
    delegator: str
    deputy: str = looked_up()
    scope: str
    cap_fen: int = fen()
    from_day: date = day()
    until_day: date = day()
    document: str
    attachment: str
    at: datetime = instant()


class DelegationEnd(SQLModel, table=True):
    """A delegation taken back before its last day."""

    __tablename__ = "delegation_end"
    __table_args__ = table(UniqueConstraint("delegation_id"))

    id: int | None = key()
    delegation_id: int = refers("delegation")
    reason: str
    by: str
    at: datetime = instant()
