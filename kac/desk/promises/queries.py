"""Reading promised arrivals: what is to come of a product, and which promises were kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.quantity import format_quantity
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.promises import rules
from kac.desk.promises.rules import Arrival, PromiseFacts

KIND = "CN"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The promise meant, as a row of v_stock_promise."""
    number = resolve(reader, KIND, "stock_promise", reference, speaker)
    return reader.one("SELECT * FROM v_stock_promise WHERE number = :number", number=number)


def facts(reader: Reader, row: Row) -> PromiseFacts:
    """A promise as it is measured: also by what came under those that took its place."""
    arrivals = reader.all(
        "WITH RECURSIVE chain(id) AS (SELECT s.id FROM stock_promise s WHERE s.id = :id"
        " UNION ALL SELECT n.id FROM stock_promise n JOIN chain c ON n.replaces_id = c.id)"
        " SELECT a.on_day, a.quantity FROM stock_promise_arrival a JOIN chain c"
        " ON c.id = a.stock_promise_id ORDER BY a.id",
        id=row["id"],
    )
    return PromiseFacts(
        quantity=row["quantity"],
        arrives_on=date.fromisoformat(row["arrives_on"]),
        arrivals=tuple(
            Arrival(date.fromisoformat(each["on_day"]), each["quantity"]) for each in arrivals
        ),
        replaced=bool(row["replaced_by"] or row["ended"]),
    )


def measured(
    reader: Reader, today: date, codes: Sequence[str] = (), state: str = ""
) -> list[dict[str, Any]]:
    """Promises with what came and whether they were kept, the soonest due first."""
    found = []
    for row in reader.all("SELECT * FROM v_stock_promise ORDER BY arrives_on, id"):
        if codes and row["code"] not in codes:
            continue
        told = facts(reader, row)
        verdict = rules.state(told, today)
        if state in ("", verdict):
            found.append({**dict(row), "came": told.came, "open": told.open, "state": verdict})
    return found


def coming(reader: Reader, product_id: int, location: str, by: date) -> int:
    """What signed promises bring of a product to a location by a day, in base units."""
    rows = reader.all(
        "SELECT * FROM v_stock_promise WHERE product_id = :product AND location = :location"
        " AND arrives_on <= :day",
        product=product_id,
        location=location,
        day=by.isoformat(),
    )
    return sum(facts(reader, row).open for row in rows)


def open_for(reader: Reader, product_id: int, location: str) -> list[Row]:
    """Promises that goods coming to a location are for, the soonest due first."""
    rows = reader.all(
        "SELECT * FROM v_stock_promise WHERE product_id = :product AND location = :location"
        " ORDER BY arrives_on, id",
        product=product_id,
        location=location,
    )
    return [row for row in rows if facts(reader, row).open]


def promises_broken(reader: Reader, on: date) -> list[Finding]:
    """Promised arrivals whose day is over and whose goods are not all here; a reminder."""
    return [
        Finding(
            "promises_broken",
            row["number"],
            _("{name}: {open} {unit} promised for {day} by {signer} have not come").format(
                name=row["name"],
                open=format_quantity(row["open"], row["scale"]),
                unit=row["unit"],
                day=row["arrives_on"],
                signer=row["signed_by"],
            ),
            ("RTL-ORD-03", "A-66"),
            f"kac stock eta {row['code']}",
            soft=True,
        )
        for row in measured(reader, on, state="broken")
        if row["open"]
    ]
