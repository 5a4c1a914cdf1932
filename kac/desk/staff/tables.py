"""Tables of the people: staff, roles given and taken back, attempts with a PIN."""

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
    """A role that was given to a member of staff for the `turn`-th time; held until it ends."""

    __tablename__ = "staff_role"
    __table_args__ = table(UniqueConstraint("staff_id", "role", "turn"), ("turn", "turn > 0"))

    id: int | None = key()
    staff_id: int = refers("staff")
    role: str
    turn: int
    granted_by: str
    at: datetime = instant()


class StaffRoleEnd(SQLModel, table=True):
    """The end of a role that was held; what was done under it stays."""

    __tablename__ = "staff_role_end"
    __table_args__ = table(UniqueConstraint("staff_role_id"))

    id: int | None = key()
    staff_role_id: int = refers("staff_role")
    reason: str
    ended_by: str
    at: datetime = instant()


class StaffAttempt(SQLModel, table=True):
    """PINs tried in a row and not found right, and until when no other is looked at."""

    __tablename__ = "staff_attempt"
    __table_args__ = table(UniqueConstraint("staff_id"), ("failures", "failures >= 0"))

    id: int | None = key()
    staff_id: int = refers("staff")
    failures: int
    locked_until: datetime | None = instant(default=None)
