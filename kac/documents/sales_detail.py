"""销货明细: what is counted at the gate against the order form (RTL-ORD-13, RTL-ORD-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Imprint, footer, masthead
from kac.documents.layout import Paper, pairs, spread
from kac.documents.pages import Column, Table, tabled
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import goods, joined

COLUMNS = 96
_TABLE = (
    Column("序", 3, "right"),
    Column("条码/货号", 13),
    Column("品名规格", 32, flexible=True),
    Column("单位", 4, "centre"),
    Column("数量", 7, "right"),
    Column("招商部清点", 10, "right"),
    Column("配送清点", 10, "right"),
    Column("备注", 8),
)


@dataclass(frozen=True, slots=True)
class SalesDetailLine:
    """One line; a count that is not in yet is left blank to be written by hand."""

    code: str
    name: str
    spec: str
    unit: str
    quantity: str
    counted_by_merchant: str = ""
    counted_by_center: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class SalesDetail:
    """The goods of one order on their way out. `imprint.number` is the slip's number."""

    imprint: Imprint
    on_day: date
    order: str
    customer_name: str
    location: str
    lines: tuple[SalesDetailLine, ...]


def compose(detail: SalesDetail, *, sheet: Sheet = DM2) -> Paper:
    """The list; there is one copy of it."""
    told = printable(detail)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        return [*masthead(told.imprint, "销货明细", page, sheet), *_parties(told, sheet.columns)]

    def below(rows: range, last: bool) -> list[str]:
        total = f"本单合计: {len(told.lines)}项" if last else "(接下页)"
        return [
            *spread(f"本页小计: {len(rows)}项", total, sheet.columns),
            *spread(
                f"招商部清点: {BLANK}   配送中心清点: {BLANK}", f"日期: {BLANK}", sheet.columns
            ),
            "两部门清点与订货单一致方可出货",
            *footer(told.imprint, sheet.columns),
        ]

    pages = tabled(Table(_TABLE, _rows(told)), above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(detail), told.imprint.number)


def _parties(detail: SalesDetail, columns: int) -> list[str]:
    place = f"出库: {detail.location}" if detail.location else ""
    return pairs(
        [
            (f"客户: {detail.customer_name}", f"单号: {detail.imprint.number}"),
            (
                joined(f"订单: {detail.order}", place, gap="   "),
                f"日期: {detail.on_day.isoformat()}",
            ),
        ],
        columns,
    )


def _rows(detail: SalesDetail) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(number),
            line.code,
            goods(line.name, line.spec),
            line.unit,
            line.quantity,
            line.counted_by_merchant,
            line.counted_by_center,
            line.remark,
        )
        for number, line in enumerate(detail.lines, start=1)
    )
