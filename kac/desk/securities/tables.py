"""Tables of the security deposits."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class SecurityDeposit(SQLModel, table=True):
    """Money held under a contract: taken by the cashier, verified and given back by finance."""

    __tablename__ = "security_deposit"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("method", "reference"),
        ("positive", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("state", "state IN ('received', 'verified', 'returned')"),
        ("verifier", "(state = 'received') = (verified_by = '')"),
        ("returned", "(state = 'returned') = (returned_by <> '')"),
    )

    id: int | None = key()
    number: str
    contract_id: int = refers("contract")
    amount_fen: int = fen()
    method: str
    reference: str | None
    payer: str
    state: str
    received_by: str
    verified_by: str = ""
    verified_at: datetime | None = instant(default=None)
    returned_by: str = ""
    returned_on: date | None = day(default=None)
    returned_reference: str = ""
    return_reason: str = ""
    on_day: date = day()
    at: datetime = instant()
