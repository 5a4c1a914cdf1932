"""Tables of the gift cards: batches, the ranges that went out of them, and what came back."""

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


class CardBatch(SQLModel, table=True):
    """Cards of one face value that the window received, by number range. Append-only."""

    __tablename__ = "card_batch"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("range", "first_card >= 0 AND first_card <= last_card"),
        ("width", "width > 0 AND width <= 18"),
        ("face", "face_fen > 0"),
    )

    id: int | None = key()
    number: str
    series: str = looked_up()
    width: int
    first_card: int
    last_card: int
    face_fen: int = fen()
    received_by: str
    on_day: date = day()
    at: datetime = instant()


class CardAllocation(SQLModel, table=True):
    """Cards of a batch that went out by a document. Append-only."""

    __tablename__ = "card_allocation"
    __table_args__ = table(("range", "first_card <= last_card"), ("document", "document <> ''"))

    id: int | None = key()
    batch_id: int = refers("card_batch")
    document: str = looked_up()
    first_card: int
    last_card: int
    by: str
    on_day: date = day()
    at: datetime = instant()


class CardReturn(SQLModel, table=True):
    """Unused cards that came back to the window from a document, or left it for the issuer.

    Without an allocation they left the batch for whoever issued them. Append-only.
    """

    __tablename__ = "card_return"
    __table_args__ = table(("range", "first_card <= last_card"), ("reason", "reason <> ''"))

    id: int | None = key()
    batch_id: int = refers("card_batch")
    allocation_id: int | None = refers("card_allocation", default=None)
    first_card: int
    last_card: int
    reason: str
    by: str
    on_day: date = day()
    at: datetime = instant()
