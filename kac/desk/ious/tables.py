"""The table of the IOUs."""

from sqlalchemy import Index, UniqueConstraint, text

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Iou(SQLModel, table=True):
    """An IOU that a business manager wrote for a customer's cards; one living one a sale (A-40)."""

    __tablename__ = "iou"
    __table_args__ = table(
        UniqueConstraint("number"),
        Index(
            "ix_iou_living",
            "card_sale_id",
            unique=True,
            sqlite_where=text("state <> 'voided'"),
            postgresql_where=text("state <> 'voided'"),
        ),
        ("amount", "amount_fen > 0"),
        ("state", "state IN ('written', 'withdrawn', 'voided')"),
        ("withdrawn", "(state = 'withdrawn') = (withdrawn_by <> '')"),
    )

    id: int | None = key()
    number: str
    card_sale_id: int = refers("card_sale")
    amount_fen: int = fen()
    writer: str
    state: str
    withdrawn_by: str
    withdrawn_on: date | None = day(default=None)
    end_reason: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()
