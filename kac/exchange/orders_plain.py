"""Order files in which nothing is out of order: drafted as they are read, two hundred at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice

from kac.core.calendar import parse_day
from kac.core.errors import KacError
from kac.core.quantity import parse_quantity
from kac.db.reader import Row
from kac.db.work import Work
from kac.desk.catalogue.actions import GRAMS
from kac.desk.customers import queries as customers
from kac.desk.orders.drafting import Drafting, DraftLine, DraftOrder
from kac.exchange.goods import Goods
from kac.exchange.kind import Taken
from kac.exchange.orders_known import Known
from kac.exchange.plain import Memo, NotPlain, PlainSheet, picker

# A number of which no rule for cells would change anything.
_TIDY = re.compile("[A-Za-z0-9][A-Za-z0-9_./-]{0,39}")
_AT_ONCE = 200
_HEAD = ("external_number", "customer", "need_by", "address", "note")
_LINE = ("code", "quantity", "unit_price", "gift")
Cells = tuple[str, ...]


def take_plain(work: Work, sheet: PlainSheet, _document: str) -> Taken:
    """Draft every order of the file; NotPlain where anything at all is to be looked at closer."""
    drafting = Drafting(work)
    known = Known(work.reader)
    try:
        for some in _some(_orders(work, sheet)):
            for order in known.new(some):
                drafting.add(order)
        drafting.finish()
    except KacError as trouble:
        raise NotPlain from trouble
    return taken(drafting, known)


def _some(orders: Iterator[DraftOrder]) -> Iterator[list[DraftOrder]]:
    while some := list(islice(orders, _AT_ONCE)):
        yield some


def taken(drafting: Drafting, known: Known) -> Taken:
    """What became of the orders of a file."""
    counts = {"drafts": drafting.count} | ({"there": known.there} if known.there else {})
    numbers = (drafting.first, drafting.last) if drafting.count else ()
    return Taken(counts, numbers)


def _orders(work: Work, sheet: PlainSheet) -> Iterator[DraftOrder]:
    """The orders one by one; rows of one order must stand together."""
    heads, lines_of = _Heads(work, sheet), _lines(work, sheet)
    seen: set[str] = set()
    number, first, lines = "", ("",) * len(_HEAD), list[DraftLine]()
    for rows in sheet.chunks():
        columns = list(zip(*rows, strict=True))
        more = iter(lines_of(columns, len(rows)))
        for head, count in heads.runs(columns, len(rows)):
            if (parsed := heads.number(head[0])) != number:
                if lines:
                    yield heads.order(number, first, lines)
                if parsed in seen:
                    raise NotPlain
                seen.add(parsed)
                number, first, lines = parsed, head, []
            elif head != first:
                first = heads.agreed(first, head)
            lines += islice(more, count)
    yield heads.order(number, first, lines)


class _Heads:
    """What the rows of an order say alike: its number, customer, day, address and note."""

    def __init__(self, work: Work, sheet: PlainSheet) -> None:
        places, parsers = zip(*(sheet.parse(name) for name in _HEAD), strict=True)
        self._pick = picker(places)
        self._number, customer, day, address, note = parsers
        filed = {row["number"]: row["id"] for row in customers.listing(work.reader)}
        self._customers = Memo(lambda raw: filed.get(customer(raw)))
        self._days = Memo(lambda raw: parse_day(day(raw), work.on))
        self._addresses, self._notes = Memo(address), Memo(note)

    def runs(self, columns: list[Cells], rows: int) -> Iterator[tuple[Cells, int]]:
        """(cells, how many rows) of rows that follow one another and have the same cells."""
        numbers, *others = picked = self._pick(columns, rows)
        start = 0
        for _raw, alike in groupby(numbers):
            end = start + len(list(alike))
            head = tuple(column[start] for column in picked)
            same = all(
                column[start:end].count(cell) == end - start
                for column, cell in zip(others, head[1:], strict=True)
            )
            if same:
                yield head, end - start
            else:
                yield from ((row, 1) for row in zip(*(c[start:end] for c in picked), strict=True))
            start = end

    def number(self, raw: str) -> str:
        """The external number that a cell says."""
        return raw if _TIDY.fullmatch(raw) else str(self._number(raw))

    def agreed(self, first: Cells, other: Cells) -> Cells:
        """The cells of two rows together; NotPlain where they do not plainly say the same."""
        if any(mine and yours and mine != yours for mine, yours in zip(first, other, strict=True)):
            raise NotPlain
        return tuple(mine or yours for mine, yours in zip(first, other, strict=True))

    def order(self, number: str, head: Cells, lines: list[DraftLine]) -> DraftOrder:
        """The order that rows make; NotPlain where its customer is not known."""
        _raw, customer, day, address, note = head
        customer_id = self._customers[customer]
        if customer_id is None:
            raise NotPlain
        return DraftOrder(
            number, customer_id, self._days[day], self._addresses[address], self._notes[note], lines
        )


def _lines(work: Work, sheet: PlainSheet) -> Callable[[list[Cells], int], Iterable[DraftLine]]:
    """A function that reads the lines of many rows, each cell once for as often as it stands."""
    places, parsers = zip(*(sheet.parse(name) for name in _LINE), strict=True)
    pick = picker(places)
    code, quantity, price, gift = parsers
    find = Goods(work.reader).find
    goods = Memo(lambda raw: _goods(find(code(raw))))
    grams = Memo(lambda raw: parse_quantity(quantity(raw), GRAMS))
    pieces = Memo(lambda raw: parse_quantity(quantity(raw)))
    prices, gifts = Memo(price), Memo(gift)

    def lines(columns: list[Cells], count: int) -> Iterable[DraftLine]:
        codes, many, each, given = pick(columns, count)
        products, weighed = zip(*map(goods.__getitem__, codes), strict=True)
        quantities = [
            grams[raw] if weigh else pieces[raw] for raw, weigh in zip(many, weighed, strict=True)
        ]
        wished = list(map(prices.__getitem__, each))
        are_gifts = list(map(gifts.__getitem__, given))
        if True in are_gifts or 0 in wished:
            _refuse_odd(wished, are_gifts)
        return zip(products, quantities, wished, are_gifts, strict=True)

    return lines


def _goods(row: Row) -> tuple[int, bool]:
    return row["id"], row["scale"] != 1


def _refuse_odd(wished: list[int | None], gifts: list[bool]) -> None:
    """NotPlain where a gift has a price, or goods are to be had for nothing."""
    for price, gift in zip(wished, gifts, strict=True):
        if price if gift else price == 0:
            raise NotPlain
