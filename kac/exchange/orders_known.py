"""Orders of a file against those in the ledger: one that came before does not come again."""

from __future__ import annotations

from collections.abc import Iterable

from kac.core.errors import Refused
from kac.core.i18n import _
from kac.db.reader import Reader, Row
from kac.desk.orders.drafting import DraftLine, DraftOrder


class Known:
    """Orders in the ledger by customer and external number; `there` counts those met again.

    A void order is none: its number may come again.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._ahead: dict[tuple[int, str], Row] | None = None
        self.there = 0

    def new(self, wanted: list[DraftOrder]) -> Iterable[DraftOrder]:
        """Those that the ledger does not have; Refused where it has one that says otherwise."""
        found = self._found([order.external_number for order in wanted])
        for order in wanted if found else ():
            row = found.get((order.customer_id, order.external_number))
            if row is not None:
                self.refuse_other(order, row)
                self.there += 1
        if not found:
            return wanted
        return [each for each in wanted if (each.customer_id, each.external_number) not in found]

    def look_ahead(self, orders: list[DraftOrder]) -> None:
        """Look for these at once: `earlier` is then asked for no others."""
        self._ahead = self._found([order.external_number for order in orders]) if orders else {}

    def earlier(self, order: DraftOrder) -> bool:
        """Whether the ledger has this order already; Refused where it says otherwise there."""
        if self._ahead is None:
            return not list(self.new([order]))
        row = self._ahead.get((order.customer_id, order.external_number))
        if row is None:
            return False
        self.refuse_other(order, row)
        self.there += 1
        return True

    def _found(self, numbers: list[str]) -> dict[tuple[int, str], Row]:
        named = {f"n{place}": number for place, number in enumerate(numbers)}
        rows = self._reader.all(
            "SELECT id, number, customer_id, external_number, revision, need_by, address, note"
            " FROM sales_order WHERE state NOT IN ('collecting', 'voided')"
            f" AND external_number IN ({', '.join(':' + name for name in named)})",
            **named,
        )
        return {(row["customer_id"], row["external_number"]): row for row in rows}

    def refuse_other(self, order: DraftOrder, row: Row) -> None:
        """Refuse an order that stands in the ledger with other goods, or for another day.

        What was changed at the desk since it was drafted is not held against the file.
        """
        lines = self._reader.all(
            "SELECT product_id, quantity, unit_price_fen, list_price_fen, gift FROM order_line"
            " WHERE order_id = :id AND revision = 1 ORDER BY line",
            id=row["id"],
        )
        same = len(lines) == len(order.lines) and all(map(_is_same, order.lines, lines))
        if same and row["revision"] == 1:
            head = (order.need_by.isoformat(), order.address or row["address"], order.note)
            same = head == (row["need_by"], row["address"], row["note"])
        if not same:
            raise Refused(
                _(
                    "this order is in the ledger already as {number}, and says something else"
                ).format(number=row["number"]),
                fix=[f"kac order edit {row['number']}"],
            )


def _is_same(line: DraftLine, row: Row) -> bool:
    product_id, quantity, unit_price_fen, gift = line
    if unit_price_fen is None:
        unit_price_fen = 0 if gift else row["list_price_fen"]
    wanted = (product_id, quantity, 0 if gift else unit_price_fen, gift)
    return wanted == (row["product_id"], row["quantity"], row["unit_price_fen"], bool(row["gift"]))
