"""Tables of the tax invoices: what is asked for and issued, and the red letters."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Invoice(SQLModel, table=True):
    """One invoice that was asked for; amounts include tax (A-41). No content: the order's lines."""

    __tablename__ = "invoice"
    __table_args__ = table(
        UniqueConstraint("number"),
        UniqueConstraint("invoice_no"),
        (
            "state",
            "state IN ('requested', 'agreed', 'issued', 'reversed', 'waived', 'withdrawn')",
        ),
        ("kind", "kind IN ('ordinary', 'special')"),
        ("amount", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("titled", "title <> ''"),
        ("taxed", "kind = 'ordinary' OR tax_number <> ''"),
        ("agreed", "state <> 'agreed' OR agreed_by <> ''"),
        ("issued", "(state IN ('issued', 'reversed')) = (issued_by <> '')"),
        ("numbered", "(issued_by <> '') = (invoice_no IS NOT NULL)"),
        ("ended", "(state IN ('waived', 'withdrawn')) = (end_reason <> '')"),
    )

    id: int | None = key()
    number: str
    order_id: int = refers("sales_order")
    kind: str
    title: str
    tax_number: str
    content: str
    amount_fen: int = fen()
    state: str
    asked_by: str
    agreed_by: str = ""
    agreed_with: str = ""
    agreed_on: date | None = day(default=None)
    invoice_no: str | None = None
    issued_by: str = ""
    issued_on: date | None = day(default=None)
    end_reason: str = ""
    on_day: date = day()
    at: datetime = instant()


class InvoiceReversal(SQLModel, table=True):
    """The red letter that takes one invoice back whole. Append-only."""

    __tablename__ = "invoice_reversal"
    __table_args__ = table(
        UniqueConstraint("invoice_id"),
        UniqueConstraint("invoice_no"),
        ("reasoned", "reason <> ''"),
    )

    id: int | None = key()
    invoice_id: int = refers("invoice")
    invoice_no: str
    reason: str
    issued_by: str
    on_day: date = day()
    at: datetime = instant()
