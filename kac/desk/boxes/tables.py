"""Tables of the boxes: each sealed box of a slip, what is in it, and boxes that were opened."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, quantity, refers, table


class Box(SQLModel, table=True):
    """A sealed box of a slip, counted from 1, and where it stands. Append-only."""

    __tablename__ = "box"
    __table_args__ = table(
        UniqueConstraint("dispatch_id", "box"), ("box", "box > 0"), ("place", "place <> ''")
    )

    id: int | None = key()
    dispatch_id: int = refers("dispatch")
    box: int
    place: str
    sealed_by: str
    on_day: date = day()
    at: datetime = instant()


class BoxLine(SQLModel, table=True):
    """How much of a line of the slip is in a box, in base units. Append-only."""

    __tablename__ = "box_line"
    __table_args__ = table(UniqueConstraint("box_id", "line"), ("quantity", "quantity > 0"))

    id: int | None = key()
    box_id: int = refers("box")
    line: int
    quantity: int = quantity()


class BoxOpening(SQLModel, table=True):
    """A box that was opened again: it counts no more. Append-only."""

    __tablename__ = "box_opening"
    __table_args__ = table(UniqueConstraint("box_id"), ("reason", "reason <> ''"))

    id: int | None = key()
    box_id: int = refers("box")
    reason: str
    staff: str
    on_day: date = day()
    at: datetime = instant()
