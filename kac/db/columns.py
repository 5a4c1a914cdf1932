"""Column types and table settings that are the same on SQLite and PostgreSQL.

SQLite tables are STRICT, which knows INTEGER and TEXT and refuses 12.5 in an amount. Imported by
every `tables.py`, so that the naming convention stands before any table is declared.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from kac.core.calendar import instant_text, parse_instant

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMES
# Rows of tables are never validated by pydantic: its schemas are built when somebody asks for one,
# which nobody does, and not for every table of every writing command.
SQLModel.model_config["defer_build"] = True


@compiles(String, "sqlite")
@compiles(Date, "sqlite")
def _text(_type: Any, _compiler: Any, **_options: Any) -> str:
    return "TEXT"


@compiles(Boolean, "sqlite")
@compiles(BigInteger, "sqlite")
def _integer(_type: Any, _compiler: Any, **_options: Any) -> str:
    return "INTEGER"


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, stored as sortable text with microseconds."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return None if value is None else parse_instant(value)


def key() -> Any:
    """The integer primary key that every table has."""
    return Field(default=None, primary_key=True)


def fen(**options: Any) -> Any:
    """An amount in fen."""
    return Field(sa_type=BigInteger, **options)


def quantity(**options: Any) -> Any:
    """A quantity in base units."""
    return Field(sa_type=BigInteger, **options)


def instant(**options: Any) -> Any:
    """A moment."""
    return Field(sa_type=Instant, **options)


def day(**options: Any) -> Any:
    """A business day."""
    return Field(sa_type=Date, **options)


def refers(table: str, **options: Any) -> Any:
    """The key of a row of another noun.

    The migration makes the foreign key; naming it here without SQLAlchemy's own ForeignKey keeps
    one noun's tables loadable without another's.
    """
    return Field(index=True, sa_column_kwargs={"info": {"refers": table}}, **options)


def looked_up(**options: Any) -> Any:
    """A text that rows are found by."""
    return Field(index=True, **options)


def table(*checks: tuple[str, str] | Any) -> Any:
    """`__table_args__`: STRICT, with named CHECKs given as (name, condition)."""
    named = [
        CheckConstraint(check[1], name=check[0]) if isinstance(check, tuple) else check
        for check in checks
    ]
    return (*named, {"sqlite_strict": True})


__all__ = [
    "SQLModel",
    "date",
    "datetime",
    "day",
    "fen",
    "instant",
    "key",
    "looked_up",
    "quantity",
    "refers",
    "table",
]
