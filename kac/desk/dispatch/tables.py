"""Tables of the dispatch: wholesale slips (批发单), their lines, counts, refusals, vehicle runs."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, quantity, refers, table


class VehicleRun(SQLModel, table=True):
    """One vehicle that left with the goods of one slip or of several. Append-only."""

    __tablename__ = "vehicle_run"
    __table_args__ = table(UniqueConstraint("number"))

    id: int | None = key()
    number: str
    vehicle: str
    driver: str
    loaded_by: str
    on_day: date = day()
    at: datetime = instant()


class Dispatch(SQLModel, table=True):
    """A slip for an order or a part of it; `deposit_fen` is what it draws of the deposit.

    `rest`: whether what is then on no slip of the order stays reserved for it or is released.
    """

    __tablename__ = "dispatch"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("rest", "rest IN ('kept', 'released')"),
        ("deposit", "deposit_fen >= 0"),
        ("state", "state IN ('issued', 'loaded', 'signed', 'archived', 'void')"),
    )

    id: int | None = key()
    number: str
    order_id: int = refers("sales_order")
    state: str
    vehicle: str
    driver: str
    address: str
    rest: str = "kept"
    deposit_fen: int = fen()
    run_id: int | None = refers("vehicle_run", default=None)
    issued_by: str
    received_by: str
    on_day: date = day()
    loaded_on: date | None = day(default=None)
    signed_on: date | None = day(default=None)
    archived_on: date | None = day(default=None)
    at: datetime = instant()


class DispatchLine(SQLModel, table=True):
    """How much of a line of the order is on a slip, in base units and fen. Append-only."""

    __tablename__ = "dispatch_line"
    __table_args__ = table(
        UniqueConstraint("dispatch_id", "line"),
        ("quantity", "quantity > 0"),
        ("amount", "amount_fen >= 0"),
    )

    id: int | None = key()
    dispatch_id: int = refers("dispatch")
    order_line_id: int = refers("order_line")
    line: int
    quantity: int = quantity()
    amount_fen: int = fen()


class DispatchRefusal(SQLModel, table=True):
    """What a customer did not take of a line: missing or damaged, in base units. Append-only."""

    __tablename__ = "dispatch_refusal"
    __table_args__ = table(
        UniqueConstraint("dispatch_id", "line"),
        ("refused", "short >= 0 AND damaged >= 0 AND short + damaged > 0"),
        ("amount", "amount_fen >= 0"),
    )

    id: int | None = key()
    dispatch_id: int = refers("dispatch")
    line: int
    short: int = quantity()
    damaged: int = quantity()
    amount_fen: int = fen()


class DispatchCut(SQLModel, table=True):
    """What of a line of a partly delivered order is not wanted any more. Append-only."""

    __tablename__ = "dispatch_cut"
    __table_args__ = table(
        ("quantity", "quantity > 0"), ("amounts", "amount_fen >= 0 AND cost_fen >= 0")
    )

    id: int | None = key()
    order_id: int = refers("sales_order")
    line: int
    quantity: int = quantity()
    amount_fen: int = fen()
    cost_fen: int = fen()
    reason: str
    cut_by: str
    on_day: date = day()
    at: datetime = instant()


class DeliveryWish(SQLModel, table=True):
    """How a customer wants the delivery note of a slip; the last one counts. Append-only."""

    __tablename__ = "delivery_wish"
    __table_args__ = table(
        ("title", "title IN ('delivery', 'quotation')"), ("prices", "prices IN (0, 1)")
    )

    id: int | None = key()
    dispatch_id: int = refers("dispatch")
    title: str
    prices: bool
    remark: str
    staff: str
    on_day: date = day()
    at: datetime = instant()


class DispatchCount(SQLModel, table=True):
    """One person's count of one line, in base units, for one department. Append-only."""

    __tablename__ = "dispatch_count"
    __table_args__ = table(
        UniqueConstraint("dispatch_id", "department", "line"), ("quantity", "quantity > 0")
    )

    id: int | None = key()
    dispatch_id: int = refers("dispatch")
    department: str
    line: int
    quantity: int = quantity()
    staff: str
    at: datetime = instant()
