"""Tables of the people: staff, the roles they hold, failed attempts with a PIN."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, datetime, instant, key, refers, table


class Staff(SQLModel, table=True):
    """A member of staff; `code` is typed at the counter and named on papers."""

    __tablename__ = "staff"
    __table_args__ = table(UniqueConstraint("code"), ("active", "active IN (0, 1)"))

    id: int | None = key()
    code: str
    name: str
    pin_hash: str
    active: bool
    created_at: datetime = instant()


class StaffRole(SQLModel, table=True):
    """A role held by a member of staff."""

    __tablename__ = "staff_role"
    __table_args__ = table(UniqueConstraint("staff_id", "role"))

    id: int | None = key()
    staff_id: int = refers("staff")
    role: str
    granted_by: str
    at: datetime = instant()


class StaffAttempt(SQLModel, table=True):
    """Failed PINs in a row, and until when further attempts are refused."""

    __tablename__ = "staff_attempt"
    __table_args__ = table(UniqueConstraint("staff_id"), ("failures", "failures >= 0"))

    id: int | None = key()
    staff_id: int = refers("staff")
    failures: int
    locked_until: datetime | None = instant(default=None)
