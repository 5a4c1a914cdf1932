"""订单制表: goods of an order for clerk and floor supervisor; 简表 and 送货单 for the customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals
from kac.core.money import format_fen
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Copy, Imprint, footer, legend, masthead
from kac.documents.layout import Paper, pairs, spread, wrap
from kac.documents.pages import Column, Table, tabled
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import day_and_weekday, goods, joined, yuan

COLUMNS = 96
COPIES = (
    Copy("store_clerk", "第一联 文员"),
    Copy("floor_supervisor", "第二联 卖场主管"),
    Copy("customer", "客户联"),
)
_TABLE = (
    Column("序", 3, "right"),
    Column("条码/货号", 13),
    Column("品牌", 8),
    Column("品名规格", 20, flexible=True),
    Column("包装", 10),
    Column("单位", 4, "centre"),
    Column("数量", 7, "right"),
    Column("单价", 8, "right"),
    Column("金额", 10, "right"),
)
_PLAIN = (
    Column("序", 3, "right"),
    Column("条码/货号", 13),
    Column("品名规格", 50, flexible=True),
    Column("单位", 4, "centre"),
    Column("数量", 9, "right"),
)
_PRICES = (Column("单价", 9, "right"), Column("金额", 11, "right"))


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line: quantity as text, price per selling unit in fen."""

    code: str
    brand: str
    name: str
    spec: str
    packaging: str
    unit: str
    quantity: str
    price_fen: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class GoodsTable:
    """A version of a table, a list, or a delivery note to the customer's wish.

    `brands` for the table with brand and packaging; `prices` says whether prices are shown.
    """

    imprint: Imprint
    title: str
    version: int
    on_day: date
    order: str
    customer_name: str
    address: str
    need_by: date
    made_by: str
    copies: tuple[Copy, ...]
    lines: tuple[TableLine, ...]
    brands: bool = True
    prices: bool = True
    note: str = ""


def compose(table: GoodsTable, *, sheet: Sheet = DM2) -> Paper:
    """The table, all its copies in one printing."""
    told = printable(table)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        head = masthead(told.imprint, told.title, page, sheet)
        return [*head, *_parties(told, sheet.columns)]

    def below(rows: range, last: bool) -> list[str]:
        return [
            *_totals(told, rows, last, sheet.columns),
            *(wrap(f"备注: {told.note}", sheet.columns, most=2) if told.note else []),
            *spread(_hands(told), legend(told.copies, ""), sheet.columns),
            *footer(told.imprint, sheet.columns),
        ]

    pages = tabled(Table(_columns(told), _rows(told)), above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(table), told.imprint.number)


def _columns(table: GoodsTable) -> tuple[Column, ...]:
    if table.brands:
        return _TABLE
    return (*_PLAIN, *_PRICES) if table.prices else _PLAIN


def _hands(table: GoodsTable) -> str:
    if table.brands:
        return f"制表: {table.made_by}   收表: {BLANK}"
    return f"制单: {table.made_by}   验货签收: {BLANK}"


def _parties(table: GoodsTable, columns: int) -> list[str]:
    version = f"第{table.version}版" if table.version else ""
    return pairs(
        [
            (
                joined(f"单号: {table.imprint.number}", version, gap="   "),
                f"日期: {table.on_day.isoformat()}",
            ),
            (f"客户: {table.customer_name}", f"订货单: {table.order}"),
            (f"送货: {table.address}", f"要货期限: {day_and_weekday(table.need_by)}"),
        ],
        columns,
    )


def _rows(table: GoodsTable) -> tuple[tuple[str, ...], ...]:
    return tuple(_cells(table, number, line) for number, line in enumerate(table.lines, start=1))


def _cells(table: GoodsTable, number: int, line: TableLine) -> tuple[str, ...]:
    name, price = goods(line.name, line.spec), (format_fen(line.price_fen),)
    amounts = (*price, format_fen(line.amount_fen))
    if table.brands:
        packed = (line.packaging, line.unit, line.quantity)
        return (str(number), line.code, line.brand, name, *packed, *amounts)
    plain = (str(number), line.code, name, line.unit, line.quantity)
    return (*plain, *amounts) if table.prices else plain


def _totals(table: GoodsTable, rows: range, last: bool, columns: int) -> list[str]:
    if not table.prices:
        whole = f"本单合计: {len(table.lines)}项" if last else "(接下页)"
        return spread(f"本页小计: {len(rows)}项", whole, columns)
    page = yuan(sum(table.lines[row].amount_fen for row in rows))
    if not last:
        return spread(f"本页小计: {len(rows)}项  {page}", "(接下页)", columns)
    total = sum(line.amount_fen for line in table.lines)
    return [
        *spread(
            f"本页小计: {len(rows)}项  {page}",
            f"本单合计: {len(table.lines)}项  {yuan(total)}",
            columns,
        ),
        f"人民币(大写): {amount_in_capitals(total)}",
    ]
