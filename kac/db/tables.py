"""Tables of the vault: the ledger itself, policies, numbers, commands, attachments, the chain."""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, table


class SchemaInfo(SQLModel, table=True):
    """The digest of the schema that the last migration left; written by migrations alone.

    The chain seals it, so that a schema which was changed cannot be made to look as it was.
    """

    __tablename__ = "schema_info"
    __table_args__ = table()

    id: int | None = key()
    manifest: str


class LedgerInfo(SQLModel, table=True):
    """Whose ledger this is; one row, written by `kac init`."""

    __tablename__ = "ledger_info"
    __table_args__ = table(("one_row", "id = 1"), ("training", "training IN (0, 1)"))

    id: int | None = key()
    ledger_id: str
    company: str
    language: str
    training: bool
    dispatch_location: str
    created_at: datetime = instant()


class Policy(SQLModel, table=True):
    """One version of a policy set, whole, as JSON; append-only."""

    __tablename__ = "policy"
    __table_args__ = table(UniqueConstraint("policy_set", "version"))

    id: int | None = key()
    policy_set: str
    version: int
    effective_from: date = day()
    body: str
    reason: str
    set_by: str
    at: datetime = instant()


class NumberCounter(SQLModel, table=True):
    """The last number drawn of a kind on a day; drawn inside the posting transaction."""

    __tablename__ = "number_counter"
    __table_args__ = table(UniqueConstraint("kind", "period"), ("positive", "last >= 0"))

    id: int | None = key()
    kind: str
    period: str
    last: int


class Command(SQLModel, table=True):
    """A writing command that was committed, with its result: repeating its id returns it."""

    __tablename__ = "command"
    __table_args__ = table(UniqueConstraint("request_id"))

    id: int | None = key()
    request_id: str
    name: str
    input_digest: str
    actor: str
    document: str
    result: str
    at: datetime = instant()


class Audit(SQLModel, table=True):
    """One transaction in the chain: the exact bytes that were hashed, and both hashes."""

    __tablename__ = "audit"
    __table_args__ = table(UniqueConstraint("seq"), UniqueConstraint("previous"))

    id: int | None = key()
    seq: int
    at: datetime = instant()
    on_day: date = day()
    actor: str
    command: str
    request_id: str
    body: str
    previous: str
    hash: str


class ImportBatch(SQLModel, table=True):
    """A file that was imported; the same content of the same kind is imported once."""

    __tablename__ = "import_batch"
    __table_args__ = table(
        UniqueConstraint("kind", "content_digest"), UniqueConstraint("number"), ("rows", "rows > 0")
    )

    id: int | None = key()
    number: str
    kind: str
    file_name: str
    content_digest: str
    rows: int
    at: datetime = instant()
    by: str


class Attachment(SQLModel, table=True):
    """A file that a document refers to by the SHA-256 of its content; append-only."""

    __tablename__ = "attachment"
    __table_args__ = table(
        UniqueConstraint("document", "about", "digest"),
        ("digest", "length(digest) = 64"),
        ("size", "size > 0"),
    )

    id: int | None = key()
    document: str
    about: str
    digest: str
    name: str
    size: int
    by: str
    at: datetime = instant()
