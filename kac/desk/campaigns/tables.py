"""Tables of the campaigns: the campaign, ticks, the list of owners, calls, cash deposits."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Campaign(SQLModel, table=True):
    """A campaign for the homeowners of an estate; `on_day` is the day when planning began."""

    __tablename__ = "campaign"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("name", "name <> ''"),
        ("event", "event_day >= on_day"),
        ("state", "state IN ('planned', 'closed', 'cancelled')"),
        ("cancelled", "state <> 'cancelled' OR end_reason <> ''"),
    )

    id: int | None = key()
    number: str
    name: str
    event_day: date = day()
    state: str
    end_reason: str
    prepared_by: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class CampaignTick(SQLModel, table=True):
    """A line of the checklist, ticked by somebody; the last of a line counts. Append-only."""

    __tablename__ = "campaign_tick"
    __table_args__ = table(("item", "item <> ''"))

    id: int | None = key()
    campaign_id: int = refers("campaign")
    item: str
    value: str
    note: str
    staff: str
    on_day: date = day()
    at: datetime = instant()


class CampaignOwner(SQLModel, table=True):
    """A homeowner on the list of a campaign (预约客户表), and whether they came (当日登记表).

    Only who arrived has a souvenir, one each (CMP-DAY-09).
    """

    __tablename__ = "campaign_owner"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("campaign_id", "phone"),
        (
            "state",
            "state IN ('signed_up', 'reserved', 'called', 'confirmed', 'arrived', 'absent',"
            " 'recalled')",
        ),
        ("arrived", "(state = 'arrived') = (arrived_on IS NOT NULL)"),
        ("souvenir", "souvenir_on IS NULL OR arrived_on IS NOT NULL"),
    )

    id: int | None = key()
    number: str
    campaign_id: int = refers("campaign")
    name: str
    phone: str
    channel: str
    time: str
    state: str
    arrived_on: date | None = day(default=None)
    souvenir_on: date | None = day(default=None)
    registered_by: str
    on_day: date = day()
    at: datetime = instant()


class CampaignCall(SQLModel, table=True):
    """A call to a homeowner: of the event, of today, or since they were absent. Append-only."""

    __tablename__ = "campaign_call"
    __table_args__ = table(("about", "about IN ('event', 'today', 'absent')"))

    id: int | None = key()
    owner_id: int = refers("campaign_owner")
    about: str
    content: str
    staff: str
    on_day: date = day()
    at: datetime = instant()


class CampaignDeposit(SQLModel, table=True):
    """Cash that the cashier of a campaign took against a receipt (A-17). Append-only."""

    __tablename__ = "campaign_deposit"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("method", "method = 'cash'"),
        ("amount", "amount_fen > 0 AND amount_fen < 9000000000000"),
    )

    id: int | None = key()
    number: str
    owner_id: int = refers("campaign_owner")
    amount_fen: int = fen()
    method: str
    staff: str
    on_day: date = day()
    at: datetime = instant()
