"""Drafting: orders written down many at a time, each judged as one taken at the counter is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import chain, count, repeat
from typing import NamedTuple

from kac.core.i18n import _
from kac.core.money import LARGEST_FEN, per_scale_half_up
from kac.core.text import safe_text
from kac.db import numbering
from kac.db.bulk import Bulk, stored
from kac.db.work import Work
from kac.desk.lines.queries import price
from kac.desk.lines.rules import LineDraft, numbered
from kac.desk.orders import queries
from kac.desk.orders.states import ORDER

# Orders that are held before they are written.
_AT_ONCE = 200
_LINE = (
    "id", "order_id", "revision", "line", "product_id", "quantity", "list_price_fen",
    "unit_price_fen", "amount_fen", "cost_fen", "gift", "fresh", "written_by",
)  # fmt: skip
# Goods, base units, fen for each or None for the list price, and whether they are given.
DraftLine = tuple[int, int, int | None, bool]


class DraftOrder(NamedTuple):
    """An order as it is asked for, to be delivered from the desk's own location."""

    external_number: str
    customer_id: int
    need_by: date
    address: str
    note: str
    lines: Sequence[DraftLine]


class Drafting:
    """Drafts on their way into the ledger: `add` each, then `finish`; nothing is promised.

    What the counter refuses of one order is refused alike, for some hundreds at a time; `judge`
    says it of one. `first` and `last` are the numbers that
    were drawn.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._version = work.policy()
        self._most = queries.policies(self._version).order.most_lines
        self._goods = {
            row["id"]: (row["scale"], row["list_price_fen"], row["cost_fen"], int(row["fresh"]))
            for row in work.reader.each("SELECT * FROM v_product")
        }
        self._own_address = lru_cache(maxsize=4096)(partial(_address_of, work))
        self._safe = lru_cache(maxsize=4096)(_safe)
        self._number = numbering.last(work.connection, "DD", work.on)
        self._prepare_rows()
        self.count = 0
        self.total_fen = 0
        self.first = self.last = ""

    def _prepare_rows(self) -> None:
        from kac.desk.orders.tables import OrderLine, SalesOrder

        work = self._work
        self._orders = Bulk(work, SalesOrder, changing=True)
        self._lines = Bulk(work, OrderLine, changing=False)
        assert self._lines.columns == _LINE, self._lines.columns
        alike = SalesOrder(
            id=0,
            number="",
            customer_id=0,
            state=ORDER.start,
            revision=1,
            location=work.reader.value("SELECT dispatch_location FROM ledger_info WHERE id = 1"),
            need_by=work.on,
            delivery="deliver",
            payment_terms="prepaid",
            address="",
            note="",
            external_number="",
            void_reason="",
            prepared_by=work.actor.code,
            policy_set=self._version.set,
            policy_version=self._version.version,
            on_day=work.on,
            at=work.now,
        )
        self._alike = {name: stored(value) for name, value in alike.model_dump().items()}
        self._waiting: list[DraftOrder] = []

    def judge(self, lines: Sequence[DraftLine]) -> None:
        """Have the counter's own rules judge these lines; BadInput where it would refuse them."""
        drafts = [LineDraft(*line) for line in lines]
        numbered(price(self._work.reader, drafts, self._most), self._most)

    def add(self, order: DraftOrder) -> None:
        """Take one order; BadInput, then or with a later one, where no counter would draft it."""
        self._waiting.append(order)
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def _write(self) -> None:
        orders, self._waiting = self._waiting, []
        lines = self._line_columns([order.lines for order in orders], self._orders.next_id)
        self._orders.add_columns(self._order_columns(orders))
        self._lines.add_columns(lines)

    def _order_columns(self, orders: Sequence[DraftOrder]) -> list[Sequence[object]]:
        many, safe, number, on = len(orders), self._safe, self._number, self._work.on
        numbers = [
            numbering.written("DD", on, each) for each in range(number + 1, number + many + 1)
        ]
        own: dict[str, Sequence[object]] = {
            "id": range(self._orders.next_id, self._orders.next_id + many),
            "number": numbers,
            "customer_id": [order.customer_id for order in orders],
            "need_by": [order.need_by.isoformat() for order in orders],
            "address": [
                safe(order.address, _("address"), 120) or self._own_address(order.customer_id)
                for order in orders
            ],
            "note": [safe(order.note, _("note"), 200) for order in orders],
            "external_number": [
                safe_text(order.external_number, field=_("external number"), longest=40)
                for order in orders
            ],
        }
        self._number += many
        self.count += many
        self.first, self.last = self.first or numbers[0], numbers[-1]
        return [own.get(name) or [self._alike[name]] * many for name in self._orders.columns]

    def _line_columns(
        self, orders: Sequence[Sequence[DraftLine]], first_id: int
    ) -> list[Sequence[object]]:
        """The lines of orders with ids from `first_id` on, column by column as in `_LINE`."""
        counts = [len(lines) for lines in orders]
        if not min(counts) or max(counts) > self._most:
            self._refuse(orders)
        products, quantities, wished, gifts = zip(*chain.from_iterable(orders), strict=True)
        scales, listed, costs, fresh = zip(*map(self._goods.__getitem__, products), strict=True)
        prices = [
            0 if gift else of_list if wish is None else wish
            for gift, of_list, wish in zip(gifts, listed, wished, strict=True)
        ]
        amounts = list(map(per_scale_half_up, prices, quantities, scales))
        total = sum(amounts)
        if total >= LARGEST_FEN or (min(prices) <= 0 and _is_odd(prices, gifts)):
            self._refuse(orders)
        self.total_fen += total
        many = len(products)
        ids = range(self._lines.next_id, self._lines.next_id + many)
        of_order = chain.from_iterable(map(repeat, count(first_id), counts))
        places = chain.from_iterable(range(1, each + 1) for each in counts)
        author = [self._work.actor.code] * many
        return [
            ids, [*of_order], [1] * many, [*places], products, quantities, listed, prices, amounts,
            costs, [*map(int, gifts)], fresh, author,
        ]  # fmt: skip

    def _refuse(self, orders: Sequence[Sequence[DraftLine]]) -> None:
        for lines in orders:
            self.judge(lines)

    def finish(self) -> None:
        """Write what is left, keep the last number, and note the drafts in the audit log."""
        if self._waiting:
            self._write()
        if not self.count:
            return
        self._work.number_taken("DD", self._number)
        self._work.record(
            "draft", self.first, through=self.last, orders=self.count, total_fen=self.total_fen
        )


def _is_odd(prices: Sequence[int], gifts: Sequence[bool]) -> bool:
    """Whether goods are to be had for nothing that are not given, or for less than nothing."""
    return any(price <= 0 and not gift for price, gift in zip(prices, gifts, strict=True))


def _safe(written: str, field: str, longest: int) -> str:
    return safe_text(written, field=field, longest=longest)


def _address_of(work: Work, customer_id: int) -> str:
    address = work.reader.value("SELECT address FROM customer WHERE id = :id", id=customer_id)
    return str(address)
