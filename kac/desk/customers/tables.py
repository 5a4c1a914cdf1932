"""Tables of the customer file (团购客户档案): units and persons, and whom to call there."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, looked_up, refers, table


class Customer(SQLModel, table=True):
    """One customer's file; `uscc` is the 统一社会信用代码, empty where there is none."""

    __tablename__ = "customer"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("kind", "kind IN ('unit', 'person')"),
        ("long_term", "long_term IN (0, 1)"),
    )

    id: int | None = key()
    number: str
    name: str
    kind: str
    nature: str
    uscc: str
    address: str
    area: str
    need: str
    long_term: bool
    mnemonic: str
    search_key: str = looked_up()
    filed_by: str
    filed_on: date = day()
    at: datetime = instant()


class CustomerContact(SQLModel, table=True):
    """A person to call at a customer. Personal data lives here and nowhere else."""

    __tablename__ = "customer_contact"
    __table_args__ = table(UniqueConstraint("customer_id", "line"))

    id: int | None = key()
    customer_id: int = refers("customer")
    line: int
    name: str
    phone: str
    title: str
