"""拣货单: what is taken from the shelves for one order, no prices on it; who picked signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Imprint, footer, masthead
from kac.documents.layout import Paper, pairs, spread, wrap
from kac.documents.pages import Column, Table, tabled
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import day_and_weekday, goods

COLUMNS = 96
_TABLE = (
    Column("序", 3, "right"),
    Column("库位", 10),
    Column("条码/货号", 13),
    Column("品名规格", 34, flexible=True),
    Column("单位", 4, "centre"),
    Column("应拣", 7, "right"),
    Column("实拣", 7, "right"),
    Column("备注", 9),
)


@dataclass(frozen=True, slots=True)
class PickingLine:
    """One line: where it lies, what it is, how much is wanted, as text."""

    place: str
    code: str
    name: str
    spec: str
    unit: str
    quantity: str
    gift: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class PickingList:
    """The goods of one order as they are picked; `imprint.number` is the order's or the slip's."""

    imprint: Imprint
    on_day: date
    customer_name: str
    location: str
    need_by: date
    lines: tuple[PickingLine, ...]
    note: str = ""


def compose(picking: PickingList, *, sheet: Sheet = DM2) -> Paper:
    """The list in the order of its lines; there is one copy of it."""
    told = printable(picking)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        head = masthead(told.imprint, "拣货单", page, sheet)
        return [*head, *_parties(told, sheet.columns)]

    def below(rows: range, last: bool) -> list[str]:
        whole = f"本单合计: {len(told.lines)}项" if last else "(接下页)"
        return [
            *spread(f"本页小计: {len(rows)}项", whole, sheet.columns),
            *(wrap(f"要求: {told.note}", sheet.columns, most=2) if told.note else []),
            *spread(f"拣货: {BLANK}   复核: {BLANK}", f"完成时间: {BLANK}", sheet.columns),
            *footer(told.imprint, sheet.columns),
        ]

    pages = tabled(Table(_TABLE, _rows(told)), above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(picking), told.imprint.number)


def _parties(picking: PickingList, columns: int) -> list[str]:
    return pairs(
        [
            (f"客户: {picking.customer_name}", f"单号: {picking.imprint.number}"),
            (f"出库: {picking.location}", f"要货日期: {day_and_weekday(picking.need_by)}"),
        ],
        columns,
    )


def _rows(picking: PickingList) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(number),
            line.place,
            line.code,
            goods(line.name, line.spec, fresh=line.fresh),
            line.unit,
            line.quantity,
            "",
            "赠品" if line.gift else "",
        )
        for number, line in enumerate(picking.lines, start=1)
    )
