"""The books as a stream of events in order of days: accounts, entries, and what must then be there.

Entries come from the postings one by one. What accounts must hold is derived apart from them: by
the published views, and for goods by their moves, so that each can convict the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kac.core.money import plain_fen
from kac.db.reader import Reader, Row
from kac.exchange.journals.accounts import YUAN, account_of, commodity_of, place_of
from kac.exchange.journals.memos import memo_of
from kac.ledger.chart import (
    CHEQUES,
    COST_OF_SALES,
    COUNT_DIFFERENCES,
    COUNTED,
    CUSTOMER,
    INVENTORY,
    PAYABLE,
    RETURNED,
    RETURNED_GOODS,
    REVENUE,
    ROAD,
    SCRAPPED,
    SCRAPPED_GOODS,
    SHIPPED,
    SUPPLIER,
    TRANSIT,
    UNVERIFIED,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a commodity: whole units with a fixed number of decimals, as text."""

    number: str
    commodity: str = YUAN


@dataclass(frozen=True, slots=True)
class Opened:
    """An account, and the day on which something is booked on it first."""

    day: str
    account: str


@dataclass(frozen=True, slots=True)
class Traded:
    """A product that is counted as a commodity, and what people call it."""

    day: str
    commodity: str
    name: str


@dataclass(frozen=True, slots=True)
class Booked:
    """One entry: its day, what it says, the event and document it is of, and its legs."""

    day: str
    memo: str
    key: str
    document: str
    legs: tuple[tuple[str, Amount], ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """What an account must hold when a day is over, as `source` says."""

    day: str
    account: str
    amount: Amount
    source: str


Event = Opened | Traded | Booked | Holds
_POSTINGS = """
SELECT e.id, e.on_day, e.memo, e.key, e.document, p.debit, p.credit, p.amount_fen
FROM journal_entry e LEFT JOIN posting p ON p.entry_id = e.id
ORDER BY e.on_day, e.id, p.line
"""
_OPENED = """
SELECT s.account, min(e.on_day) AS day
FROM v_account_side s JOIN journal_entry e ON e.id = s.entry_id
GROUP BY s.account ORDER BY day, s.account
"""
_BY_MONTH = """
SELECT substr(e.on_day, 1, 7) AS month, s.account, sum(s.debit_fen - s.credit_fen) AS moved_fen
FROM v_account_side s JOIN journal_entry e ON e.id = s.entry_id
GROUP BY substr(e.on_day, 1, 7), s.account ORDER BY month, s.account
"""
_GOODS_BY_MONTH = """
SELECT month, place, sum(value_fen) AS moved_fen
FROM (SELECT substr(on_day, 1, 7) AS month, value_fen,
             CASE WHEN to_place LIKE '@%' THEN to_place ELSE '' END AS place FROM stock_move
      UNION ALL
      SELECT substr(on_day, 1, 7) AS month, -value_fen AS value_fen,
             CASE WHEN from_place LIKE '@%' THEN from_place ELSE '' END AS place FROM stock_move) m
GROUP BY month, place ORDER BY month, place
"""
# What goods are worth is booked where they are: in store, on their way, sold, come back, thrown
# away, found and missed, on the road between locations, or brought by suppliers.
_WORTH = {
    "": INVENTORY,
    TRANSIT: SHIPPED,
    CUSTOMER: COST_OF_SALES,
    RETURNED: RETURNED_GOODS,
    SCRAPPED: SCRAPPED_GOODS,
    COUNTED: COUNT_DIFFERENCES,
    ROAD: INVENTORY,
    SUPPLIER: PAYABLE,
}
_BY_DOCUMENTS = {
    UNVERIFIED: "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM payment"
    " WHERE state = 'received' AND method <> 'cheque')"
    " + (SELECT coalesce(sum(amount_fen), 0) FROM security_deposit WHERE state = 'received')",
    CHEQUES: "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM payment"
    " WHERE state = 'received' AND method = 'cheque')"
    " + (SELECT coalesce(sum(amount_fen), 0) FROM taking WHERE state = 'at_bank')",
    REVENUE: "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM rebate WHERE state = 'paid')"
    " - (SELECT coalesce(sum(amount_fen), 0) FROM v_sale)",
}
_MOVES = """
SELECT m.on_day, m.key, m.document, m.from_place, m.to_place, m.quantity, p.id AS product_id,
       p.code, p.name, p.scale
FROM stock_move m JOIN product p ON p.id = m.product_id ORDER BY m.on_day, m.id
"""
_HELD = """
SELECT v.place, v.quantity, p.id AS product_id, p.code, p.scale
FROM v_place v JOIN product p ON p.id = v.product_id ORDER BY v.place, p.code
"""


def money(reader: Reader) -> Iterator[Event]:
    """Accounts, entries, and at the end of each month and of all what every account holds."""
    opened = reader.all(_OPENED)
    for row in opened:
        yield Opened(row["day"], account_of(row["account"]))
    months = _holdings(reader, {row["account"] for row in opened})
    last = ""
    for _id, rows in groupby(reader.each(_POSTINGS), key=lambda row: row["id"]):
        entry = _booked(list(rows))
        if last and entry.day[:7] > last[:7]:
            yield from _until(months, last)
        last = entry.day
        yield entry
    if last:
        yield from _until(months, last)
        for row in reader.all("SELECT account, balance_fen FROM v_account ORDER BY account"):
            yield _holds(last, row["account"], row["balance_fen"], "accounts")
        for account, query in _BY_DOCUMENTS.items():
            fen = reader.value(query)
            if fen or any(row["account"] == account for row in opened):
                yield _holds(last, account, fen, "documents")


def goods(reader: Reader) -> Iterator[Event]:
    """Places, moves of goods in units of the product, and what every place holds at the end."""
    known: set[str] = set()
    last = ""
    for row in reader.each(_MOVES):
        last = row["on_day"]
        places = [place_of(row["to_place"]), place_of(row["from_place"])]
        amounts = (_units(row, row["quantity"]), _units(row, -row["quantity"]))
        if amounts[0].commodity not in known:
            yield Traded(last, amounts[0].commodity, row["name"])
        yield from (Opened(last, place) for place in places if place not in known)
        known.update((amounts[0].commodity, *places))
        legs = tuple(zip(places, amounts, strict=True))
        yield Booked(last, row["name"], row["key"], row["document"], legs)
    for row in reader.each(_HELD):
        yield Holds(last, place_of(row["place"]), _units(row, row["quantity"]), "places")


def _booked(rows: list[Row]) -> Booked:
    legs: list[tuple[str, Amount]] = []
    for row in rows:
        if row["debit"] is not None:
            legs.append((account_of(row["debit"]), _yuan(row["amount_fen"])))
            legs.append((account_of(row["credit"]), _yuan(-row["amount_fen"])))
    first = rows[0]
    return Booked(
        first["on_day"], memo_of(first["memo"]), first["key"], first["document"], tuple(legs)
    )


def _holdings(reader: Reader, opened: set[str]) -> dict[str, list[tuple[str, int, str]]]:
    """(account, fen, source) at the end of each month in which anything was booked or moved."""
    sums: dict[tuple[str, str], int] = {}
    months: dict[str, list[tuple[str, int, str]]] = {}
    moved = [
        (row["month"], row["account"], row["moved_fen"], "entries") for row in reader.all(_BY_MONTH)
    ]
    moved += [
        (row["month"], _WORTH[row["place"]], row["moved_fen"], "moves of goods")
        for row in reader.all(_GOODS_BY_MONTH)
        if row["place"] in _WORTH
    ]
    for month, rows in groupby(sorted(moved), key=lambda each: each[0]):
        for _month, account, fen, source in rows:
            sums[source, account] = sums.get((source, account), 0) + fen
        months[month] = [
            (account, fen, source)
            for (source, account), fen in sorted(sums.items())
            if fen or account in opened
        ]
    return months


def _until(months: dict[str, list[tuple[str, int, str]]], day: str) -> Iterator[Holds]:
    for account, fen, source in months.get(day[:7], []):
        yield _holds(day, account, fen, source)


def _holds(day: str, account: str, fen: int, source: str) -> Holds:
    return Holds(day, account_of(account), _yuan(fen), source)


def _yuan(fen: int) -> Amount:
    return Amount(plain_fen(fen))


def _units(row: Row, quantity: int) -> Amount:
    whole, rest = divmod(abs(quantity), row["scale"])
    decimals = len(str(row["scale"])) - 1
    number = f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)
    commodity = commodity_of(row["code"], row["product_id"])
    return Amount(f"-{number}" if quantity < 0 else number, commodity)
