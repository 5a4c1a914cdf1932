"""Reading opening balances: sheets, their lines, and what of them is still owed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.gates import Gate
from kac.db.policybook import DESK, in_force
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.openings import rules
from kac.desk.openings.rules import ACCOUNTS, SheetFacts

KIND = "QC"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The sheet meant by its number, a part of it, or the import that it came with."""
    row = reader.first(
        "SELECT * FROM v_opening_sheet WHERE source = upper(:word)", word=reference.strip()
    )
    if row is not None:
        return row
    number = resolve(reader, KIND, "opening_sheet", reference, speaker)
    return reader.one("SELECT * FROM v_opening_sheet WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "") -> list[Row]:
    """Sheets, the newest first."""
    return reader.all(
        "SELECT * FROM v_opening_sheet WHERE :state = '' OR state = :state ORDER BY id DESC",
        state=state,
    )


def lines(reader: Reader, sheet_id: int) -> list[Row]:
    """The balances of a sheet with what became of each."""
    return reader.all(
        "SELECT * FROM v_opening_line WHERE opening_sheet_id = :id ORDER BY line", id=sheet_id
    )


def line(reader: Reader, written: str, speaker: Speaker) -> Row | None:
    """A balance by its number, `QC20261120-0001.3`, or by a reference to its sheet: `1.3`."""
    sheet, _dot, place = written.strip().rpartition(".")
    return reader.first(
        "SELECT * FROM v_opening_line WHERE opening_sheet_id = :sheet AND line = :place",
        sheet=find(reader, sheet, speaker)["id"],
        place=place,
    )


def booked_kinds(reader: Reader) -> tuple[str, ...]:
    """The kinds on whose accounts something stands already."""
    rows = reader.all("SELECT debit AS account FROM posting UNION SELECT credit FROM posting")
    found = {row["account"] for row in rows}
    return tuple(kind for kind, account in ACCOUNTS.items() if account in found)


def waiting_kinds(reader: Reader) -> dict[str, str]:
    """The kinds of balances that wait for a second person, with the number of their sheet."""
    rows = reader.all("SELECT DISTINCT kind, sheet FROM v_opening_line WHERE state = 'waiting'")
    return {row["kind"]: row["sheet"] for row in rows}


def facts(reader: Reader, row: Row) -> SheetFacts:
    """A sheet as the rules look at it."""
    kinds = tuple(sorted({line["kind"] for line in lines(reader, row["id"])}))
    state = row["state"]
    return SheetFacts(row["number"], row["proposed_by"], state, kinds, booked_kinds(reader))


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every sheet that waits with its gate, the oldest first."""
    for row in reversed(listing(reader, "waiting")):
        roles = in_force(reader, DESK, today).may["opening.confirm"]
        document = {**dict(row), "need_by": row["on_day"], "matter": row["source"]}
        gate = rules.opening_confirmed(facts(reader, row), roles)
        yield document, [gate], rules.AFTER
