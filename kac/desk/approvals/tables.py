"""Tables of the approvals: requests with frozen facts, and signatures nobody can take back."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, datetime, fen, instant, key, refers, table


class Approval(SQLModel, table=True):
    """A request to sign one version of a document. `facts` and `route` are JSON, frozen.

    `subject` is the document's number; `total_fen` is what a deputy's cap is held against.
    """

    __tablename__ = "approval"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("subject", "revision"),
        ("state", "state IN ('pending', 'approved', 'rejected', 'superseded')"),
    )

    id: int | None = key()
    number: str
    kind: str
    subject: str
    revision: int
    customer_id: int | None = refers("customer", default=None)
    total_fen: int = fen()
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
        ("verdict", "verdict IN ('ok', 'reject')"),
    )

    id: int | None = key()
    approval_id: int = refers("approval")
    step: str
    role: str
    line: int
    verdict: str
    staff: str
    on_behalf_of: str
    delegation: str
    carried_from: str
    note: str
    at: datetime = instant()
