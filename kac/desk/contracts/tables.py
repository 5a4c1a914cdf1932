"""Tables of the contracts: the contract, what its versions say, its filing."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, fen, instant, key, refers, table


class Contract(SQLModel, table=True):
    """One contract; its content stands in the version of its current `revision`.

    `asked_revision` is the version for which signatures were last asked anew, 0 before any were.
    """

    __tablename__ = "contract"
    __table_args__ = table(
        UniqueConstraint("number"),
        ("kind", "kind IN ('sale', 'supply')"),
        ("state", "state IN ('draft', 'submitted', 'executing', 'closed', 'voided')"),
        ("revision", "revision > 0"),
        ("asked_revision", "asked_revision >= 0 AND asked_revision <= revision"),
    )

    id: int | None = key()
    number: str
    customer_id: int = refers("customer")
    kind: str
    state: str
    revision: int
    asked_revision: int
    submitted_on: date | None = day(default=None)
    end_reason: str
    policy_set: str
    policy_version: int
    prepared_by: str
    on_day: date = day()
    at: datetime = instant()


class ContractVersion(SQLModel, table=True):
    """What one version of a contract says. Append-only.

    Goods of a month up to its `statement_day` stand on its statement, and are paid for by the
    `due_day` of the month after (A-25).
    """

    __tablename__ = "contract_version"
    __table_args__ = table(
        UniqueConstraint("contract_id", "revision"),
        ("amount", "amount_fen > 0 AND amount_fen < 9000000000000"),
        ("floor_price", "floor_price_fen > 0"),
        ("term", "from_day <= to_day"),
        ("statement_day", "statement_day BETWEEN 1 AND 31"),
        ("due_day", "due_day BETWEEN 1 AND 31"),
    )

    id: int | None = key()
    contract_id: int = refers("contract")
    revision: int
    amount_fen: int = fen()
    floor_price_fen: int | None = fen(default=None)
    from_day: date = day()
    to_day: date = day()
    delivery_on: date | None = day(default=None)
    statement_day: int | None = None
    due_day: int | None = None
    terms: str
    service: str
    prices: str
    mode: str
    rights: str
    by: str
    on_day: date = day()
    at: datetime = instant()


class ContractFiling(SQLModel, table=True):
    """A contract put on file (备案): a fact of its own beside its approval. Append-only."""

    __tablename__ = "contract_filing"
    __table_args__ = table(
        UniqueConstraint("contract_id", "revision"), ("reference", "reference <> ''")
    )

    id: int | None = key()
    contract_id: int = refers("contract")
    revision: int
    reference: str
    by: str
    on_day: date = day()
    at: datetime = instant()
