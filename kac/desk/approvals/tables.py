"""Tables of the approvals: requests with frozen facts, and signatures nobody can take back."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, datetime, instant, key, refers, table


class Approval(SQLModel, table=True):
    """A request to sign a version of an order. `facts` and `route` are JSON, frozen."""

    __tablename__ = "approval"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("order_id", "order_revision"),
        ("state", "state IN ('pending', 'approved', 'rejected', 'superseded')"),
    )

    id: int | None = key()
    number: str
    order_id: int = refers("sales_order")
    order_revision: int
    state: str
    facts: str
    route: str
    policy_set: str
    policy_version: int
    maker: str
    at: datetime = instant()


class ApprovalSignature(SQLModel, table=True):
    """One person's yes or no to one step; `line` is 0 for the whole of it. Append-only."""

    __tablename__ = "approval_signature"
    __table_args__ = table(
        UniqueConstraint("approval_id", "step", "role", "line"),
        ("step", "step IN ('discount', 'concession', 'tier')"),
        ("verdict", "verdict IN ('ok', 'reject')"),
    )

    id: int | None = key()
    approval_id: int = refers("approval")
    step: str
    role: str
    line: int
    verdict: str
    staff: str
    note: str
    at: datetime = instant()
