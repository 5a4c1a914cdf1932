"""Tables of the visits: the register, calls to customers, and days on which nobody went out."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, refers, table


class Visit(SQLModel, table=True):
    """One line of the visit register (客户拜访登记表). Empty texts are not known.

    Whom somebody without a file is to be asked for, and under which number, stands here.
    """

    __tablename__ = "visit"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("state", "state IN ('planned', 'recorded', 'filed', 'dropped')"),
        ("visited", "(state IN ('recorded', 'filed')) = (visited_on IS NOT NULL)"),
        ("filed", "(state = 'filed') = (filed_by <> '')"),
        ("dropped", "(state = 'dropped') = (drop_reason <> '')"),
    )

    id: int | None = key()
    number: str
    customer_id: int | None = refers("customer", default=None)
    state: str
    name: str
    contact: str
    phone: str
    area: str
    source: str
    purpose: str
    content: str
    planned_on: date | None = day(default=None)
    visited_on: date | None = day(default=None)
    visitor: str
    prepared_by: str
    filed_by: str
    drop_reason: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class CustomerCall(SQLModel, table=True):
    """A telephone call to a customer on file, or before a planned visit. Append-only."""

    __tablename__ = "customer_call"
    __table_args__ = table(("whom", "(customer_id IS NULL) <> (visit_id IS NULL)"))

    id: int | None = key()
    customer_id: int | None = refers("customer", default=None)
    visit_id: int | None = refers("visit", default=None)
    contact: str
    content: str
    staff: str
    on_day: date = day()
    at: datetime = instant()


class OutingExcuse(SQLModel, table=True):
    """Why somebody did not go out on a day, or saw fewer customers than usual. Append-only."""

    __tablename__ = "outing_excuse"
    __table_args__ = table(UniqueConstraint("staff", "excused_on"), ("reason", "reason <> ''"))

    id: int | None = key()
    staff: str
    excused_on: date = day()
    reason: str
    written_by: str
    on_day: date = day()
    at: datetime = instant()
