"""Tables of the shipments: what was sent to which office for whom, and draws on held goods."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, quantity, refers, table


class Shipment(SQLModel, table=True):
    """Goods of one key account, sent to an office from a location or by a supplier.

    `mark` stands on every parcel. `reason` is why goods are still held, `charged_fen` what the
    office was charged.
    """

    __tablename__ = "shipment"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("source", "(from_location = '') <> (supplier = '') AND from_location <> office"),
        ("mark", "mark <> ''"),
        ("state", "state IN ('shipped', 'received', 'objected', 'charged')"),
        ("received", "(state = 'shipped') = (received_on IS NULL)"),
        ("charged", "(state = 'charged') = (charged_on IS NOT NULL)"),
        ("charged_fen", "charged_fen >= 0 AND charged_fen < 9000000000000"),
        (
            "outcome",
            "outcome IN ('', 'silence', 'agreed') AND (state = 'charged') = (outcome <> '')",
        ),
        ("objection", "(objection = '') = (objected_on IS NULL)"),
        ("reason_state", "reason_state IN ('', 'stated', 'accepted', 'declined')"),
        ("reason", "(reason = '') = (reason_state = '')"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    office: str
    from_location: str
    supplier: str
    mark: str
    list_number: str
    state: str
    received_on: date | None = day(default=None)
    received_by: str
    objected_on: date | None = day(default=None)
    objected_by: str
    objection: str
    charged_on: date | None = day(default=None)
    charged_fen: int = fen()
    outcome: str
    reason: str
    reason_state: str
    reason_by: str
    policy_set: str
    policy_version: int
    made_by: str
    on_day: date = day()
    at: datetime = instant()


class ShipmentLine(SQLModel, table=True):
    """How much of one product was sent under which contract, at which price. Append-only."""

    __tablename__ = "shipment_line"
    __table_args__ = table(
        UniqueConstraint("shipment_id", "product_id"),
        ("quantity", "quantity > 0"),
        ("price", "price_fen > 0 AND price_fen < 9000000000000"),
    )

    id: int | None = key()
    shipment_id: int = refers("shipment")
    contract_id: int = refers("contract")
    product_id: int = refers("product")
    quantity: int = quantity()
    price_fen: int = fen()


class ShipmentAgreed(SQLModel, table=True):
    """How much of a line came, as was agreed after an objection. Append-only."""

    __tablename__ = "shipment_agreed"
    __table_args__ = table(UniqueConstraint("shipment_line_id"), ("quantity", "quantity >= 0"))

    id: int | None = key()
    shipment_line_id: int = refers("shipment_line")
    quantity: int = quantity()


class ShipmentRemittance(SQLModel, table=True):
    """Money that an office has handed on for a batch, by the bank's reference. Append-only."""

    __tablename__ = "shipment_remittance"
    __table_args__ = table(
        UniqueConstraint("shipment_id", "reference"),
        ("amount", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("reference", "reference <> ''"),
    )

    id: int | None = key()
    shipment_id: int = refers("shipment")
    amount_fen: int = fen()
    reference: str
    staff: str
    on_day: date = day()
    at: datetime = instant()


class HeldDraw(SQLModel, table=True):
    """A request to use goods held for a key account for something else."""

    __tablename__ = "held_draw"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("quantity", "quantity > 0"),
        ("reason", "reason <> ''"),
        ("state", "state IN ('asked', 'reviewed', 'filed', 'drawn', 'refused')"),
        ("filing", "(state IN ('filed', 'drawn')) = (filing <> '')"),
        ("second", "reviewed_by <> asked_by"),
    )

    id: int | None = key()
    number: str
    stock_hold_line_id: int = refers("stock_hold_line")
    quantity: int = quantity()
    reason: str
    state: str
    asked_by: str
    reviewed_by: str
    filing: str
    filed_by: str
    end_reason: str
    on_day: date = day()
    at: datetime = instant()
