"""Tables of the takings: the money, the auditor's voucher, the note of its custody."""

from sqlalchemy import Index, UniqueConstraint, text

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


class Taking(SQLModel, table=True):
    """Money that a business manager reported for one document (HYP-FIN-05)."""

    __tablename__ = "taking"
    __table_args__ = table(
        UniqueConstraint("number"),
        Index(
            "ix_taking_reference",
            "funds",
            "reference",
            unique=True,
            sqlite_where=text("reference <> '' AND state <> 'returned'"),
            postgresql_where=text("reference <> '' AND state <> 'returned'"),
        ),
        ("kind", "kind IN ('card', 'goods')"),
        ("funds", "funds IN ('cash', 'cheque', 'ebank', 'wire')"),
        ("reference", "funds = 'cash' OR reference <> ''"),
        ("notes", "notes <> ''"),
        ("amount", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("state", "state IN ('with_manager', 'in_custody', 'at_bank', 'settled', 'returned')"),
        ("at_bank", "state <> 'at_bank' OR funds = 'cheque'"),
        ("settled", "state <> 'settled' OR (settled_by <> '' AND place <> '')"),
        ("returned", "(state = 'returned') = (returned_on IS NOT NULL)"),
    )

    id: int | None = key()
    number: str
    kind: str
    document: str = looked_up()
    customer_id: int = refers("customer")
    amount_fen: int = fen()
    funds: str
    reference: str
    notes: str
    manager: str
    state: str
    place: str
    settled_by: str
    settled_on: date | None = day(default=None)
    returned_on: date | None = day(default=None)
    end_reason: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class TakingVoucher(SQLModel, table=True):
    """The e-bank auditor's word that money arrived (HYP-FIN-12). Append-only."""

    __tablename__ = "taking_voucher"
    __table_args__ = table(
        UniqueConstraint("taking_id"),
        UniqueConstraint("reference"),
        ("reference", "reference <> ''"),
    )

    id: int | None = key()
    taking_id: int = refers("taking")
    reference: str
    by: str
    on_day: date = day()
    at: datetime = instant()


class CustodyNote(SQLModel, table=True):
    """What goes with money into the department's custody (HYP-FIN-02). Append-only."""

    __tablename__ = "custody_note"
    __table_args__ = table(
        UniqueConstraint("taking_id"),
        ("named", "unit <> '' AND manager <> '' AND custodian <> ''"),
    )

    id: int | None = key()
    taking_id: int = refers("taking")
    unit: str
    manager: str
    custodian: str
    by: str
    on_day: date = day()
    at: datetime = instant()
