"""Tables that every writing command adds to: numbers, commands, the chain."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, table


class NumberCounter(SQLModel, table=True):
    """The last number drawn of a kind on a day; drawn inside the posting transaction."""

    __tablename__ = "number_counter"
    __table_args__ = table(UniqueConstraint("kind", "period"), ("positive", "last >= 0"))

    id: int | None = key()
    kind: str
    period: str
    last: int


class Command(SQLModel, table=True):
    """A writing command that was committed, with its result: repeating its id returns it."""

    __tablename__ = "command"
    __table_args__ = table(UniqueConstraint("request_id"))

    id: int | None = key()
    request_id: str
    name: str
    input_digest: str
    actor: str
    document: str
    result: str
    at: datetime = instant()


class Audit(SQLModel, table=True):
    """One transaction in the chain: the exact bytes that were hashed, and both hashes."""

    __tablename__ = "audit"
    __table_args__ = table(UniqueConstraint("seq"), UniqueConstraint("previous"))

    id: int | None = key()
    seq: int
    at: datetime = instant()
    on_day: date = day()
    actor: str
    command: str
    request_id: str
    body: str
    previous: str
    hash: str
