"""Tables of policy changes: what was proposed, against which version, and what became of it."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, table
from kac.desk.amendments.states import POLICY_CHANGE

_STATES = ", ".join(f"'{state}'" for state in sorted(POLICY_CHANGE.states))


class PolicyChange(SQLModel, table=True):
    """A whole new body of one set; `version` is the one that it became, 0 before it is in force."""

    __tablename__ = "policy_change"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("state", f"state IN ({_STATES})"),
        ("base_version", "base_version > 0"),
        ("version", "(version > base_version) = (state = 'in_force')"),
    )

    id: int | None = key()
    number: str
    state: str
    policy_set: str
    base_version: int
    from_day: date = day()
    body: str
    reason: str
    version: int
    proposed_by: str
    on_day: date = day()
    at: datetime = instant()
