"""Tables of the expenses: what was spent, and who of the store signed for it."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import (
    SQLModel,
    date,
    datetime,
    day,
    fen,
    instant,
    key,
    looked_up,
    refers,
    table,
)


class Expense(SQLModel, table=True):
    """Money that a business manager spent in cash for one wholesale (HYP-GDS-04, HYP-BAG-02)."""

    __tablename__ = "expense"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("kind", "kind IN ('delivery', 'bags')"),
        ("amount", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("proof", "kind <> 'delivery' OR proof <> ''"),
        ("state", "state IN ('noted', 'reimbursed', 'dropped')"),
        ("reimbursed", "(state = 'reimbursed') = (reimbursed_by <> '')"),
    )

    id: int | None = key()
    number: str
    kind: str
    document: str = looked_up()
    location: str
    amount_fen: int = fen()
    proof: str
    till_receipt: str
    spender: str
    state: str
    reimbursed_by: str
    reimbursed_on: date | None = day(default=None)
    end_reason: str
    policy_set: str
    policy_version: int
    on_day: date = day()
    at: datetime = instant()


class ExpenseSignature(SQLModel, table=True):
    """One of the store who signed the proof of a delivery cost (HYP-GDS-05). Append-only."""

    __tablename__ = "expense_signature"
    __table_args__ = table(UniqueConstraint("expense_id", "staff"))

    id: int | None = key()
    expense_id: int = refers("expense")
    staff: str
    on_day: date = day()
    at: datetime = instant()
