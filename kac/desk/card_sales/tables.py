"""Tables of the sales of cards: the sale, and the receipt that the customer wrote."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class CardSale(SQLModel, table=True):
    """One sale of gift cards, spot or on credit; which cards went out the batches tell."""

    __tablename__ = "card_sale"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("mode", "mode IN ('spot', 'credit')"),
        ("credit", "(mode = 'credit') = (credit_id IS NOT NULL)"),
        ("amount", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("state", "state IN ('ordered', 'made', 'delivered', 'settled', 'voided')"),
        ("handed", "state NOT IN ('delivered', 'settled') OR delivered_to <> ''"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    credit_id: int | None = refers("credit_application", default=None)
    mode: str
    amount_fen: int = fen()
    state: str
    delivered_to: str
    delivered_on: date | None = day(default=None)
    invoice_content: str
    end_reason: str
    policy_set: str
    policy_version: int
    prepared_by: str
    on_day: date = day()
    at: datetime = instant()


class CardReceipt(SQLModel, table=True):
    """The receipt that a customer wrote by hand on taking cards (HYP-CRD-08..10). Append-only.

    `words` stand as they were written, `words_read` as they should be.
    """

    __tablename__ = "card_receipt"
    __table_args__ = table(
        UniqueConstraint("card_sale_id"),
        ("amount", "amount_fen > 0"),
        ("sealed", "sealed IN (0, 1) AND (sealed = 1 OR seal_reason <> '')"),
        ("signer", "signer <> ''"),
    )

    id: int | None = key()
    card_sale_id: int = refers("card_sale")
    amount_fen: int = fen()
    words: str
    words_read: str
    signer: str
    sealed: bool
    seal_reason: str
    by: str
    on_day: date = day()
    at: datetime = instant()
