"""What a ledger says about itself: its id, whose it is, whether it is for training."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import _
from kac.core.values import dataclass
from kac.db.kept import lent
from kac.db.reader import Reader


@dataclass(frozen=True, slots=True)
class Info:
    """The one row that `kac init` writes. A training ledger asks nobody for a PIN."""

    ledger_id: str
    company: str
    language: str
    training: bool
    dispatch_location: str


def of(reader: Reader) -> Info:
    """The ledger's own words; EnvironmentTrouble where its founding never finished."""
    row = reader.first("SELECT * FROM ledger_info WHERE id = 1")
    if row is None:
        raise EnvironmentTrouble(
            _("this ledger was never finished"), code="E-ENV-016", fix=["kac init"]
        )
    return Info(
        ledger_id=row["ledger_id"],
        company=row["company"],
        language=row["language"],
        training=bool(row["training"]),
        dispatch_location=row["dispatch_location"],
    )


def language_of(ledger: Path) -> str | None:
    """The language that a ledger was founded in; None where it cannot be asked."""
    if not ledger.is_file():
        return None
    try:
        with lent(ledger, write=False) as connection:
            row = connection.execute("SELECT language FROM ledger_info").fetchone()
    except (sqlite3.Error, EnvironmentTrouble):
        # Whatever is wrong with the file, the command itself will say, in English then.
        return None
    return str(row["language"]) if row else None
