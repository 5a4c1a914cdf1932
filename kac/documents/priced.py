"""Lines with prices, as the order form and the quotation both print them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kac.core.capitals import amount_in_capitals
from kac.core.money import format_fen
from kac.documents.layout import spread
from kac.documents.wording import goods, yuan


class PricedLine(Protocol):
    """One line as it is printed: prices per selling unit, the quantity as text."""

    @property
    def code(self) -> str:
        """Barcode or goods code."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def spec(self) -> str:
        """Its specification."""

    @property
    def unit(self) -> str:
        """The selling unit."""

    @property
    def quantity(self) -> str:
        """How much, as text."""

    @property
    def list_price_fen(self) -> int:
        """The price on the shelf, per selling unit."""

    @property
    def price_fen(self) -> int:
        """The price agreed, per selling unit."""

    @property
    def amount_fen(self) -> int:
        """What the line comes to."""

    @property
    def gift(self) -> bool:
        """Given away."""

    @property
    def fresh(self) -> bool:
        """Fresh food."""


def cells(number: int, line: PricedLine) -> tuple[str, ...]:
    """The cells of a line, from its place to its amount."""
    return (
        str(number),
        line.code,
        goods(line.name, line.spec, gift=line.gift, fresh=line.fresh),
        line.unit,
        line.quantity,
        format_fen(line.list_price_fen),
        format_fen(line.price_fen),
        format_fen(line.amount_fen),
    )


def page_total(lines: Sequence[PricedLine], rows: range) -> str:
    """What the lines of one page come to."""
    return f"本页小计: {len(rows)}项  {yuan(sum(lines[row].amount_fen for row in rows))}"


def whole_total(
    lines: Sequence[PricedLine], rows: range, columns: int, beside: str = ""
) -> list[str]:
    """The last page's sum beside that of all, and all in capitals with a remark beside it."""
    whole = sum(line.amount_fen for line in lines)
    every = f"本单合计: {len(lines)}项  {yuan(whole)}"
    return [
        *spread(page_total(lines, rows), every, columns),
        *spread(f"人民币(大写): {amount_in_capitals(whole)}", beside, columns),
    ]
