"""Reading proposed prices: sheets, their lines, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kac.core.gates import Gate
from kac.db.policybook import DESK, in_force
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.prices import rules
from kac.desk.prices.rules import Price, SheetFacts

KIND = "TJ"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The sheet meant by its number, a part of it, or the import that it came with."""
    row = reader.first(
        "SELECT * FROM v_price_sheet WHERE source = upper(:word) AND source <> ''",
        word=reference.strip(),
    )
    if row is not None:
        return row
    number = resolve(reader, KIND, "price_sheet", reference, speaker)
    return reader.one("SELECT * FROM v_price_sheet WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "") -> list[Row]:
    """Sheets, the newest first."""
    return reader.all(
        "SELECT * FROM v_price_sheet WHERE :state = '' OR state = :state ORDER BY id DESC",
        state=state,
    )


def lines(reader: Reader, sheet_id: int) -> list[Row]:
    """The prices of a sheet with what became of each."""
    return reader.all(
        "SELECT * FROM v_price_line WHERE price_sheet_id = :id ORDER BY code", id=sheet_id
    )


def waiting(reader: Reader, sheet_id: int) -> list[Row]:
    """The prices of a sheet that nobody has decided."""
    return [line for line in lines(reader, sheet_id) if line["state"] == "waiting"]


def waiting_for(reader: Reader, product_id: int) -> Row | None:
    """The price of a product that waits for a second person."""
    return reader.first(
        "SELECT * FROM v_price_line WHERE product_id = :id AND state = 'waiting'", id=product_id
    )


def in_file(reader: Reader, product_ids: Sequence[int] | None = None) -> dict[int, Price]:
    """What these goods, or all there are, cost and list for now, by product."""
    rows = reader.all("SELECT id, cost_fen, list_price_fen FROM v_product")
    wanted = {row["id"] for row in rows} if product_ids is None else set(product_ids)
    return {
        row["id"]: Price(row["cost_fen"], row["list_price_fen"])
        for row in rows
        if row["id"] in wanted
    }


def facts(reader: Reader, row: Row) -> SheetFacts:
    """A sheet as the rules look at it."""
    codes = tuple(line["code"] for line in waiting(reader, row["id"]))
    return SheetFacts(row["number"], row["proposed_by"], codes)


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """The gate of a sheet that waits; none once every price of it is decided."""
    if row["state"] != "waiting":
        return [], rules.AFTER
    roles = in_force(reader, DESK, today).may["price.confirm"]
    return [rules.price_confirmed(facts(reader, row), roles)], rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every sheet that waits with its gate, the oldest first."""
    for row in reversed(listing(reader, "waiting")):
        document = {**dict(row), "need_by": row["on_day"], "matter": row["reason"] or row["source"]}
        yield document, *case(reader, row, today)
