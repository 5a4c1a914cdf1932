"""Tables of the ledger itself: its schema, founding and policies, and the files it took in.

Apart from those that every command adds to, since each class costs its import.
"""

from sqlalchemy import UniqueConstraint

from kac.db.columns import SQLModel, date, datetime, day, instant, key, looked_up, table


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


class ImportBatch(SQLModel, table=True):
    """A file that was imported; the same content of the same kind is imported once."""

    __tablename__ = "import_batch"
    __table_args__ = table(UniqueConstraint("number"), ("rows", "rows > 0"))

    id: int | None = key()
    number: str
    kind: str
    file_name: str
    content_digest: str = looked_up()
    rows: int
    at: datetime = instant()
    by: str


class ImportUndo(SQLModel, table=True):
    """A batch that was taken back, and why; append-only."""

    __tablename__ = "import_undo"
    __table_args__ = table(UniqueConstraint("batch"))

    id: int | None = key()
    batch: str
    reason: str
    on_day: date = day()
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
