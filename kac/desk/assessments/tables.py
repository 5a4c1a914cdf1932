"""Tables of the assessments: grades of credit and evaluations; the last of each counts."""

from kac.db.columns import SQLModel, date, datetime, day, instant, key, refers, table


class CreditGrade(SQLModel, table=True):
    """A grade of credit given by hand, with its reason (A-02). Append-only."""

    __tablename__ = "credit_grade"
    __table_args__ = table(("reason", "reason <> ''"))

    id: int | None = key()
    customer_id: int = refers("customer")
    grade: str
    reason: str
    by: str
    on_day: date = day()
    at: datetime = instant()


class CustomerEvaluation(SQLModel, table=True):
    """An evaluation and the decision that it ended in (CRB-EVA-03). Append-only."""

    __tablename__ = "customer_evaluation"
    __table_args__ = table(("decision", "decision IN ('go', 'no_go')"), ("reason", "reason <> ''"))

    id: int | None = key()
    customer_id: int = refers("customer")
    decision: str
    reason: str
    by: str
    on_day: date = day()
    at: datetime = instant()
