"""Reading adjustments: the one meant, a list, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.gates import Gate
from kac.db.policybook import DESK, in_force
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.adjustments import rules
from kac.desk.adjustments.rules import AdjustmentFacts

KIND = "TZ"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The adjustment meant, as a row of v_stock_adjustment."""
    number = resolve(reader, KIND, "stock_adjustment", reference, speaker)
    return reader.one("SELECT * FROM v_stock_adjustment WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "") -> list[Row]:
    """Adjustments, the newest first."""
    return reader.all(
        "SELECT * FROM v_stock_adjustment WHERE :state = '' OR state = :state ORDER BY id DESC",
        state=state,
    )


def facts(row: Row) -> AdjustmentFacts:
    """An adjustment as its gates see it."""
    names = ("number", "name", "unit", "scale", "location", "quantity", "on_hand", "proposed_by")
    return AdjustmentFacts(**{name: row[name] for name in names}, state=row["state"])


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every adjustment that waits with its gate, the oldest first."""
    roles = in_force(reader, DESK, today).may["stock.confirm"]
    for row in reversed(listing(reader, "proposed")):
        document = {**dict(row), "need_by": row["on_day"], "matter": row["reason"]}
        yield document, [rules.confirmed(facts(row), roles)], rules.AFTER
