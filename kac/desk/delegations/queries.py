"""Reading delegations: who may sign for whom."""

from __future__ import annotations

from datetime import date

from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.delegations.rules import DelegationFacts

_ALL = """
SELECT d.*, e.reason AS ended_reason, e.id IS NOT NULL AS ended
FROM delegation d LEFT JOIN delegation_end e ON e.delegation_id = d.id
"""


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The delegation meant by its number or a part of it."""
    number = resolve(reader, "WT", "delegation", reference, speaker)
    return reader.one(f"{_ALL} WHERE d.number = :number", number=number)


def of_deputy(reader: Reader, deputy: str) -> list[DelegationFacts]:
    """Every delegation that was ever given to somebody, the newest first."""
    rows = reader.all(f"{_ALL} WHERE d.deputy = :deputy ORDER BY d.id DESC", deputy=deputy)
    return [facts(row) for row in rows]


def listing(reader: Reader, living_on: date | None = None) -> list[Row]:
    """Delegations, the newest first; only those living on a day when one is named."""
    return reader.all(
        f"{_ALL} WHERE :day = '' OR (e.id IS NULL AND d.from_day <= :day AND d.until_day >= :day)"
        " ORDER BY d.id DESC",
        day=living_on.isoformat() if living_on else "",
    )


def facts(row: Row) -> DelegationFacts:
    """A row as the rules take it."""
    return DelegationFacts(
        number=row["number"],
        delegator=row["delegator"],
        deputy=row["deputy"],
        scope=tuple(row["scope"].split(",")),
        cap_fen=row["cap_fen"],
        from_day=date.fromisoformat(row["from_day"]),
        until_day=date.fromisoformat(row["until_day"]),
        document=row["document"],
        ended=bool(row["ended"]),
    )
